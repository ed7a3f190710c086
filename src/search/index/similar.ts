/** Papers like one paper: those that share its weightiest words. */
import { impact, rarity } from './bm25f.ts';
import type { Surroundings } from './matcher.ts';
import type { PaperIndex, Place } from './paper-index.ts';
import { rank } from './rank.ts';
import { STOP } from './shelf.ts';
import { Tally } from './tally.ts';
import { END, TextReader } from './text.ts';
import { textOf } from './vocabulary.ts';

const reader = new TextReader();

/** More words of an abstract add noise, not likeness. */
const TERMS_MAX = 30;
/** Fewer shared words are a coincidence. */
const SHARED_MIN = 3;
/** So is less than this part of the best score. */
const NEAR = 1 / 3;
/** Of the words of two papers, so many in both: the same paper under two identities. */
const SAME = 0.8;
/** More are not ranked. */
const MOST = 100;
const nobody = { kind: 'any', of: [] } as const;

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
    .sort((a, b) => b.weight - a.weight)
    .slice(0, TERMS_MAX);
  const terms = new Map(telling.map(({ text, share }) => [text, share]));
  const { papers } = rank(
    index,
    { question: { terms, row: [], title: 0 }, where: nobody, beyond: 'anything', first: MOST },
    about,
  );
  const copies: number[] = [];
  const others = papers.flatMap((found): Similar[] => {
    const other = found.key === key ? undefined : index.place(found.key);
    const theirs = other && termsOf(other);
    if (!theirs) return [];
    const has = ({ text }: OwnTerm) => {
      const entry = other.shelf.entry(text);
      return entry !== undefined && theirs.has(entry);
    };
    const shared = telling.filter(has);
    const isSame =
      shared.length > SAME * telling.length &&
      own.filter(has).length > SAME * Math.max(own.length, theirs.size);
    if (isSame) copies.push(found.key);
    if (isSame || shared.length < SHARED_MIN) return [];
    return [{ ...found, terms: shared.map(({ text }) => text) }];
  });
  const best = others[0]?.score ?? 0;
  return { others: others.filter(({ score }) => score >= best * NEAR), copies };
}

interface OwnTerm {
  text: string;
  /** How much the paper is about it, 0 … 1. */
  share: number;
  papers: number;
  weight: number;
}

function ownTerms({ shelf, paper }: Place, index: PaperIndex): OwnTerm[] {
  const { size, means } = index;
  const tally = new Tally(shelf.segment);
  tally.count(paper);
  return tally.terms.map((term) => {
    const text = textOf(shelf.segment.vocabulary, term);
    const papers = index.having(text);
    // An author in common is no likeness of subject.
    const share = impact({ ...tally.of(term), authors: 0 }, tally.lengths, means);
    return { text, papers, share, weight: share * rarity(size, papers) };
  });
}

/** The terms of a paper in its own shelf. */
function termsOf({ shelf: { segment, marks }, paper }: Place): Set<number> {
  reader.read(segment, paper, 'abstract');
  const terms = new Set<number>();
  for (const { entries, length } of [reader.apart, reader.compounds]) {
    for (let at = 0; at < length; at += 1) {
      const entry = entries[at] ?? END;
      const term = entry === END ? undefined : segment.terms[entry];
      if (term !== undefined && marks[term] !== STOP) terms.add(term);
    }
  }
  return terms;
}
