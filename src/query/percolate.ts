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
  readonly size: number;
  /** Whether this very paper is among them. */
  has(paper: Paper): boolean;
  add(paper: Paper): void;
  /**
   * The papers for which the whole query holds, of those added as the nth or later, in order; `from` is 0 by default.
   * Pauses every some papers.
   */
  holding(query: Query, about: About, from?: number): Generator<undefined, Paper[]>;
}

/** Papers held against a query between two pauses. */
const BETWEEN_PAUSES = 200;

/** Places of papers among those added, in order. */
type Places = readonly number[];

const nowhere: Places = [];

export function createPercolator(first: Iterable<Paper> = []): Percolator {
  const papers: Paper[] = [];
  const known = new WeakSet<Paper>();
  const byTerm = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  const byId = new Map<PaperId, number[]>();

  function add(paper: Paper): void {
    const { head, abstract, names } = proseOf(paper);
    const place = papers.length;
    papers.push(paper);
    known.add(paper);
    for (const term of wordsOf(`${head} ${abstract}`)) note(byTerm, term, place);
    for (const word of wordsOf(names)) note(byName, word, place);
    note(byId, paper.id, place);
  }

  /** The papers at or after a place that may satisfy a condition; undefined for all of them. */
  function candidates(condition: Condition, from: number): Places | undefined {
    const within = (places: Places | undefined) => (places ? after(places, from) : nowhere);
    switch (condition.kind) {
      case 'all':
        return condition.of
          .map((each) => candidates(each, from))
          .reduce((least, each) => (each && (!least || each.length < least.length) ? each : least));
      case 'any': {
        const ways = condition.of.map((each) => candidates(each, from));
        return ways.every((way) => way !== undefined) ? union(ways) : undefined;
      }
      case 'topic':
        return candidates(condition.means, from);
      case 'word':
      case 'phrase':
        return union(
          spellings(condition.text, ({ term }) => term)
            .map(rarestOf)
            .map(within),
        );
      case 'author':
        return union(partsOf(condition.name).map((part) => within(byName.get(part))));
      case 'paper':
        return within(byId.get(condition.id));
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

  for (const paper of first) add(paper);
  return {
    get size() {
      return papers.length;
    },
    has: (paper) => known.has(paper),
    add,
    *holding({ where }, about, from = 0) {
      if (!where) return papers.slice(from);
      const read = candidates(where, from)?.flatMap((i) => papers[i] ?? []) ?? papers.slice(from);
      if (!read.length) return read;
      const holds = testOf(where, about);
      const holding: Paper[] = [];
      for (let i = 0; i < read.length; i += BETWEEN_PAUSES) {
        if (i) yield;
        holding.push(...read.slice(i, i + BETWEEN_PAUSES).filter(holds));
      }
      return holding;
    },
  };
}

/** The places at or after one; what is new is few of many. */
function after(places: Places, from: number): Places {
  let low = 0;
  for (let high = places.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low ? places.slice(low) : places;
}

/** At least one part of a name that is no initial stands whole in the name of an author. */
function partsOf(name: string): string[] {
  const { apart, joined } = readings(name);
  const words = [...apart, ...joined].map(({ word }) => word);
  return [...new Set(words)].filter((word) => word.length > 1);
}

const wordsOf = (line: string) => new Set(line.split(/[ |]+/));

function note<Key>(map: Map<Key, number[]>, key: Key, place: number): void {
  const places = map.get(key);
  if (places) places.push(place);
  else map.set(key, [place]);
}

function union(lists: readonly Places[]): Places {
  const [only] = lists;
  if (only && lists.length === 1) return only;
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}
