/** Whether queries hold for papers, remembered: many channels follow the same topics. */
import type { Paper } from '../model/paper.ts';
import type { Query } from '../query/ast.ts';
import { matches } from '../query/match.ts';
import { parseQuery } from '../query/parse.ts';

export interface Verdicts {
  /** The query of a text; the same object for the same text. Throws `UserError` for a text that is none. */
  query(text: string): Query;
  holds(query: Query, paper: Paper, now: Date): boolean;
}

/** Texts remembered at most. */
const QUERIES_MOST = 1_000;

export function createVerdicts(): Verdicts {
  const queries = new Map<string, Query>();
  // For one day: what `since:30d` means changes at its end.
  let of = { day: '', verdicts: new WeakMap<Query, WeakMap<Paper, boolean>>() };
  return {
    query(text) {
      const known = queries.get(text);
      if (known) return known;
      if (queries.size >= QUERIES_MOST) queries.clear();
      const query = parseQuery(text);
      queries.set(text, query);
      return query;
    },
    holds(query, paper, now) {
      const day = now.toISOString().slice(0, 10);
      if (of.day !== day) of = { day, verdicts: new WeakMap() };
      const verdicts = of.verdicts.get(query) ?? new WeakMap<Paper, boolean>();
      of.verdicts.set(query, verdicts);
      const verdict = verdicts.get(paper) ?? matches(query, paper, { now });
      verdicts.set(paper, verdict);
      return verdict;
    },
  };
}
