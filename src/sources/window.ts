/**
 * Which days of a source to ask for now. Pure: from its calendar, the clock and the ledger, so that a restart,
 * a clock that jumps or another instance changes nothing of it.
 */
import type { SourceDay } from '../model/source-day.ts';
import type { Source } from './source.ts';

/** Days that are read, today's the last: late papers, votes and summaries arrive for a week. */
export const WINDOW_DAYS = 7;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How soon a day is read again: while it fills, in the two days after, and for the rest of the week. */
const REFRESH_MS = { filling: HOUR_MS, fresh: 3 * HOUR_MS, old: 12 * HOUR_MS };
const FRESH_DAYS = 2;
/** Where a source does not say how many it announces, a day without any is believed this long after it is over. */
export const BELIEVE_NONE_MS = DAY_MS;
/** No try is put off longer. */
export const WAIT_MOST_MS = DAY_MS;

const FIRST_WAIT_MS = 10 * 60_000;
const BACKOFF_MOST_MS = 6 * HOUR_MS;
/** Waits differ by up to this share, so that instances and sources do not ask all at once. */
const JITTER = 0.2;

/**
 * The source's last seven days, newest first: what people wait for comes before what may have changed. Of a
 * rolling source, today alone.
 */
export function windowOf(source: Pick<Source, 'dayAt' | 'rolling'>, now: Date): string[] {
  const today = source.dayAt(now);
  if (source.rolling) return [today];
  return Array.from({ length: WINDOW_DAYS }, (_, back) => dayBefore(today, back));
}

/** Whether to ask for a day now. */
export function isDue(
  day: string,
  known: SourceDay | undefined,
  { today, now }: { today: string; now: Date },
): boolean {
  const sinceRead = now.getTime() - Date.parse(known?.readAt ?? '');
  // Read at a time still to come: the clock was wrong then, and all it wrote.
  if (!known || sinceRead < 0) return true;
  if (known.retryAt !== undefined) return !isAhead(known.retryAt, now);
  const isFresh = day > dayBefore(today, FRESH_DAYS);
  const age = known.state === 'partial' ? 'filling' : isFresh ? 'fresh' : 'old';
  return sinceRead >= REFRESH_MS[age];
}

/** Whether the source asked us to slow down, whichever day we ask for. */
export function isHeld({ error, retryAt, readAt }: SourceDay, now: Date): boolean {
  const isLimited = retryAt !== undefined && /^limited\b/.test(error ?? '');
  return isLimited && isAhead(retryAt, now) && Date.parse(readAt) <= now.getTime();
}

function isAhead(instant: string, now: Date): boolean {
  const wait = Date.parse(instant) - now.getTime();
  return wait > 0 && wait <= WAIT_MOST_MS;
}

/** When to try again after so many tries in a row, at least `afterMs` from now. `random` is from 0 to 1. */
export function retryAt(
  attempts: number,
  { now, random, afterMs = 0 }: { now: Date; random: () => number; afterMs?: number | undefined },
): string {
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), BACKOFF_MOST_MS);
  const spread = backoff * (1 + JITTER * (2 * random() - 1));
  const wait = Math.min(Math.max(afterMs, spread), WAIT_MOST_MS);
  return new Date(now.getTime() + wait).toISOString();
}

/** The date so many days earlier. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
