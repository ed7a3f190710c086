/** The best papers for a question: fast and nearly right over all, then exactly right among the best. */
import type { Condition, Sort } from '../../query/ast.ts';
import type { Asker } from '../../query/match.ts';
import { Best } from './best.ts';
import { type Lengths, rarity } from './bm25f.ts';
import { readScores } from './closer.ts';
import { matcherOf } from './match-condition.ts';
import type { Surroundings } from './matcher.ts';
import type { PaperIndex } from './paper-index.ts';
import { everyone, type Papers } from './paper-lists.ts';
import type { Question } from './question.ts';
import { scoreAll, scoreThese, type Weighted } from './scores.ts';
import { SEGMENT_MAX } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { nudged, valueBy } from './value.ts';

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
const TERMS_MAX = 48;
/** Candidates that are read; of those below them the quick score decides. */
const READ = 32;

export function rank(index: PaperIndex, ask: Ask, about: Surroundings): Ranking {
  const { shelves, size } = index;
  const { question, where, sort = 'relevance', first } = ask;
  const terms = weightedTerms(shelves, size, question);
  const lists = shelves.map((shelf) => papersFor(where, shelf, about, ask.only));
  const holding = lists.reduce((sum, list) => sum + list.length, 0);
  const goesOn = ask.beyond !== undefined && holding < first;
  const best = new Best(Math.max(first, READ));
  const next = new Best(Math.max(first, READ));
  let beyond = 0;
  for (const [i, shelf] of shelves.entries()) {
    const home = i * SEGMENT_MAX;
    const value = valueBy(sort, shelf.segment);
    const titled = titledSo(question, shelf);
    const worth = (paper: number, score: number) =>
      value(paper, titled?.has(paper) ? score + TITLE : score);
    const offer = (paper: number, score: number) => best.offer(worth(paper, score), home + paper);
    const list = lists[i] ?? new Uint32Array();
    if (!goesOn) {
      scoreThese(shelf, terms[i] ?? [], list, offer);
      continue;
    }
    const isByScore = sort === 'relevance';
    beyond += scoreAll(shelf, terms[i] ?? [], list, offer, {
      keep: keeperOf(ask, shelf, about),
      bar: isByScore ? Math.max(0, next.bar) : 0,
      above(paper, score) {
        next.offer(worth(paper, score), home + paper);
        return isByScore ? Math.max(0, next.bar) : 0;
      },
    });
  }
  const reading = { shelves, terms, question, means: index.means, now: about.now };
  let unread = READ;
  const papers = [best, next].flatMap((heap) => {
    const found = heap.sorted();
    if (sort !== 'relevance' || !question.terms.size) return found;
    const top = found.slice(0, unread);
    unread -= top.length;
    return [...reread(top, reading), ...found.slice(top.length)];
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

/** Papers whose title is the question. */
function titledSo({ title }: Question, { segment: { titles } }: Shelf): Set<number> | undefined {
  if (!title) return undefined;
  let at = titles.indexOf(title);
  if (at < 0) return undefined;
  const found = new Set<number>();
  for (; at >= 0; at = titles.indexOf(title, at + 1)) found.add(at);
  return found;
}

interface Candidate {
  item: number;
  score: number;
}

/** The candidates in the order of their exact scores. */
function reread(
  candidates: readonly Candidate[],
  reading: {
    shelves: readonly Shelf[];
    terms: readonly (readonly Weighted[])[];
    question: Question;
    means: Lengths;
    now: Date;
  },
): Candidate[] {
  const byShelf = Map.groupBy(candidates, ({ item }) => Math.floor(item / SEGMENT_MAX));
  const read = [...byShelf].flatMap(([i, mine]) => {
    const shelf = reading.shelves[i];
    if (!shelf) return [];
    const papers = mine.map(({ item }) => item % SEGMENT_MAX);
    const scores = readScores(shelf, papers, { ...reading, terms: reading.terms[i] ?? [] });
    return mine.map(({ item, score: quick }, n) => {
      const score = nudged(scores[n] ?? 0, shelf.segment, item % SEGMENT_MAX, reading.now);
      return { item, score: quick >= TITLE ? score + TITLE : score };
    });
  });
  return read.sort((a, b) => b.score - a.score || a.item - b.item);
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
