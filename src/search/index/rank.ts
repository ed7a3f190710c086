/** The best papers for a question: fast and nearly right over all, then exactly right among the best. */
import type { Condition, Sort } from '../../query/ast.ts';
import type { Asker } from '../../query/match.ts';
import { Best } from './best.ts';
import { type Lengths, rarity } from './bm25f.ts';
import { type Closer, closerTo } from './closer.ts';
import { matcherOf } from './match-condition.ts';
import type { Surroundings } from './matcher.ts';
import type { PaperIndex } from './paper-index.ts';
import { everyone, type Papers } from './paper-lists.ts';
import type { Question } from './question.ts';
import { scoreAll, scoreThese, type Weighted } from './scores.ts';
import { SEGMENT_MAX } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { nudge, valueBy } from './value.ts';

export interface Ask {
  question: Question;
  /** What must hold; undefined lets every paper through. */
  where?: Condition | undefined;
  /**
   * What must hold of the papers that follow those, which have some of the question's words. Undefined where
   * none follow, `anything` where nothing else is asked of them.
   */
  beyond?: Condition | 'anything' | undefined;
  /** Default relevance. */
  sort?: Sort | undefined;
  /** Keys of the only papers that are looked at; undefined for all. */
  only?: ReadonlySetLike<number> | undefined;
  /** Whom `seen:here` and `saved:me` are about. */
  asker?: Asker | undefined;
  /** How many are wanted, from the first on. */
  first: number;
}

export interface Ranked {
  key: number;
  score: number;
}

export interface Ranking {
  /** Those for which all holds before those beyond. */
  papers: Ranked[];
  /** For how many papers all holds, shown or not. */
  holding: number;
  /** How many others have some of the words; 0 when the first sufficed. */
  beyond: number;
}

/** What being the very title adds: more than any words can. */
export const TITLE = 1_000_000;
/** Of more words in a question the commonest are the last to tell papers apart, and most of the work. */
export const TERMS_MAX = 48;
/** Whatever the score, it is above this. */
const NONE = Number.NEGATIVE_INFINITY;
/** Candidates that may be read; of those below them the quick score decides. */
const READ = 32;

export function rank(index: PaperIndex, ask: Ask, about: Surroundings): Ranking {
  const { shelves, size } = index;
  const { question, where, sort = 'relevance', first } = ask;
  const terms = weightedTerms(shelves, size, question);
  const lists = shelves.map((shelf) => papersFor(where, shelf, about, ask.only));
  const holding = lists.reduce((sum, list) => sum + list.length, 0);
  const goesOn = ask.beyond !== undefined && holding < first;
  const best = new Best(Math.max(first, READ));
  const next = new Best(goesOn ? Math.max(first, READ) : 0);
  let beyond = 0;
  const isByScore = sort === 'relevance';
  for (const [i, shelf] of shelves.entries()) {
    const home = i * SEGMENT_MAX;
    const value = valueBy(sort, shelf.segment);
    const { titles } = shelf.segment;
    const isTitled = (paper: number) => question.title !== 0 && titles[paper] === question.title;
    const offerTo = (heap: Best) => (paper: number, score: number) => {
      heap.offer(value(paper, isTitled(paper) ? score + TITLE : score), home + paper);
      return isByScore ? heap.bar : NONE;
    };
    const list = lists[i] ?? new Uint32Array();
    const bar = isByScore ? best.bar : NONE;
    const these = { list, bar, above: offerTo(best), title: question.title };
    if (!goesOn) {
      scoreThese(shelf, terms[i] ?? [], these);
      continue;
    }
    beyond += scoreAll(shelf, terms[i] ?? [], these, {
      keep: keeperOf(ask, shelf, about),
      bar: isByScore ? next.bar : NONE,
      above: offerTo(next),
    });
  }
  const reading = { shelves, terms, question, means: index.means, now: about.now };
  let unread = READ;
  const papers = [best, next].flatMap((heap) => {
    const found = heap.sorted();
    if (sort !== 'relevance' || !question.terms.size) return found;
    const top = found.slice(0, unread);
    unread -= top.length;
    return [...reread(top, first, reading), ...found.slice(top.length)];
  });
  return {
    papers: papers.slice(0, first).map(({ item, score }) => ({
      key: shelves[Math.floor(item / SEGMENT_MAX)]?.segment.keys[item % SEGMENT_MAX] ?? 0,
      score,
    })),
    holding,
    beyond,
  };
}

