/**
 * Brings in what the sources announce: for each, the days that are due, a page stored before the next is asked
 * for, and the ledger written after each day. Nothing is kept in memory between two rounds, so a restart goes
 * on where the ledger says.
 */
import type { SourceDay } from '../model/source-day.ts';
import { readDay, settled } from './reading.ts';
import type { Flaw, Listing, Source } from './source.ts';
import { isDue, isHeld, windowOf } from './window.ts';

/** What ingest needs of a database. */
export interface Ledger {
  since(source: string, day: string): Promise<SourceDay[]>;
  put(day: SourceDay): Promise<void>;
}

export interface Ingesting {
  sources(): readonly Source[] | Promise<readonly Source[]>;
  ledger: Ledger;
  /** Stores what a source tells; what it throws ends that source's round. */
  keep(listings: readonly Listing[], source: string): Promise<void>;
  /** Runs a source's round unless another instance is at it. Default: it is ours alone. */
  claim?(source: string, run: () => Promise<void>): Promise<void>;
  now(): Date;
  /** From 0 to 1, for jitter. */
  random?(): number;
  report: Report;
  /** Longest reading of one source's round, in milliseconds; default 8 minutes. */
  roundMs?: number;
}

/** Told to the operator's log. */
export interface Report {
  flaw(source: string, day: string, flaw: Flaw): void;
  day(day: SourceDay): void;
  failed(source: string, error: unknown): void;
}

export interface Ingest {
  /** One round over every source that none is under way for; throws when it is not known which there are. */
  round(): Promise<void>;
  /** Reads no further; what is stored stays. */
  stop(): Promise<void>;
}

const ROUND_MS = 8 * 60_000;

export function createIngest(house: Ingesting): Ingest {
  const { ledger, now, report, random = Math.random, roundMs = ROUND_MS } = house;
  const claim = house.claim ?? ((_: string, run: () => Promise<void>) => run());
  const underway = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  async function readSource(source: Source): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(roundMs)]);
    const days = windowOf(source, now());
    const [today = ''] = days;
    const rows = await ledger.since(source.name, days.at(-1) ?? '');
    if (rows.some((row) => isHeld(row, now()))) return;
    const known = new Map(rows.map((row) => [row.day, row]));
    for (const day of days) {
      const isOver = source.changesOnly && known.get(day)?.state === 'complete';
      if (isOver || !isDue(day, known.get(day), { today, now: now() })) continue;
      const row = await settleDay(source, day, known, signal);
      // Stopped by us, not by the source: the ledger must not say that it failed.
      if (stopping.signal.aborted) return;
      known.set(day, row);
      await ledger.put(row);
      report.day(row);
      // The other days would meet the same.
      if (row.error !== undefined) return;
    }
  }

  async function settleDay(
    source: Source,
    day: string,
    known: ReadonlyMap<string, SourceDay>,
    signal: AbortSignal,
  ): Promise<SourceDay> {
    const before = known.get(day);
    const announcement = source.announcement(day);
    if (!announcement.announces) {
      const none = { received: 0, flaws: 0, attempts: 0, readAt: now().toISOString() };
      const { because } = announcement;
      return { source: source.name, day, state: 'no announcement', because, ...none };
    }
    const reading = await readDay(source, day, {
      signal,
      keep: (listings) => house.keep(listings, source.name),
    });
    for (const flaw of reading.flaws) report.flaw(source.name, day, flaw);
    const earlier = [...known.values()].filter((row) => row.day < day);
    const fingerprints = earlier.map(({ fingerprint }) => fingerprint);
    return settled(reading, { source, day, before, fingerprints, now: now(), random });
  }

  function start(source: Source): Promise<void> {
    const round = claim(source.name, () => readSource(source))
      .catch((error: unknown) => report.failed(source.name, error))
      .finally(() => underway.delete(source.name));
    underway.set(source.name, round);
    return round;
  }

  return {
    async round() {
      if (stopping.signal.aborted) return;
      const sources = await house.sources();
      await Promise.all(sources.filter(({ name }) => !underway.has(name)).map(start));
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      await Promise.all(underway.values());
    },
  };
}
