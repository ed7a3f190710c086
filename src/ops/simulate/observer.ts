/** Looks into the ledger after every tick, and tells the judge what was put together and how it ended. */
import type { ChannelRef } from '../../model/channel.ts';
import { type Edition, editionKey } from '../../model/delivery.ts';
import type { Database } from '../../store/database.ts';
import { createEditionStore } from '../../store/editions.ts';
import type { Follower } from './channels.ts';
import type { Judge } from './judge.ts';
import type { Recorder } from './platform.ts';
import type { Observed } from './timetable.ts';

export interface Observer {
  /** After a tick, whether or not it came to its end. */
  look(now: Date): Promise<void>;
  /** After a tick that came to its end, and a look: channels without an edition want none. */
  rest(now: Date): void;
  /** Whether the last look found an edition that waits to be tried or is under way. */
  isAnyWaiting(): boolean;
  /** Every edition that was attempted, as it was when last seen. */
  editions(): IterableIterator<Observed>;
}

/** How often channels that no edition comes to are held against what they should get, in milliseconds. */
const IDLE_MS = 6 * 3_600_000;

export async function createObserver({
  db,
  service,
  judge,
  followers,
  write,
}: {
  db: Database;
  service: Recorder;
  judge: Judge;
  followers: readonly Follower[];
  /** Where every edition that has ended goes. */
  write(line: object): void;
}): Promise<Observer> {
  await db.schema.createIndex('editions_updated_at').on('editions').column('updated_at').execute();
  const editions = createEditionStore(db);
  const known = new Map<string, Observed>();
  /** Where among the posts those begin that were not looked at. */
  let read = 0;
  /** Keys of editions of which people see something. */
  const begun = new Set<string>();
  let touched: Edition[] = [];
  const instant = followers.flatMap(({ settings: { channel, schedule } }) =>
    schedule.frequency === 'instant' ? [channel] : [],
  );

  /** Editions that something may have happened to at this instant. */
  async function touchedAt(now: Date): Promise<Edition[]> {
    const rows = await db
      .selectFrom('editions')
      .select(['channel', 'slot'])
      .where((eb) =>
        eb.or([eb('updated_at', '>=', now.toISOString()), eb('state', 'in', [...OPEN])]),
      )
      .orderBy('slot')
      .execute();
    const all = await Promise.all(
      // The column was written from a `ChannelRef`.
      rows.map(({ channel, slot }) => editions.get({ channel: channel as ChannelRef, slot })),
    );
    return all.flatMap((edition) => edition ?? []);
  }

  function judged(edition: Edition, now: Date): void {
    const key = editionKey(edition);
    const before = known.get(key);
    const seenAt = before?.seenAt ?? now.getTime();
    if (edition.attempts === before?.edition.attempts || isUnmade(edition)) {
      known.set(key, { edition: { ...edition, attempts: before?.edition.attempts ?? 0 }, seenAt });
      return;
    }
    known.set(key, { edition, seenAt });
    const { channel, slot, delivery, papers, attempts } = edition;
    if (delivery.state === 'skipped') {
      judge.superseded(edition);
      return;
    }
    // An attempt whose messages people see already goes on with the papers it began with.
    if (!begun.has(key)) judge.selected(edition, now);
    if (delivery.state !== 'sent' && delivery.state !== 'empty') return;
    judge.ended(edition, now);
    const why = 'reason' in delivery ? { why: delivery.reason } : {};
    const at = now.toISOString();
    write({ kind: 'edition', channel, slot, state: delivery.state, ...why, at, papers, attempts });
  }

  return {
    async look(now) {
      touched = await touchedAt(now);
      const posts = service.posted.slice(read);
      read += posts.length;
      for (const post of posts) judge.posted(post);
      for (const edition of touched) if (edition.attempts) judged(edition, now);
      // Of the next attempts.
      for (const { key } of posts) begun.add(key.slice(0, key.lastIndexOf('#')));
    },
    rest(now) {
      if (now.getTime() % IDLE_MS) return;
      const busy = new Set(touched.map(({ channel }) => channel));
      for (const channel of instant) if (!busy.has(channel)) judge.idle(channel, now);
    },
    isAnyWaiting: () => touched.some(({ delivery }) => OPEN.has(delivery.state)),
    editions: () => known.values(),
  };
}

const OPEN: ReadonlySet<Edition['delivery']['state']> = new Set(['planned', 'sending', 'failed']);

/** Whether the attempt ended, with its process, before it knew what to bring. */
function isUnmade({ delivery: { state }, papers, messages, inDoubt }: Edition): boolean {
  return OPEN.has(state) && !papers.length && !messages.length && !inDoubt;
}
