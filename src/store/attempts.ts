/**
 * Attempts at editions: one is claimed with a lease, what it posts is written down as it goes, and it is settled.
 * Lost to whoever claims the edition after the lease.
 */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Delivery, Edition, EditionId } from '../model/delivery.ts';
import type { PaperId } from '../model/paper.ts';
import type { Reply } from '../reply/reply.ts';
import type { Look } from './channels.ts';
import { createCommit } from './commits.ts';
import type { Database } from './database.ts';
import { editionOf, idOf } from './edition-rows.ts';
import type { EditionsTable, Tables } from './tables.ts';

/** How old or how far ahead a sign of life may be, in milliseconds: a lease, and clocks that differ by as much. */
export const LEASE_MS = 180_000;
/** No retry is set further ahead than this, in milliseconds. */
export const RETRY_MOST_MS = 3_600_000;

/** What is written down of an edition before its first message is posted, so that a cut attempt can be taken up. */
export interface Cargo {
  papers: readonly PaperId[];
  /** The messages after the first, as they were composed: what is composed anew might be divided otherwise. */
  rest: readonly Reply[];
  /** How many of all messages stand in the channel itself; those after them are in the thread under the first. */
  top: number;
  /** Why there are no papers. */
  silence?: string | undefined;
  /** How far the new papers were looked at. */
  look?: Look | undefined;
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

export interface AttemptStore {
  /** Editions waiting to be sent at `now`, oldest slot first, where nothing keeps the bot from posting. */
  waiting(now: string): Promise<EditionId[]>;
  /**
   * Takes an edition for sending, in one statement: from `planned`, or from `failed` whose time to retry has
   * come. Undefined when somebody else has it, when nothing is left to do, or while another
   * edition of the channel is being sent, which may show the same papers.
   */
  claim(id: EditionId, now: string): Promise<Edition | undefined>;
  /** Gives back editions whose sender has shown no sign of life for a lease: it died. */
  release(now: string): Promise<void>;
  /** A sign of life. Throws when the claim is lost. */
  renew(claim: Claim, now: string): Promise<void>;
  /** Writes down what an edition carries before any of it is posted. Throws when the claim is lost. */
  carry(claim: Claim, cargo: Cargo, now: string): Promise<void>;
  /** What an attempt wrote down that an edition carries; undefined where none came so far. */
  cargo(id: EditionId): Promise<Cargo | undefined>;
  /** Writes down the messages posted so far. Throws when the claim is lost. */
  posted(claim: Claim, messages: readonly string[], now: string): Promise<void>;
  /**
   * Ends an attempt, and marks the papers that are in the channel as seen there and how far it looked in the same
   * transaction.
   * False, with nothing written, when the claim is lost.
   */
  settle(claim: Claim, end: Settlement, now: string): Promise<boolean>;
}

/** Those that may be taken up again: a channel that is open again gets what it lacks. */
const keepsCargo: ReadonlySet<Delivery['state']> = new Set(['failed', 'rejected']);

export function createAttemptStore(db: Database): AttemptStore {
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
    values: Partial<Pick<EditionsTable, 'papers' | 'cargo' | 'messages' | 'in_doubt'>>,
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

  return {
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
    carry: (claim, { papers, ...rest }, now) =>
      write(
        claim,
        { papers: JSON.stringify(papers), cargo: JSON.stringify(rest), in_doubt: 1 },
        now,
      ),
    posted: (claim, messages, now) => write(claim, { messages: JSON.stringify(messages) }, now),

    async cargo({ channel, slot }) {
      const row = await db
        .selectFrom('editions')
        .select(['papers', 'cargo'])
        .where('channel', '=', channel)
        .where('slot', '=', slot)
        .executeTakeFirst();
      // Both columns were written by `carry`.
      return row?.cargo ? { papers: JSON.parse(row.papers), ...JSON.parse(row.cargo) } : undefined;
    },

    async settle(claim, { delivery, messages: all, shown = [], inDoubt = false, look }, now) {
      return commit(async (tx) => {
        const row = await held(tx, claim, now)
          .set({
            state: delivery.state,
            reason: ('reason' in delivery && delivery.reason) || null,
            retry_at: 'retryAt' in delivery ? delivery.retryAt : null,
            in_doubt: inDoubt ? 1 : 0,
            // A stop is no attempt that failed: the next one waits no longer for it, and is no nearer to the last.
            ...(isInterrupted(delivery) && { attempts: claim.attempts - 1 }),
            ...(keepsCargo.has(delivery.state) ? {} : { cargo: null }),
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
  };
}

function later(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

const isInterrupted = (delivery: Delivery) =>
  delivery.state === 'failed' && delivery.reason === 'interrupted';

/** Whether a unique index refused a row: SQLITE_CONSTRAINT_UNIQUE, and 23505 of PostgreSQL. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('errcode' in error && error.errcode === 2067) || ('code' in error && error.code === '23505')
  );
}
