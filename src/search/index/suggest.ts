/** Completion while somebody types: words of titles and names in any order, the last one unfinished. */
import { readings } from '../../text/tokens.ts';
import { Best } from './best.ts';
import { Bitset } from './bitset.ts';
import type { PaperIndex } from './paper-index.ts';
import { intersect, papersIn, stretchOf } from './postings.ts';
import { SEGMENT_MAX, type Segment } from './segment.ts';
import { type Shelf, STOP } from './shelf.ts';
import { END, FIELD_END, FIRST_WORD, TextReader } from './text.ts';
import { valueBy } from './value.ts';
import { withPrefix } from './vocabulary.ts';

/** What a title that begins as typed is worth: more than any upvotes. */
const BEGINS_SO = 1e9;
/** Whoever typed more words than this has found the paper. */
const WORDS_MAX = 24;
/** The bit of a word that begins as the last one typed; the bits below are those of the words before it. */
const BEGUN = 2 ** WORDS_MAX;
/** The title's first word is the first one typed. */
const STARTS = 2 * BEGUN;

const reader = new TextReader();

/** Keys of the best; with nothing typed, of the most upvoted. */
export function suggest(index: PaperIndex, typed: string, limit: number): number[] {
  const words = readings(typed).apart.slice(0, WORDS_MAX);
  const last = words.pop()?.word ?? '';
  const best = new Best(limit);
  const { shelves } = index;
  for (const [i, shelf] of shelves.entries()) {
    const { segment } = shelf;
    const value = valueBy('top', segment);
    const terms = words.flatMap(({ term }) => shelf.entry(term) ?? []);
    if (terms.length < words.length) continue;
    const bits = bitsOf(segment, terms, last);
    const all = 2 ** terms.length - 1 + (last ? BEGUN : 0);
    const first = terms.length ? 1 : BEGUN;
    for (const paper of candidates(shelf, terms, last ? bits : undefined)) {
      const worth = value(paper, 0);
      // Even a title that begins so would not be among the best: it need not be read.
      if (worth + BEGINS_SO <= best.bar || shelf.gone.has(paper)) continue;
      const met = all && meet(segment, paper, { bits, first });
      if ((met & all) !== all) continue;
      const isStart = met & STARTS && startsSo(segment, paper, { bits, words: words.length });
      best.offer(worth + (isStart ? BEGINS_SO : 0), i * SEGMENT_MAX + paper);
    }
  }
  return best.sorted().map(({ item }) => {
    const shelf = shelves[Math.floor(item / SEGMENT_MAX)];
    return shelf?.segment.keys[item % SEGMENT_MAX] ?? 0;
  });
}

/** Entry → which of the words typed it is. */
function bitsOf({ terms, vocabulary }: Segment, wanted: readonly number[], last: string) {
  const bits = last ? withPrefix(vocabulary, last, BEGUN) : new Uint32Array(terms.length);
  if (!wanted.length) return bits;
  const ofTerm = new Uint32Array(terms.length);
  for (const [i, term] of wanted.entries()) ofTerm[term] = (ofTerm[term] ?? 0) | (1 << i);
  for (let entry = 0; entry < terms.length; entry += 1) {
    bits[entry] = (bits[entry] ?? 0) | (ofTerm[terms[entry] ?? 0] ?? 0);
  }
  return bits;
}

/** Papers that may fit. */
function candidates(
  { segment, marks }: Shelf,
  terms: readonly number[],
  begun: Uint32Array | undefined,
): Uint32Array {
  const subjects = terms.filter((term) => marks[term] !== STOP);
  const [first, ...others] = subjects.map((term) => stretchOf(segment, term));
  if (first) {
    const papers = papersIn(segment, first);
    return others.reduce((left, each) => intersect(segment, each, left), papers);
  }
  const everybody = () => {
    const papers = new Uint32Array(segment.keys.length);
    for (let paper = 0; paper < papers.length; paper += 1) papers[paper] = paper;
    return papers;
  };
  if (!begun) return everybody();
  const ends = new Set<number>();
  for (let entry = 0; entry < begun.length; entry += 1) {
    if ((begun[entry] ?? 0) & BEGUN) ends.add(segment.terms[entry] ?? 0);
  }
  const stretches = [...ends].map((term) => stretchOf(segment, term));
  const postings = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  // Nothing says which papers have a stop word.
  const isRare = postings < segment.keys.length && ![...ends].some((term) => marks[term] === STOP);
  if (!isRare) return everybody();
  const papers = new Bitset(segment.keys.length);
  for (const stretch of stretches) for (const each of papersIn(segment, stretch)) papers.add(each);
  return papers.list();
}

/** The bits of all words in names and title, compounds both ways; `STARTS` when the title's first is `first`. */
function meet(
  { text, textEnds }: Segment,
  paper: number,
  { bits, first }: { bits: Uint32Array; first: number },
): number {
  const end = textEnds[paper] ?? 0;
  let at = textEnds[paper - 1] ?? 0;
  let fieldsLeft = -1;
  let met = 0;
  let isJoined = false;
  let isFirst = false;
  while (at < end && fieldsLeft) {
    let number = 0;
    for (let shift = 0, byte = 128; byte > 127; shift += 7) {
      byte = text[at] ?? 0;
      at += 1;
      number |= (byte & 127) << shift;
    }
    if (fieldsLeft < 0) {
      fieldsLeft = number + 1;
      isFirst = fieldsLeft === 1;
    } else if (number >= FIRST_WORD) {
      const bit = bits[number - FIRST_WORD] ?? 0;
      met |= bit;
      if (isFirst && !isJoined) {
        isFirst = false;
        if (bit & first) met |= STARTS;
      }
      isJoined = false;
    } else if (number === FIELD_END) {
      fieldsLeft -= 1;
      isFirst = fieldsLeft === 1;
    } else isJoined = true;
  }
  return met;
}

/** Whether the title starts with so many words as typed, and then one that begins as the last does. */
function startsSo(
  segment: Segment,
  paper: number,
  { bits, words }: { bits: Uint32Array; words: number },
): boolean {
  reader.read(segment, paper, 'title');
  const { entries } = reader.apart;
  let start = 0;
  for (let ends = 0; ends < reader.authors; start += 1) if (entries[start] === END) ends += 1;
  for (let i = 0; i <= words; i += 1) {
    const entry = entries[start + i] ?? END;
    const bit = i < words ? 1 << i : BEGUN;
    if (entry === END || !((bits[entry] ?? 0) & bit)) return false;
  }
  return true;
}
