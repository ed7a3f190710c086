/** Papers like one paper: those that share its weightiest words. */
import { noPaper } from '../../query/ast.ts';
import { impact, rarity, worths } from './bm25f.ts';
import type { Surroundings } from './matcher.ts';
import type { PaperIndex, Place } from './paper-index.ts';
import { rank } from './rank.ts';
import { STOP } from './shelf.ts';
import { END, TextReader } from './text.ts';
import { textOf } from './vocabulary.ts';

const reader = new TextReader();

/** More words of an abstract add noise, not likeness. */
const TERMS_MAX = 30;
/**
 * Fewer shared words are a coincidence, unless one stands in the paper's title or the other paper is among the
 * nearest; so are words that together are so small a part of what the paper is about.
 */
const SHARED_MIN = 3;
const ABOUT_MIN = 0.1;
/** A word of the title says more of the subject than its weight in the abstract does. */
const NAMED = 1.5;
/** Less than this part of the best score is a coincidence too. */
const NEAR = 1 / 3;
const NEAREST = 2 / 3;
/** Of the words of two papers, so many in both: the same paper under two identities. */
const SAME = 0.8;
/** More are not ranked. */
const MOST = 60;

export interface Similar {
  key: number;
  score: number;
  /** The shared terms, weightiest first. */
  terms: string[];
}

export interface Likeness {
  /** Best first, without the paper itself. */
  others: Similar[];
  /** Keys of what is nearly the same paper under another identity; it is not among the others. */
  copies: number[];
}

export function similarTo(key: number, index: PaperIndex, about: Surroundings): Likeness {
  const place = index.place(key);
  if (!place) return { others: [], copies: [] };
  const own = ownTerms(place, index);
  const telling = own
    .filter(({ text, papers }) => papers > 1 && !/^\p{N}/u.test(text))
    .slice(0, TERMS_MAX);
  const terms = new Map(
    telling.map(({ text, share, isOfTitle }) => [text, isOfTitle ? NAMED * share : share]),
  );
  const { papers } = rank(
    index,
    { question: { terms, row: [], title: 0 }, where: noPaper, beyond: 'anything', first: MOST },
    about,
  );
  const candidates = papers.flatMap((found) => {
    const there = found.key === key ? undefined : index.place(found.key);
    return there ? [{ ...found, ...there }] : [];
  });
  const shared = sharedTerms(own, candidates);
  const copies: number[] = [];
  const least = ABOUT_MIN * weightOf(telling);
  const others = candidates.flatMap((found): (Similar & { isNamed: boolean })[] => {
    const has = shared.get(found) ?? new Set();
    const both = telling.filter((term) => has.has(term));
    const isSame =
      both.length > SAME * telling.length &&
      has.size > SAME * Math.max(own.length, termCount(found));
    if (isSame) copies.push(found.key);
    const isNamed = both.some(({ isOfTitle }) => isOfTitle);
    if (isSame || (!isNamed && (both.length < 2 || weightOf(both) < least))) return [];
    return [{ key: found.key, score: found.score, terms: both.map(({ text }) => text), isNamed }];
  });
  const best = others[0]?.score ?? 0;
  const near = others.filter(
    ({ score, terms, isNamed }) =>
      score >= best * (terms.length < SHARED_MIN && !isNamed ? NEAREST : NEAR),
  );
  return { others: near, copies };
}

interface OwnTerm {
  text: string;
  /** How much the paper is about it, 0 … 1. */
  share: number;
  papers: number;
  weight: number;
  isOfTitle: boolean;
}

const weightOf = (terms: readonly OwnTerm[]) => terms.reduce((sum, { weight }) => sum + weight, 0);

/** The weightiest first. */
function ownTerms({ shelf, paper }: Place, index: PaperIndex): OwnTerm[] {
  const { size, means } = index;
  const { tally, segment } = shelf;
  tally.count(paper);
  const worth = worths(tally.lengths, means);
  const terms = tally.terms.map((term) => {
    const text = textOf(segment.vocabulary, term);
    const papers = index.having(text);
    // An author in common is no likeness of subject.
    const counts = { ...tally.of(term), authors: 0 };
    const share = impact(counts, worth);
    const weight = share * rarity(size, papers);
    return { text, papers, share, weight, isOfTitle: counts.title > 0 };
  });
  return terms.sort((a, b) => b.weight - a.weight);
}

/** Which of the terms each paper has; of very many, the weightiest. */
function sharedTerms<Candidate extends Place>(
  own: readonly OwnTerm[],
  candidates: readonly Candidate[],
): Map<Candidate, Set<OwnTerm>> {
  const shared = new Map<Candidate, Set<OwnTerm>>();
  for (const [shelf, mine] of Map.groupBy(candidates, (each) => each.shelf)) {
    const { marks, segment } = shelf;
    const entries = own.slice(0, STOP - 1).map(({ text }) => shelf.entry(text));
    for (const [i, entry] of entries.entries()) if (entry !== undefined) marks[entry] = i + 1;
    for (const each of mine) {
      const has = new Set<OwnTerm>();
      reader.read(segment, each.paper, 'abstract');
      for (const { entries, length } of [reader.apart, reader.compounds]) {
        for (let at = 0; at < length; at += 1) {
          const entry = entries[at] ?? END;
          const mark = entry === END ? 0 : (marks[segment.terms[entry] ?? 0] ?? 0);
          const term = mark && mark !== STOP ? own[mark - 1] : undefined;
          if (term) has.add(term);
        }
      }
      shared.set(each, has);
    }
    for (const entry of entries) if (entry !== undefined) marks[entry] = 0;
  }
  return shared;
}

function termCount({ shelf: { tally }, paper }: Place): number {
  tally.count(paper);
  return tally.terms.length;
}
