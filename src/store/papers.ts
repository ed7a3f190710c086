/** The durable half of the catalogue. */
import { setImmediate } from 'node:timers/promises';
import type { Told } from '../model/merge.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';
import { paperOf } from './paper-rows.ts';
import { type Put, putPapers } from './put-papers.ts';

export type { Outcome, Put } from './put-papers.ts';

/** Papers that changed since a revision, in part when there are many. */
export interface Changes {
  papers: Paper[];
  /** Identities that turned out to be another paper's. */
  gone: PaperId[];
  /** Where to go on: after this paper of the revision, or after all of it. */
  upTo: { revision: number; id?: string };
}

export interface PaperStore {
  /**
   * Brings what a source tells into what is known, and says of each paper what that did. Every 100 papers are
   * one transaction; what is in is in, wherever it stops.
   */
  put(told: readonly Told[], by: { source: string; now: string }): AsyncGenerator<Put>;
  count(): Promise<number>;
  /** All at one moment: which database this is, the number of its last change, how many papers it has. */
  state(): Promise<{ database: string; revision: number; papers: number }>;
  /** Every paper in batches, in a stable order. */
  batches(size?: number): AsyncGenerator<Paper[]>;
  /** The papers with these identities, in their order; those that are not known are left out. */
  get(ids: readonly PaperId[]): Promise<Paper[]>;
  /** Papers first told as new at or after an instant, and the number of the change that wrote each last. */
  addedSince(instant: string): Promise<{ id: PaperId; addedAt: string; revision: number }[]>;
  /** When a paper was first told as new (ISO 8601 instant); undefined for one that never was. */
  addedAt(id: PaperId): Promise<string | undefined>;
  /** The paper that a name stands for now: its identity, a former one, its DOI. */
  named(name: PaperId): Promise<PaperId | undefined>;
  /** Number of the last change, by whichever process. */
  revision(): Promise<number>;
  changes(since: Changes['upTo'], limit?: number): Promise<Changes>;
  /** How many papers have changed since a revision. */
  countChanged(revision: number): Promise<number>;
}

/** Rows of one statement: engines bound the number of parameters. */
const BATCH = 500;
/** Papers of one transaction: few enough that nobody waits 50 ms for it. */
const PUT_BATCH = 100;

export function createPaperStore(db: Database): PaperStore {
  return {
    async *put(told, by) {
      for (let i = 0; i < told.length; i += PUT_BATCH) {
        const batch = told.slice(i, i + PUT_BATCH);
        yield await db.transaction().execute((tx) => putPapers(tx, batch, by));
        await setImmediate();
      }
    },

    async count() {
      const { n } = await db
        .selectFrom('papers')
        .select((eb) => eb.fn.countAll<number | string>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async state() {
      const { database, revision, papers } = await db
        .selectFrom('catalogue_revision')
        .select((eb) => [
          'database',
          'value as revision',
          eb
            .selectFrom('papers')
            .select((of) => of.fn.countAll<number | string>().as('n'))
            .as('papers'),
        ])
        .executeTakeFirstOrThrow();
      return { database, revision, papers: Number(papers) };
    },

    async *batches(size = BATCH) {
      let after = '';
      for (;;) {
        const rows = await db
          .selectFrom('papers')
          .selectAll()
          .where('id', '>', after)
          .orderBy('id')
          .limit(size)
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
        yield rows.map(paperOf);
      }
    },

    async get(ids) {
      const found = new Map<PaperId, Paper>();
      for (let i = 0; i < ids.length; i += BATCH) {
        // SQLite answers at once: whatever else there is to do goes in between.
        if (i) await setImmediate();
        const some = ids.slice(i, i + BATCH);
        const rows = await db.selectFrom('papers').selectAll().where('id', 'in', some).execute();
        for (const row of rows) found.set(row.id as PaperId, paperOf(row));
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    },

    async addedSince(instant) {
      const rows = await db
        .selectFrom('papers')
        .select(['id', 'added_at', 'revision'])
        .where('added_at', '>=', instant)
        .execute();
      return rows.map(({ id, added_at: addedAt, revision }) => {
        return { id: id as PaperId, addedAt, revision };
      });
    },

    async addedAt(id) {
      const row = await db
        .selectFrom('papers')
        .select('added_at')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.added_at || undefined;
    },

    async named(name) {
      const rows = await db
        .selectFrom('aliases')
        .select('paper')
        .where('alias', '=', name)
        .limit(2)
        .execute();
      const own =
        rows.find(({ paper }) => paper === name) ?? (rows.length === 1 ? rows[0] : undefined);
      return own?.paper as PaperId | undefined;
    },

    async revision() {
      const { value } = await db
        .selectFrom('catalogue_revision')
        .select('value')
        .executeTakeFirstOrThrow();
      return value;
    },

    async countChanged(revision) {
      const { n } = await db
        .selectFrom('papers')
        .select((eb) => eb.fn.countAll<number | string>().as('n'))
        .where('revision', '>', revision)
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async changes(since, limit = BATCH) {
      const rows = await db
        .selectFrom('papers')
        .selectAll()
        .where((eb) =>
          eb.or([
            eb('revision', '>', since.revision),
            ...(since.id === undefined
              ? []
              : [eb.and([eb('revision', '=', since.revision), eb('id', '>', since.id)])]),
          ]),
        )
        .orderBy('revision')
        .orderBy('id')
        .limit(limit)
        .execute();
      const last = rows.at(-1);
      if (!last) return { papers: [], gone: [], upTo: since };
      const gone = await db
        .selectFrom('aliases')
        .select('alias')
        .distinct()
        .where('revision', '>=', since.revision)
        .where('revision', '<=', last.revision)
        .whereRef('alias', '<>', 'paper')
        .where('alias', 'not in', db.selectFrom('papers').select('id'))
        .execute();
      return {
        papers: rows.map(paperOf),
        gone: gone.map(({ alias }) => alias as PaperId),
        upTo: { revision: last.revision, id: last.id },
      };
    },
  };
}
