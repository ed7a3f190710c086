/** The second opinion on when digests come: every slot has its edition, in time, and no edition is without one. */
import { type Edition, editionKey } from '../../model/delivery.ts';
import type { Follower } from './channels.ts';
import { slotsBetween } from './local-time.ts';

/** From one instant to another, both in milliseconds. */
export type Span = readonly [from: number, to: number];

/** What became of an edition, and when it was first seen, in milliseconds. */
export interface Observed {
  edition: Edition;
  seenAt: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A slot is found at the next tick. */
const PROMPT_MS = 10 * MINUTE_MS;
/** At the end of the replay an edition may have waited for its next try for so long. */
const LAST_MS = 2 * 60 * MINUTE_MS;
/** Every schedule has another slot within this. */
const NEXT_MS = 9 * DAY_MS;

/**
 * Checks the slots of a span: of each follower's schedule, and those that editions have. `until` is the end of the
 * replay, and `downtimes` are when nobody looked.
 */
export function checkSlots(
  { followers, editions }: { followers: readonly Follower[]; editions: Iterable<Observed> },
  [after, to]: Span,
  { until, downtimes }: { until: number; downtimes: readonly Span[] },
  fault: (violation: string) => void,
): void {
  const isWithin = ({ edition: { slot } }: Observed) =>
    Date.parse(slot) > after && Date.parse(slot) <= to;
  const left = new Map(
    [...editions].filter(isWithin).map((each) => [editionKey(each.edition), each]),
  );
  const instant = new Set(
    followers.flatMap(({ settings: { channel, schedule } }) =>
      schedule.frequency === 'instant' ? [channel] : [],
    ),
  );
  for (const { settings } of followers) {
    const { channel, schedule } = settings;
    if (instant.has(channel)) continue;
    const slots = slotsBetween(schedule, after, Math.min(to + NEXT_MS, until));
    for (const [i, at] of slots.entries()) {
      if (at > to) break;
      const next = slots[i + 1] ?? Number.POSITIVE_INFINITY;
      const key = editionKey({ channel, slot: new Date(at).toISOString() });
      const found = left.get(key);
      left.delete(key);
      const down = downtimes.find(([a, b]) => at >= a && at < b);
      // After a pause only the newest slot is made up for.
      if (down && next <= down[1]) continue;
      if (!found) {
        fault(`${key} was never attempted`);
        continue;
      }
      const { edition, seenAt } = found;
      const mayWait = at > until - LAST_MS;
      if (!mayWait && !isDone(edition, next <= until))
        fault(`${key} ended as ${edition.delivery.state}`);
      const late = seenAt - Math.max(at, down?.[1] ?? 0);
      if (late > PROMPT_MS) fault(`${key} came ${late / MINUTE_MS} minutes late`);
    }
  }
  for (const [key, { edition }] of left) {
    if (!instant.has(edition.channel)) fault(`${key} is no slot`);
    else if (Date.parse(edition.slot) % MINUTE_MS) fault(`${key} is no minute`);
    else if (!edition.papers.length) fault(`${key} came without papers`);
  }
}

/** `isFollowed`: only a later edition may take the place of one. */
function isDone({ delivery: { state } }: Edition, isFollowed: boolean): boolean {
  return state === 'sent' || state === 'empty' || (state === 'skipped' && isFollowed);
}
