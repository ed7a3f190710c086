/** Whether queries hold for papers, remembered: many channels follow the same topics. */
import type { Paper } from '../model/paper.ts';
import type { Topics } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { Test } from '../query/match.ts';
import { parseQuery } from '../query/parse.ts';
import { createPercolator } from '../query/percolate.ts';
import { mentions } from '../query/terms.ts';

export interface Verdicts {
  /** The query of a text; the same object for the same text. Throws `UserError` for a text that is none. */
  query(text: string, topics?: Topics): Query;
  /** Whether a query holds for papers, asked of as many as there are. */
  test(query: Query, now: Date): Test;
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

export function createVerdicts(): Verdicts {
  const queries = new Map<string, Query>();
  let of = forDay('');
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

    test(query, now) {
      if (of.at !== now.getTime()) {
        const day = now.toISOString().slice(0, 10);
        if (of.day !== day || of.percolator.size >= PAPERS_MOST) of = forDay(day);
        of.at = now.getTime();
      }
      const { percolator, verdicts } = of;
      const verdict = verdicts.get(query) ?? { holding: new Set(), upTo: 0 };
      verdicts.set(query, verdict);
      return (paper) => {
        if (!percolator.has(paper)) percolator.add(paper);
        if (verdict.upTo < percolator.size) {
          for (const each of percolator.holding(query, { now }, verdict.upTo)) {
            verdict.holding.add(each);
          }
          verdict.upTo = percolator.size;
        }
        return verdict.holding.has(paper);
      };
    },
  };
}

/** For one day: what `since:30d` means changes at its end. */
const forDay = (day: string) => ({
  day,
  /** When it was last asked, in milliseconds. */
  at: Number.NaN,
  percolator: createPercolator(),
  verdicts: new WeakMap<Query, Verdict>(),
});
