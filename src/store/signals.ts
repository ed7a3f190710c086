/** What people say of papers: saves, and votes in a channel. Saying it twice is saying it once. */
import type { Kysely } from 'kysely';
import type { ChannelRef } from '../model/channel.ts';
import type { PaperId } from '../model/paper.ts';
import type { Regard } from '../model/regard.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A person's say on a paper, and where it was said. */
export interface Signal {
  /** `slack:U024BE7LH`: the platform and its own id of the person. */
  person: string;
  channel: ChannelRef;
  paper: PaperId;
}

/** `down` says "not for us". */
export type Vote = 'up' | 'down' | 'none';

export interface SignalStore {
  save(signal: Signal, now: string): Promise<void>;
  /** Takes it off the person's list, wherever it was put there; false when it was not on it. */
  unsave(signal: Pick<Signal, 'person' | 'paper'>): Promise<boolean>;
  /** What the person saved anywhere, the newest first. */
  saved(person: string): Promise<PaperId[]>;
  /** Takes the place of the person's vote in this channel, and gives that one. */
  vote(signal: Signal, vote: Vote, now: string): Promise<Vote>;
  /** All that is said in a channel, of each paper. */
  regard(channel: ChannelRef): Promise<Map<PaperId, Regard>>;
}

export function createSignalStore(db: Database): SignalStore {
  const put = (on: Kysely<Tables>, signal: Signal, kind: string, now: string) =>
    on
      .insertInto('signals')
      .values({ ...signal, kind, created_at: now })
      .onConflict((c) => c.columns(['person', 'channel', 'paper', 'kind']).doNothing())
      .execute();

  return {
    async save(signal, now) {
      await put(db, signal, 'save', now);
    },

    async unsave({ person, paper }) {
      const { numDeletedRows } = await db
        .deleteFrom('signals')
        .where('person', '=', person)
        .where('paper', '=', paper)
        .where('kind', '=', 'save')
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async saved(person) {
      const rows = await db
        .selectFrom('signals')
        .select((eb) => ['paper', eb.fn.max('created_at').as('at')])
        .where('person', '=', person)
        .where('kind', '=', 'save')
        .groupBy('paper')
        .orderBy('at', 'desc')
        .orderBy('paper')
        .execute();
      return rows.map(({ paper }) => paper as PaperId);
    },

    async vote(signal, vote, now) {
      const { person, channel, paper } = signal;
      return db.transaction().execute(async (tx) => {
        const taken = await tx
          .deleteFrom('signals')
          .where('person', '=', person)
          .where('channel', '=', channel)
          .where('paper', '=', paper)
          .where('kind', 'in', ['up', 'down'])
          .returning('kind')
          .execute();
        if (vote !== 'none') await put(tx, signal, vote, now);
        return (taken[0]?.kind as Vote | undefined) ?? 'none';
      });
    },

    async regard(channel) {
      const rows = await db
        .selectFrom('signals')
        .select((eb) => ['paper', 'kind', eb.fn.countAll<number | string>().as('n')])
        .where('channel', '=', channel)
        .groupBy(['paper', 'kind'])
        .execute();
      const said = new Map<PaperId, Regard>();
      for (const { paper, kind, n } of rows) {
        const id = paper as PaperId;
        const before = said.get(id) ?? { up: 0, down: 0, saves: 0 };
        said.set(id, { ...before, [kind === 'save' ? 'saves' : kind]: Number(n) });
      }
      return said;
    },
  };
}
