/** Whether queries hold for the new papers, remembered: many channels follow the same topics. */
import type { Topics } from '../model/topic.ts';
import type { Paper } from '../model/paper.ts';
import type { Query } from '../query/ast.ts';
import { parseQuery } from '../query/parse.ts';
import { createPercolator } from '../query/percolate.ts';
import { mentions } from '../query/terms.ts';
import type { Holds } from './select.ts';

export interface Verdicts {
  /** The query of a text; the same object for the same text. Throws `UserError` for a text that is none. */
  query(text: string, topics: Topics): Query;
  /** For questions about these papers; nothing is done again while they are the same objects on the same day. */
  among(papers: readonly Paper[], now: Date): Holds;
}

/** Texts remembered at most: a thousand channels with ten topics each. */
const QUERIES_MOST = 10_000;

export function createVerdicts(): Verdicts {
  const queries = new Map<string, Query>();
  let last = { papers: [] as readonly Paper[], day: '', holds: (() => false) as Holds };

  function prepared(papers: readonly Paper[], now: Date): Holds {
    const percolator = createPercolator(papers);
    const verdicts = new WeakMap<Query, ReadonlySet<Paper>>();
    return (query, paper) => {
      const holding = verdicts.get(query) ?? new Set(percolator.holding(query, { now }));
      verdicts.set(query, holding);
      return holding.has(paper);
    };
  }

  return {
    query(text, topics) {
      const known = queries.get(text);
      if (known) return known;
      const query = parseQuery(text, topics);
      // What a topic stands for differs from channel to channel, and from day to day.
      if (mentions(query.where, 'topic')) return query;
      if (queries.size >= QUERIES_MOST) queries.clear();
      queries.set(text, query);
      return query;
    },

    among(papers, now) {
      // What `since:30d` means changes with the day.
      const day = now.toISOString().slice(0, 10);
      const isSame =
        last.day === day &&
        last.papers.length === papers.length &&
        papers.every((paper, i) => paper === last.papers[i]);
      if (!isSame) last = { papers, day, holds: prepared(papers, now) };
      return last.holds;
    },
  };
}
