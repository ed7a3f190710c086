/** The ledger of editions, and which papers each channel was shown. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { ChannelRef } from '../model/channel.ts';
import {
  type Delivery,
  Edition,
  type EditionId,
  Obstacle,
  type Submission,
} from '../model/delivery.ts';
import type { PaperId } from '../model/paper.ts';
import type { Look } from './channels.ts';
import { createCommit } from './commits.ts';
import type { Database } from './database.ts';
import type { EditionsTable, Tables } from './tables.ts';

/** How old or how far ahead a sign of life may be, in milliseconds: a lease, and clocks that differ by as much. */
export const LEASE_MS = 180_000;
/** No retry is set further ahead than this, in milliseconds. */
export const RETRY_MOST_MS = 3_600_000;

export interface EditionStore {
  /** Writes `planned`; false when the slot has a row already. */
  plan(id: EditionId, now: string, submission?: Submission): Promise<boolean>;
  /** The same for many; gives those that had no row. */
  planAll(ids: readonly EditionId[], now: string): Promise<EditionId[]>;
  /**
   * Takes an edition for sending, in one statement: from `planned`, or from `failed` whose time to retry has
   * come. Undefined when somebody else has it, when nothing is left to do, or while another
   * edition of the channel is being sent, which may show the same papers.
   */
  claim(id: EditionId, now: string): Promise<Edition | undefined>;
  /** Editions waiting to be sent at `now`, oldest slot first, where nothing keeps the bot from posting. */
  waiting(now: string): Promise<EditionId[]>;
  /** Gives back editions whose sender has shown no sign of life for a lease: it died. */
  release(now: string): Promise<void>;
  /** A sign of life. Throws when the claim is lost. */
  renew(claim: Claim, now: string): Promise<void>;
  /** Writes down what an edition carries before any of it is posted. Throws when the claim is lost. */
  carry(claim: Claim, papers: readonly PaperId[], now: string): Promise<void>;
  /** Writes down the messages posted so far. Throws when the claim is lost. */
  posted(claim: Claim, messages: readonly string[], now: string): Promise<void>;
  /**
   * Ends an attempt, and marks the papers that are in the channel as seen there and how far it looked in the same
   * transaction.
   * False, with nothing written, when the claim is lost.
   */
  settle(claim: Claim, end: Settlement, now: string): Promise<boolean>;
  /** Plans the newest digest of a channel again that an obstacle ended since an instant. */
  reopen(channel: ChannelRef, since: string, now: string): Promise<void>;
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

/** An attempt at an edition; lost once it was given back and somebody else claimed the edition. */
export type Claim = Pick<Edition, 'channel' | 'slot' | 'attempts'>;

export interface Settlement {
  delivery: Delivery;
  /** The ids of all its messages, where they were not written down before. */
  messages?: readonly string[];
  /** Papers in the channel, each with the message that shows it. */
  shown?: readonly { paper: PaperId; message: string }[];
  /** Whether a message may be in the channel whose id is not known. */
  inDoubt?: boolean;
  /** How far the new papers were looked at, by an edition that was brought to an end. */
  look?: Look;
}

/** Rows of one insert: PostgreSQL takes 65,535 values a statement, and SQLite keeps the loop while it writes. */
const ROWS_AT_ONCE = 500;

export function createEditionStore(db: Database): EditionStore {
  const commit = createCommit(db);
  const update = (on: Kysely<Tables>, { channel, slot }: EditionId, now: string) =>
    on
      .updateTable('editions')
      .set({ updated_at: now })
      .where('channel', '=', channel)
      .where('slot', '=', slot);
  const held = (on: Kysely<Tables>, claim: Claim, now: string) =>
    update(on, claim, now).where('state', '=', 'sending').where('attempts', '=', claim.attempts);
  async function write(
    claim: Claim,
    values: Partial<Pick<EditionsTable, 'papers' | 'messages' | 'in_doubt'>>,
    now: string,
  ): Promise<void> {
    const { numUpdatedRows } = await commit((tx) =>
      held(tx, claim, now).set(values).executeTakeFirst(),
    );
    if (numUpdatedRows === 0n) throw new Error('Another instance has taken the edition over');
  }
  // A time further ahead than any attempt sets was set by a clock that was wrong.
  const isWaiting = (now: string) => (eb: ExpressionBuilder<Tables, 'editions'>) =>
    eb.or([
      eb('state', '=', 'planned'),
      eb.and([
        eb('state', '=', 'failed'),
        eb.or([
          eb('retry_at', '<=', now),
          eb('retry_at', '>', later(now, RETRY_MOST_MS + LEASE_MS)),
        ]),
      ]),
    ]);
  const rowOf = ({ channel, slot }: EditionId, now: string, submission?: Submission) => ({
    channel,
    slot,
    state: 'planned',
    messages: '[]',
    papers: '[]',
    attempts: 0,
    updated_at: now,
    submission: submission ? JSON.stringify(submission) : null,
    in_doubt: 0,
  });

  return {
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

    async claim(id, now) {
      const row = await commit((tx) =>
        update(tx, id, now)
          .set((eb) => ({
            state: 'sending',
            reason: null,
            retry_at: null,
            attempts: eb('attempts', '+', 1),
          }))
          .where(isWaiting(now))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('editions as other')
                  .select('other.slot')
                  .where('other.channel', '=', id.channel)
                  .where('other.state', '=', 'sending'),
              ),
            ),
          )
          .returningAll()
          .executeTakeFirst(),
      ).catch((error: unknown) => {
        // Two claims at the same instant: the index `editions_one_sending` lets one through.
        if (isTaken(error)) return undefined;
        throw error;
      });
      return row && editionOf(row);
    },

    async waiting(now) {
      const rows = await db
        .selectFrom('editions')
        .select(['channel', 'slot'])
        .where('state', 'in', ['planned', 'failed'])
        .where(isWaiting(now))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('obstacles')
                .select('obstacles.channel')
                .whereRef('obstacles.channel', '=', 'editions.channel')
                .where('look_at', 'is not', null),
            ),
          ),
        )
        .orderBy('slot')
        .execute();
      return rows.map(idOf);
    },

    async release(now) {
      await db
        .updateTable('editions')
        .set({ state: 'failed', reason: 'interrupted', retry_at: now, updated_at: now })
        .where('state', '=', 'sending')
        .where((eb) =>
          eb.or([
            eb('updated_at', '<', later(now, -LEASE_MS)),
            eb('updated_at', '>', later(now, LEASE_MS)),
          ]),
        )
        .execute();
    },

    renew: (claim, now) => write(claim, {}, now),
    carry: (claim, papers, now) =>
      write(claim, { papers: JSON.stringify(papers), in_doubt: 1 }, now),
    posted: (claim, messages, now) => write(claim, { messages: JSON.stringify(messages) }, now),

    async settle(claim, { delivery, messages: all, shown = [], inDoubt = false, look }, now) {
      return commit(async (tx) => {
        const row = await held(tx, claim, now)
          .set({
            state: delivery.state,
            reason: ('reason' in delivery && delivery.reason) || null,
            retry_at: 'retryAt' in delivery ? delivery.retryAt : null,
            in_doubt: inDoubt ? 1 : 0,
            ...(all && { messages: JSON.stringify(all) }),
          })
          .returningAll()
          .executeTakeFirst();
        if (!row) return false;
        if (look) {
          await tx
            .updateTable('channels')
            .set({ looked_at: look.at, looked_to: look.to })
            .where('channel', '=', claim.channel)
            .execute();
        }
        const { channel, slot, messages, papers } = editionOf(row);
        const messageOf = new Map(shown.map(({ paper, message }) => [paper, message]));
        // The row knows its papers by the names they have by now.
        const seen = delivery.state === 'sent' ? papers : [...messageOf.keys()];
        if (!seen.length) return true;
        await tx
          .insertInto('seen')
          .values(
            seen.map((paper) => {
              const message = messageOf.get(paper) ?? messages[0] ?? '';
              return { channel, paper, slot, message };
            }),
          )
          .onConflict((c) => c.columns(['channel', 'paper']).doNothing())
          .execute();
        return true;
      });
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

function idOf({ channel, slot }: { channel: string; slot: string }): EditionId {
  // The column was written from a `ChannelRef`.
  return { channel: channel as ChannelRef, slot };
}

function later(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** Whether a unique index refused a row: SQLITE_CONSTRAINT_UNIQUE, and 23505 of PostgreSQL. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('errcode' in error && error.errcode === 2067) || ('code' in error && error.code === '23505')
  );
}

function editionOf(row: EditionsTable): Edition {
  return Edition.parse({
    channel: row.channel,
    slot: row.slot,
    delivery: {
      state: row.state,
      ...(row.reason === null ? {} : { reason: row.reason }),
      ...(row.retry_at === null ? {} : { retryAt: row.retry_at }),
    },
    messages: JSON.parse(row.messages),
    papers: JSON.parse(row.papers),
    attempts: row.attempts,
    inDoubt: row.in_doubt === 1,
    updatedAt: row.updated_at,
    ...(row.submission === null ? {} : { submission: JSON.parse(row.submission) }),
  });
}
