/** One reading of one day: its pages stored as they come, and what the ledger says afterwards. */
import { createHash } from 'node:crypto';
import type { PaperId } from '../model/paper.ts';
import type { SourceDay } from '../model/source-day.ts';
import { type Flaw, type Listing, type Source, SourceError } from './source.ts';
import { BELIEVE_NONE_MS, retryAt } from './window.ts';

export interface Reading {
  received: number;
  flaws: Flaw[];
  expected: number | undefined;
  fingerprint: string | undefined;
  /** What cut it short. */
  error: SourceError | undefined;
}

/**
 * Reads a day to its end or to its first error; each page goes to `keep` before the next is asked for. Never
 * throws what the source throws; what `keep` throws passes.
 */
export async function readDay(
  source: Source,
  day: string,
  { signal, keep }: { signal: AbortSignal; keep: (listings: readonly Listing[]) => Promise<void> },
): Promise<Reading> {
  const ids = new Set<PaperId>();
  const fresh = new Set<PaperId>();
  const flaws: Flaw[] = [];
  let expected: number | undefined;
  const end = (error?: SourceError): Reading => ({
    received: ids.size,
    flaws,
    expected,
    fingerprint: error ? undefined : fingerprintOf(fresh),
    error,
  });
  const pages = source.list(day, signal)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await unlessAborted(() => pages.next(), signal).catch((cause: unknown) =>
        sourceErrorOf(cause, signal),
      );
      if (next instanceof SourceError) return end(next);
      if (next.done) return end();
      const page = next.value;
      flaws.push(...page.flaws);
      expected = page.expected ?? expected;
      const listings = page.listings.filter(({ paper }) => !ids.has(paper.id));
      for (const { paper, kind } of listings) {
        ids.add(paper.id);
        if (kind === 'new') fresh.add(paper.id);
      }
      await keep(listings);
    }
  } finally {
    // Not awaited: a source that hangs would hang here too.
    void Promise.resolve(pages.return?.()).catch(() => {});
  }
}

/** What the ledger says of a day after a reading. */
export function settled(
  reading: Reading,
  {
    source,
    day,
    before,
    fingerprints,
    now,
    random,
  }: {
    source: Source;
    day: string;
    before: SourceDay | undefined;
    /** Of the days before it. */
    fingerprints: readonly (string | undefined)[];
    now: Date;
    random: () => number;
  },
): SourceDay {
  const { error, flaws } = reading;
  const readAt = now.toISOString();
  const attempts = (before?.attempts ?? 0) + 1;
  const again = {
    attempts,
    retryAt: retryAt(attempts, { now, random, afterMs: error?.retryAfterMs }),
  };
  const received = Math.max(reading.received, error ? (before?.received ?? 0) : 0);
  const row = { source: source.name, day, received, flaws: flaws.length, readAt };
  const expected = reading.expected ?? before?.expected;
  const counted = expected === undefined ? {} : { expected };
  const trouble = error ? { error: `${error.failure}: ${error.message}`.slice(0, 300) } : {};

  if (error) {
    // What is complete stays so: only what may have changed since could not be read.
    if (before?.state === 'complete') return { ...before, ...again, ...trouble, readAt };
    const since = before?.since ?? readAt;
    const state = received > 0 ? 'partial' : 'failing';
    return { ...row, ...counted, ...again, ...trouble, state, since };
  }
  const { fingerprint } = reading;
  const told = fingerprint === undefined ? {} : { fingerprint };
  if (source.rolling) return { ...row, ...counted, attempts: 0, state: 'complete' };
  if (fingerprint !== undefined && fingerprints.includes(fingerprint)) {
    const since = before?.since ?? readAt;
    return { ...row, ...counted, ...again, received: 0, state: 'stale', since };
  }
  const arrived = received + flaws.length;
  const whole = before?.state === 'complete' ? before.received + before.flaws : 0;
  // What was whole cannot have lost a part: a page came empty.
  if (before && arrived < whole && (expected ?? 0) <= whole) return { ...before, ...again, readAt };
  const overBy = now.getTime() - source.completeAt(day).getTime();
  if (overBy < 0) return { ...row, ...counted, ...told, attempts: 0, state: 'partial' };
  const isShort = arrived < (expected ?? 0);
  const isDoubtful = arrived === 0 && expected === undefined && overBy < BELIEVE_NONE_MS;
  if (isShort || isDoubtful) return { ...row, ...counted, ...told, ...again, state: 'partial' };
  return { ...row, ...counted, ...told, attempts: 0, state: 'complete' };
}

/** Undefined for a batch of nothing, which no other repeats. */
function fingerprintOf(ids: ReadonlySet<string>): string | undefined {
  if (!ids.size) return undefined;
  return createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('base64url')
    .slice(0, 22);
}

function sourceErrorOf(cause: unknown, signal: AbortSignal): SourceError {
  if (signal.aborted) return new SourceError('unreachable', 'took too long', { cause });
  if (cause instanceof SourceError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new SourceError('garbled', `could not be understood: ${why}`, { cause });
}

/** What is begun here, or a rejection at once when the signal aborts: a source may not heed it. */
async function unlessAborted<T>(begin: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([begin(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
