/** Whether queries hold for papers, remembered: many channels follow the same topics. */
import { setImmediate as breath } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Paper } from '../model/paper.ts';
import type { Topics } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import { parseQuery } from '../query/parse.ts';
import { createPercolator } from '../query/percolate.ts';
import { mentions } from '../query/terms.ts';
import { sliced } from '../sliced.ts';
import type { TestOf } from './select.ts';

export interface Verdicts {
  /** The query of a text; the same object for the same text. Throws `UserError` for a text that is none. */
  query(text: string, topics?: Topics): Query;
  /** Holds queries against papers, in slices; what it gives tells of these queries and papers. */
  judge(queries: readonly Query[], papers: readonly Paper[], now: Date): Promise<TestOf>;
}

/** Texts remembered at most. */
const QUERIES_MOST = 10_000;
/** Papers remembered at most, those that changed meanwhile as often as they did. */
const PAPERS_MOST = 50_000;

interface Verdict {
  holding: Set<Paper>;
  /** How many of the papers have been looked at. */
  upTo: number;
}

const nothing: ReadonlySet<Paper> = new Set();

export function createVerdicts(): Verdicts {
  const queries = new Map<string, Query>();
  const line = new PQueue({ concurrency: 1 });
  let latest = forDay('');

  function dayOf(now: Date): Day {
    const day = now.toISOString().slice(0, 10);
    if (latest.day !== day || latest.percolator.size >= PAPERS_MOST) latest = forDay(day);
    return latest;
  }

  return {
    query(text, topics) {
      const known = queries.get(text);
      if (known) return known;
      const query = parseQuery(text, topics);
      // What a topic stands for differs between channels and changes.
      if (mentions(query.where, 'topic')) return query;
      if (queries.size >= QUERIES_MOST) queries.clear();
      queries.set(text, query);
      return query;
    },

    judge: (asked, papers, now) =>
      // One after the other: slices of many at once would come in one turn of the event loop, and what the first
      // works out, the others know.
      line.add(async () => {
        await breath();
        const today = dayOf(now);
        await sliced(judging(today, asked, papers, now));
        return (query) => {
          const holding = today.verdicts.get(query)?.holding ?? nothing;
          return (paper) => holding.has(paper);
        };
      }),
  };
}

function* judging(
  { percolator, verdicts }: Day,
  queries: readonly Query[],
  papers: readonly Paper[],
  now: Date,
): Generator<undefined, void> {
  for (const paper of papers) {
    if (percolator.has(paper)) continue;
    percolator.add(paper);
    yield;
  }
  for (const query of queries) {
    const verdict = verdicts.get(query) ?? { holding: new Set(), upTo: 0 };
    verdicts.set(query, verdict);
    if (verdict.upTo === percolator.size) continue;
    for (const paper of yield* percolator.holding(query, { now }, verdict.upTo))
      verdict.holding.add(paper);
    verdict.upTo = percolator.size;
    yield;
  }
}

/** For one day: what `since:30d` means changes at its end. */
const forDay = (day: string) => ({
  day,
  percolator: createPercolator(),
  verdicts: new WeakMap<Query, Verdict>(),
});

type Day = ReturnType<typeof forDay>;
