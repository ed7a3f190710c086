/** Which parts of a query hold for a paper, and which keep it out, in words. */
import type { Paper } from '../model/paper.ts';
import type { Condition, Query } from './ast.ts';
import { explained } from './explain.ts';
import { testOf } from './match.ts';

/** Phrases as `explainQuery` writes them: `with “model merging” as a phrase`, `in cs.CL`. */
export interface Reasons {
  /** What it asks for and the paper has. */
  has: string[];
  /** What it asks for and the paper lacks; of alternatives, all of them as one. */
  lacks: string[];
  /** What it keeps out and the paper has. */
  excluded: string[];
}

/** Each part of the query as one phrase; periods count from `now`. */
export function reasonsOf({ where }: Query, paper: Paper, now: Date): Reasons {
  return where ? reasons(where, paper, now) : { has: [], lacks: [], excluded: [] };
}

function reasons(condition: Condition, paper: Paper, now: Date): Reasons {
  const holds = testOf(condition, { now })(paper);
  switch (condition.kind) {
    case 'all':
      return joined(condition.of.map((each) => reasons(each, paper, now)));
    case 'any': {
      const held = condition.of.filter((each) => testOf(each, { now })(paper));
      return holds
        ? joined(held.map((each) => reasons(each, paper, now)))
        : { has: [], lacks: [explained(condition)], excluded: [] };
    }
    case 'topic':
      return reasons(condition.means, paper, now);
    case 'not':
      return { has: [], lacks: [], excluded: holds ? [] : [explained(condition.that)] };
    default:
      return {
        has: holds ? [explained(condition)] : [],
        lacks: holds ? [] : [explained(condition)],
        excluded: [],
      };
  }
}

function joined(all: readonly Reasons[]): Reasons {
  return {
    has: all.flatMap(({ has }) => has),
    lacks: all.flatMap(({ lacks }) => lacks),
    excluded: all.flatMap(({ excluded }) => excluded),
  };
}
