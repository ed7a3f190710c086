/** The ledger of editions, and which papers each channel was shown. */
import { setImmediate as breath } from 'node:timers/promises';
import type { ChannelRef } from '../model/channel.ts';
import {
  type Delivery,
  type Edition,
  type EditionId,
  Obstacle,
  type Submission,
} from '../model/delivery.ts';
import type { PaperId } from '../model/paper.ts';
import { type AttemptStore, createAttemptStore } from './attempts.ts';
import type { Database } from './database.ts';
import { editionOf, idOf } from './edition-rows.ts';
import type { EditionsTable } from './tables.ts';

export interface EditionStore extends AttemptStore {
  /** Writes `planned`; false when the slot has a row already. */
  plan(id: EditionId, now: string, submission?: Submission): Promise<boolean>;
  /** The same for many; gives those that had no row. */
  planAll(ids: readonly EditionId[], now: string): Promise<EditionId[]>;
  /** Plans the newest digest of a channel again that an obstacle ended since an instant. */
  reopen(channel: ChannelRef, since: string, now: string): Promise<void>;
  /**
   * Forgets editions whose slot is before an instant and which are over, but for the newest digest of each channel;
   * what a channel was shown is remembered elsewhere. Gives how many.
   */
  forget(before: string): Promise<number>;
  get(id: EditionId): Promise<Edition | undefined>;
  /** How many there are in each state that any is in. */
  counts(): Promise<Partial<Record<Delivery['state'], number>>>;
  /** The newest digest of a channel. */
  latest(channel: ChannelRef): Promise<Edition | undefined>;
  /** The digests of a channel whose slot is at or after an instant, oldest first. */
  since(channel: ChannelRef, instant: string): Promise<Edition[]>;
  /** The edition that showed a paper to a channel, and the first message of it. */
  shown(
    channel: ChannelRef,
    paper: PaperId,
  ): Promise<{ slot: string; message: string } | undefined>;
  /**
   * Papers the channel was shown, and those that an unfinished edition of it carries and may have shown, but
   * for the edition of `slot`.
   */
  taken(channel: ChannelRef, slot?: string): Promise<Set<PaperId>>;
}

/** Rows of one statement: PostgreSQL takes 65,535 values, and SQLite keeps the loop while it writes. */
const ROWS_AT_ONCE = 500;

export function createEditionStore(db: Database): EditionStore {
  return {
    ...createAttemptStore(db),

    async plan(id, now, submission) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('editions')
        .values(rowOf(id, now, submission))
        .onConflict((c) => c.columns(['channel', 'slot']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async planAll(ids, now) {
      const planned: EditionId[] = [];
      for (let i = 0; i < ids.length; i += ROWS_AT_ONCE) {
        const rows = await db
          .insertInto('editions')
          .values(ids.slice(i, i + ROWS_AT_ONCE).map((id) => rowOf(id, now)))
          .onConflict((c) => c.columns(['channel', 'slot']).doNothing())
          .returning(['channel', 'slot'])
          .execute();
        planned.push(...rows.map(idOf));
      }
      return planned;
    },

    async reopen(channel, since, now) {
      await db
        .updateTable('editions')
        .set({ state: 'planned', reason: null, updated_at: now })
        .where('channel', '=', channel)
        .where('state', '=', 'rejected')
        .where('reason', 'in', [...Obstacle.options])
        .where('slot', '=', ({ selectFrom }) =>
          selectFrom('editions as other')
            .select((eb) => eb.fn.max('other.slot').as('slot'))
            .where('other.channel', '=', channel)
            .where('other.submission', 'is', null),
        )
        .where('slot', '>', since)
        .execute();
    },

    async forget(before) {
      for (let forgotten = 0; ; await breath()) {
        const { numDeletedRows } = await db
          .deleteFrom('editions')
          .where((eb) =>
            eb(
              eb.refTuple('channel', 'slot'),
              'in',
              eb
                .selectFrom('editions as old')
                .select(['old.channel', 'old.slot'])
                .where('old.slot', '<', before)
                .where('old.state', 'in', ['sent', 'empty', 'skipped', 'rejected'])
                .where(({ or, eb, exists, selectFrom }) =>
                  or([
                    eb('old.submission', 'is not', null),
                    exists(
                      selectFrom('editions as newer')
                        .select('newer.slot')
                        .whereRef('newer.channel', '=', 'old.channel')
                        .whereRef('newer.slot', '>', 'old.slot')
                        .where('newer.submission', 'is', null),
                    ),
                  ]),
                )
                .orderBy('old.slot')
                .limit(ROWS_AT_ONCE)
                .$asTuple('channel', 'slot'),
            ),
          )
          .executeTakeFirst();
        forgotten += Number(numDeletedRows);
        if (numDeletedRows < ROWS_AT_ONCE) return forgotten;
      }
    },

    async get({ channel, slot }) {
      const row = await db
        .selectFrom('editions')
        .selectAll()
        .where('channel', '=', channel)
        .where('slot', '=', slot)
        .executeTakeFirst();
      return row && editionOf(row);
    },

    async counts() {
      const rows = await db
        .selectFrom('editions')
        .select((eb) => ['state', eb.fn.countAll<number | string>().as('n')])
        .groupBy('state')
        .execute();
      return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
    },

    async latest(channel) {
      const row = await db
        .selectFrom('editions')
        .selectAll()
        .where('channel', '=', channel)
        .where('submission', 'is', null)
        .orderBy('slot', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && editionOf(row);
    },

    async since(channel, instant) {
      const rows = await db
        .selectFrom('editions')
        .selectAll()
        .where('channel', '=', channel)
        .where('slot', '>=', instant)
        .where('submission', 'is', null)
        .orderBy('slot')
        .execute();
      return rows.map(editionOf);
    },

    shown: (channel, paper) =>
      db
        .selectFrom('seen')
        .select(['slot', 'message'])
        .where('channel', '=', channel)
        .where('paper', '=', paper)
        .executeTakeFirst(),

    async taken(channel, slot) {
      const shown = await db
        .selectFrom('seen')
        .select('paper')
        .where('channel', '=', channel)
        .execute();
      const underway = await db
        .selectFrom('editions')
        .select(['slot', 'papers'])
        .where('channel', '=', channel)
        .where('state', 'in', ['planned', 'sending', 'failed'])
        .execute();
      const carried = underway
        .filter((row) => row.slot !== slot)
        .flatMap((row) => JSON.parse(row.papers) as PaperId[]);
      return new Set([...shown.map((row) => row.paper as PaperId), ...carried]);
    },
  };
}

function rowOf({ channel, slot }: EditionId, now: string, submission?: Submission): EditionsTable {
  return {
    channel,
    slot,
    state: 'planned',
    reason: null,
    retry_at: null,
    messages: '[]',
    papers: '[]',
    attempts: 0,
    updated_at: now,
    submission: submission ? JSON.stringify(submission) : null,
    in_doubt: 0,
    cargo: null,
  };
}
