/**
 * Many queries held against the same papers. Of each query it is known which words a paper must have one of; only
 * the papers that have one are held against it, a few of a thousand.
 */
import type { Paper, PaperId } from '../model/paper.ts';
import { readings } from '../text/tokens.ts';
import type { Condition, Query } from './ast.ts';
import { type About, testOf } from './match.ts';
import { proseOf, spellings } from './prose.ts';

export interface Percolator {
  /** The papers for which the whole query holds, in the order given. */
  holding(query: Query, about: About): Paper[];
}

/** Places of papers among those given, in order. */
type Places = readonly number[];

const nowhere: Places = [];

export function createPercolator(papers: readonly Paper[]): Percolator {
  const byTerm = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  const byId = new Map<PaperId, number[]>();
  for (const [i, paper] of papers.entries()) {
    const { head, abstract, names } = proseOf(paper);
    note(byTerm, `${head} ${abstract}`, i);
    note(byName, names, i);
    byId.set(paper.id, [...(byId.get(paper.id) ?? []), i]);
  }

  /** The papers that may satisfy a condition; undefined for all of them. */
  function candidates(condition: Condition): Places | undefined {
    switch (condition.kind) {
      case 'all':
        return condition.of
          .map(candidates)
          .reduce((least, each) => (each && (!least || each.length < least.length) ? each : least));
      case 'any': {
        const ways = condition.of.map(candidates);
        return ways.every((way) => way !== undefined) ? union(ways) : undefined;
      }
      case 'topic':
        return candidates(condition.means);
      case 'word':
      case 'phrase':
        return union(spellings(condition.text, ({ term }) => term).map(rarestOf));
      case 'author':
        return union(partsOf(condition.name).map((part) => byName.get(part) ?? nowhere));
      case 'paper':
        return byId.get(condition.id) ?? nowhere;
      default:
        return undefined;
    }
  }

  /** The papers with the word of a spelling that fewest have. */
  function rarestOf(spelling: string): Places {
    const having = spelling
      .trim()
      .split(' ')
      .map((term) => byTerm.get(term) ?? nowhere);
    return having.reduce((rarest, each) => (each.length < rarest.length ? each : rarest));
  }

  return {
    holding({ where }, about) {
      if (!where) return [...papers];
      const some = candidates(where)?.flatMap((i) => papers[i] ?? []);
      return (some ?? papers).filter(testOf(where, about));
    },
  };
}

/** At least one part of a name that is no initial stands whole in the name of an author. */
function partsOf(name: string): string[] {
  const { apart, joined } = readings(name);
  const words = [...apart, ...joined].map(({ word }) => word);
  return [...new Set(words)].filter((word) => word.length > 1);
}

function note(map: Map<string, number[]>, line: string, place: number): void {
  for (const word of new Set(line.split(/[ |]+/))) {
    const places = map.get(word);
    if (places) places.push(place);
    else map.set(word, [place]);
  }
}

function union(lists: readonly Places[]): Places {
  const [only] = lists;
  if (only && lists.length === 1) return only;
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}