interface Candidate {
  item: number;
  score: number;
}

/**
 * The candidates in the order of their exact scores. One that cannot come among the first is not read, and
 * stands after those that were.
 */
function reread(
  candidates: readonly Candidate[],
  first: number,
  reading: {
    shelves: readonly Shelf[];
    terms: readonly (readonly Weighted[])[];
    question: Question;
    means: Lengths;
    now: Date;
  },
): Candidate[] {
  const closers = new Map<number, Closer>();
  const best = new Best(first);
  const read: Candidate[] = [];
  const unread: Candidate[] = [];
  for (const candidate of candidates) {
    const i = Math.floor(candidate.item / SEGMENT_MAX);
    const paper = candidate.item % SEGMENT_MAX;
    const shelf = reading.shelves[i];
    if (!shelf) continue;
    const closer = closers.get(i) ?? closerTo(shelf, { ...reading, terms: reading.terms[i] ?? [] });
    closers.set(i, closer);
    const titled = candidate.score >= TITLE ? TITLE : 0;
    const factor = nudge(shelf.segment, paper, reading.now);
    if (titled + factor * closer.most(candidate.score - titled) < best.bar) {
      unread.push(candidate);
      continue;
    }
    const score = titled + factor * closer.score(paper);
    best.offer(score, candidate.item);
    read.push({ item: candidate.item, score });
  }
  for (const closer of closers.values()) closer.close();
  return [...read.sort((a, b) => b.score - a.score || a.item - b.item), ...unread];
}

/** The papers that are there and satisfy a condition. */
export function papersFor(
  condition: Condition | undefined,
  shelf: Shelf,
  about: Surroundings,
  only?: ReadonlySetLike<number>,
): Papers {
  const { segment, gone, goneCount } = shelf;
  const list = condition
    ? matcherOf(condition, shelf, about).list()
    : everyone(segment.keys.length);
  const there = goneCount ? list.filter((paper) => !gone.has(paper)) : list;
  return only ? there.filter((paper) => only.has(segment.keys[paper] ?? 0)) : there;
}

/** Leaves those that may follow the papers for which all holds; undefined: all may. */
function keeperOf(
  { beyond, only }: Ask,
  shelf: Shelf,
  about: Surroundings,
): ((papers: Papers) => Papers) | undefined {
  const matcher = beyond && beyond !== 'anything' ? matcherOf(beyond, shelf, about) : undefined;
  if (!matcher && !only) return undefined;
  const { keys } = shelf.segment;
  return (papers) => {
    const kept = matcher ? matcher.keep(papers) : papers;
    return only ? kept.filter((paper) => only.has(keys[paper] ?? 0)) : kept;
  };
}

/** The question's terms in each shelf, the weightiest of many; rarity is that of the whole collection. */
function weightedTerms(shelves: readonly Shelf[], size: number, { terms }: Question): Weighted[][] {
  const known = [...terms].flatMap(([term, share]) => {
    const entries = shelves.map((shelf) => shelf.entry(term));
    const having = entries.reduce<number>(
      (sum, entry, i) => sum + (entry === undefined ? 0 : (shelves[i]?.having(entry) ?? 0)),
      0,
    );
    return having ? [{ entries, weight: share * rarity(size, having) }] : [];
  });
  const some =
    known.length > TERMS_MAX
      ? known.toSorted((a, b) => b.weight - a.weight).slice(0, TERMS_MAX)
      : known;
  return shelves.map((_, i) =>
    some.flatMap(({ entries, weight }) => {
      const entry = entries[i];
      return entry === undefined ? [] : [{ entry, weight }];
    }),
  );
}
