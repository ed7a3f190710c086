/** The ledger of editions, and which papers each channel was shown. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { ChannelRef } from '../model/channel.ts';
import { type Delivery, Edition, type EditionId, type Submission } from '../model/delivery.ts';
import type { PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';
import type { EditionsTable, Tables } from './tables.ts';

export interface EditionStore {
  /** Writes `planned`; false when the slot has a row already. */
  plan(id: EditionId, now: string, submission?: Submission): Promise<boolean>;
  /**
   * Takes an edition for sending, atomically: from `planned`, or from `failed` whose time to retry has
   * come. Undefined when somebody else has it, when nothing is left to do, or while another
   * edition of the channel is being sent, which may show the same papers.
   */
  claim(id: EditionId, now: string): Promise<Edition | undefined>;
  /** Editions waiting to be sent at `now`, oldest slot first. */
  waiting(now: string): Promise<EditionId[]>;
  /** Gives back editions that have been `sending` since before an instant: whoever sent them died. */
  release(before: string, now: string): Promise<void>;
  /** Writes down what an edition carries before any of it is posted. Throws when the claim is lost. */
  carry(claim: Claim, papers: readonly PaperId[], now: string): Promise<void>;
  /** Writes down the messages posted so far. Throws when the claim is lost. */
  posted(claim: Claim, messages: readonly string[], now: string): Promise<void>;
  /**
   * Ends an attempt; `sent` marks its papers as seen by the channel in the same transaction. False, with
   * nothing written, when the claim is lost.
   */
  settle(claim: Claim, delivery: Delivery, now: string): Promise<boolean>;
  get(id: EditionId): Promise<Edition | undefined>;
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

export function createEditionStore(db: Database): EditionStore {
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
    values: Partial<Pick<EditionsTable, 'papers' | 'messages'>>,
    now: string,
  ): Promise<void> {
    const { numUpdatedRows } = await held(db, claim, now).set(values).executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Error('Another instance has taken the edition over');
  }
  const isWaiting = (now: string) => (eb: ExpressionBuilder<Tables, 'editions'>) =>
    eb.or([
      eb('state', '=', 'planned'),
      eb.and([eb('state', '=', 'failed'), eb('retry_at', '<=', now)]),
    ]);

  return {
    async plan({ channel, slot }, now, submission) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('editions')
        .values({
          channel,
          slot,
          state: 'planned',
          messages: '[]',
          papers: '[]',
          attempts: 0,
          updated_at: now,
          submission: submission ? JSON.stringify(submission) : null,
        })
        .onConflict((c) => c.columns(['channel', 'slot']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async claim(id, now) {
      return db.transaction().execute(async (tx) => {
        // The channel's row stays locked until the end, so that of two instances one sees the other's claim.
        await tx
          .updateTable('channels')
          .set((eb) => ({ name: eb.ref('name') }))
          .where('channel', '=', id.channel)
          .execute();
        const row = await update(tx, id, now)
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
          .executeTakeFirst();
        return row && editionOf(row);
      });
    },

    async waiting(now) {
      const rows = await db
        .selectFrom('editions')
        .select(['channel', 'slot'])
        .where(isWaiting(now))
        .orderBy('slot')
        .execute();
      return rows.map(({ channel, slot }) => ({ channel: channel as ChannelRef, slot }));
    },

    async release(before, now) {
      await db
        .updateTable('editions')
        .set({ state: 'failed', reason: 'interrupted', retry_at: now, updated_at: now })
        .where('state', '=', 'sending')
        .where('updated_at', '<', before)
        .execute();
    },

    carry: (claim, papers, now) => write(claim, { papers: JSON.stringify(papers) }, now),
    posted: (claim, messages, now) => write(claim, { messages: JSON.stringify(messages) }, now),

    async settle(claim, delivery, now) {
      return db.transaction().execute(async (tx) => {
        const row = await held(tx, claim, now)
          .set({
            state: delivery.state,
            reason: ('reason' in delivery && delivery.reason) || null,
            retry_at: 'retryAt' in delivery ? delivery.retryAt : null,
          })
          .returningAll()
          .executeTakeFirst();
        if (!row) return false;
        const { channel, slot, messages, papers } = editionOf(row);
        const [message = ''] = messages;
        if (delivery.state !== 'sent' || !papers.length) return true;
        await tx
          .insertInto('seen')
          .values(papers.map((paper) => ({ channel, paper, slot, message })))
          .onConflict((c) => c.columns(['channel', 'paper']).doNothing())
          .execute();
        return true;
      });
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
    updatedAt: row.updated_at,
    ...(row.submission === null ? {} : { submission: JSON.parse(row.submission) }),
  });
}
