/**
 * The world's sources behind the port, with the faults of real ones: each reading may be turned away, cut, cut
 * short, garbled, stale, repeat itself or hold an item that is none; and there are days of outage.
 */
import type { Told } from '../../model/merge.ts';
import { type Flaw, type Page, type Source, SourceError } from '../../sources/source.ts';
import { dayBefore } from '../../sources/window.ts';
import type { Chance } from './random.ts';
import type { SourceName, World } from './world.ts';

export interface Watch {
  /** Told of every paper that leaves a source. */
  served(source: SourceName, told: Told): void;
  /** Told of every fault, by its name. */
  fault(name: string): void;
  /** Asked before each page after the first: whether the process that reads stops here. */
  isStopping(): boolean;
}

const PAGE = 100;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Failure = readonly [name: string, make: () => SourceError];

const failures: readonly [Failure, ...Failure[]] = [
  ['429', () => new SourceError('limited', 'turned away')],
  [
    '429 with Retry-After',
    () => new SourceError('limited', 'wait', { retryAfterMs: 40 * MINUTE_MS }),
  ],
  ['500', () => new SourceError('broken', 'answered 500')],
  ['503', () => new SourceError('broken', 'answered 503')],
  ['timeout', () => new SourceError('unreachable', 'did not answer in time')],
  ['cut mid-body', () => new SourceError('unreachable', 'the connection was cut')],
  ['HTML instead of JSON', () => new SourceError('garbled', 'sent HTML')],
  ['truncated XML', () => new SourceError('garbled', 'sent half an XML document')],
  ['entity bomb', () => new SourceError('garbled', 'sent too many entities')],
  ['100 MB body', () => new SourceError('garbled', 'sent too much')],
  ['redirect loop', () => new SourceError('garbled', 'redirected in a circle')],
];

type Slip = 'none' | 'failure' | 'empty page' | 'malformed item' | 'repeated ids' | 'stale batch';

/** `outages` are spans in milliseconds during which a source answers nothing. */
export function createSource(
  name: SourceName,
  world: World,
  {
    at,
    chance,
    isFaulty,
    outages,
    watch,
  }: {
    /** The world's own time, whatever the bot's clock says. */
    at(): number;
    chance: Chance;
    isFaulty: boolean;
    outages: readonly (readonly [from: number, to: number])[];
    watch: Watch;
  },
): Source {
  function slip(): Slip {
    if (!isFaulty) return 'none';
    // Of a hundred readings.
    const roll = chance.below(100);
    if (roll < 20) return 'failure';
    if (roll < 25) return 'empty page';
    if (roll < 30) return 'malformed item';
    if (roll < 35) return 'repeated ids';
    return roll < 39 ? 'stale batch' : 'none';
  }

  return {
    name,
    title: name === 'arxiv' ? 'arXiv' : 'Hugging Face',
    ...world.calendars[name],
    async *list(day): AsyncGenerator<Page> {
      if (isFaulty && outages.some(([from, to]) => at() >= from && at() < to)) {
        watch.fault('outage');
        throw new SourceError('broken', 'answered 503');
      }
      const now = slip();
      if (now !== 'none' && now !== 'failure') watch.fault(now);
      const shown = now === 'stale batch' ? before(day) : day;
      const { told, expected } = world.day(name, shown, at());
      const pages = inPages(told);
      const [what, failure] = chance.one(failures);
      const cutAt = now === 'failure' ? chance.below(pages.length + 1) : pages.length;
      for (const [i, page] of pages.entries()) {
        if (i === cutAt) break;
        // Nobody hears any more what comes now.
        if (i > 0 && watch.isStopping()) return;
        if (now === 'empty page' && i === pages.length - 1) {
          yield { listings: [], flaws: [], ...counted(expected) };
          return;
        }
        const repeated = now === 'repeated ids' && i > 0 ? (pages[i - 1] ?? []) : [];
        const bad = now === 'malformed item' && i === 0 ? page.slice(0, 1) : [];
        const listings = [...repeated, ...page.slice(bad.length)];
        for (const each of listings) watch.served(name, each);
        yield { listings, flaws: bad.map(flawOf), ...counted(expected) };
      }
      if (now !== 'failure') return;
      watch.fault(what);
      throw failure();
    },
  };

  /** Only arXiv says how many there are. */
  function counted(expected: number): { expected?: number } {
    return name === 'arxiv' && expected > 0 ? { expected } : {};
  }

  function before(day: string): string {
    let on = dayBefore(day, 1);
    while (!world.calendars[name].announcement(on).announces) on = dayBefore(on, 1);
    return on;
  }
}

/** Two days and a half, three and one, so that a digest, a weekend and a whole day meet one. */
export function outagesOf(name: SourceName, from: number): [from: number, to: number][] {
  const days = name === 'arxiv' ? [10, 12.5, 40, 41] : [24, 27, 40, 41];
  const [a = 0, b = 0, c = 0, d = 0] = days.map((n) => from + n * DAY_MS);
  return [
    [a, b],
    [c, d],
  ];
}

function inPages(told: readonly Told[]): Told[][] {
  const pages = Math.max(1, Math.ceil(told.length / PAGE));
  return Array.from({ length: pages }, (_, i) => told.slice(i * PAGE, (i + 1) * PAGE));
}

const flawOf = ({ paper }: Told): Flaw => ({ item: paper.id, reason: 'title is missing' });
