/** Completion while somebody types: words of titles and names in any order, the last one unfinished. */
import { readings, type Token } from '../../text/tokens.ts';
import { Best } from './best.ts';
import { Bitset } from './bitset.ts';
import { headsOfTerm, headsWithPrefix } from './heads.ts';
import type { PaperIndex } from './paper-index.ts';
import { SEGMENT_MAX } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { END, TextReader } from './text.ts';
import { valueBy } from './value.ts';

/** What a title that begins as typed is worth: more than any upvotes. */
const BEGINS_SO = 1e9;
/** Whoever typed more has found the paper: UTF-16 units, and words. */
const TYPED_MAX = 300;
const WORDS_MAX = 24;

const reader = new TextReader();
/** How many of the words, from the first on, a paper has; all zero between searches. */
const met = new Uint8Array(SEGMENT_MAX);

/** Keys of the best; with nothing typed, of the most upvoted. */
export function suggest(index: PaperIndex, typed: string, limit: number): number[] {
  const words = readings(typed.slice(0, TYPED_MAX)).apart.slice(0, WORDS_MAX);
  const best = new Best(limit);
  const { shelves } = index;
  for (const [i, shelf] of shelves.entries()) {
    const { gone, segment } = shelf;
    const value = valueBy('top', segment);
    const wanted = words.map((word, n) => entriesFor(word, shelf, n === words.length - 1));
    if (wanted.some((entries) => !entries.length)) continue;
    meet(wanted, shelf);
    const begins = beginning(wanted, shelf);
    const size = segment.keys.length;
    // Papers come about in the order of their dates, and of the newest fewer need to be read.
    for (let paper = size - 1; paper >= 0; paper -= 1) {
      if (met[paper] !== wanted.length || gone.has(paper)) continue;
      const worth = value(paper, 0);
      const mayBegin = worth + BEGINS_SO > best.bar;
      best.offer(mayBegin && begins(paper) ? worth + BEGINS_SO : worth, i * SEGMENT_MAX + paper);
    }
    met.fill(0, 0, size);
  }
  return best.sorted().map(({ item }) => {
    const shelf = shelves[Math.floor(item / SEGMENT_MAX)];
    return shelf?.segment.keys[item % SEGMENT_MAX] ?? 0;
  });
}

/** Words that one typed may be: any of its forms, or any that begin so while it is unfinished. */
function entriesFor({ word, term }: Token, shelf: Shelf, isUnfinished: boolean): Uint32Array {
  if (isUnfinished) return headsWithPrefix(shelf.segment, shelf.segment.heads, word);
  const entry = shelf.entry(term);
  return entry === undefined
    ? new Uint32Array()
    : headsOfTerm(shelf.segment, shelf.segment.heads, entry);
}

/** Counts for each paper the words it has, as far as it has all those before. */
function meet(wanted: readonly Uint32Array[], { segment }: Shelf): void {
  const { ends, papers } = segment.heads;
  for (const [n, entries] of wanted.entries()) {
    for (const entry of entries) {
      const end = ends[entry] ?? 0;
      for (let at = ends[entry - 1] ?? 0; at < end; at += 1) {
        const paper = (papers[at] ?? 0) >>> 1;
        if (met[paper] === n) met[paper] = n + 1;
      }
    }
  }
}

/** Tells whether a title starts with the words as typed, the last of them unfinished. */
function beginning(wanted: readonly Uint32Array[], { segment }: Shelf) {
  const [first, ...others] = wanted.map((entries) => {
    const set = new Bitset(segment.terms.length);
    for (const entry of entries) set.add(entry);
    return set;
  });
  return (paper: number): boolean => {
    const start = segment.heads.firsts[paper] ?? END;
    if (start === END || !first?.has(start)) return false;
    if (!others.length) return true;
    reader.read(segment, paper, 'title');
    const { entries } = reader.apart;
    let at = 0;
    for (let ends = 0; ends < reader.authors; at += 1) if (entries[at] === END) ends += 1;
    return others.every((each, n) => {
      const entry = entries[at + 1 + n] ?? END;
      return entry !== END && each.has(entry);
    });
  };
}
