/** Words that hardly any paper has, and the word a single slip away that was meant. */
import { type Token, termOf, tokens } from '../../text/tokens.ts';
import { Bitset } from './bitset.ts';
import { LENGTH_MAX, type Letters, maskOf } from './letters.ts';
import type { PaperIndex } from './paper-index.ts';
import { isRequestWord } from './request-words.ts';
import type { Shelf } from './shelf.ts';
import { textOf } from './vocabulary.ts';

/** Words that are looked at as slips. */
const UNUSUAL_MAX = 8;
/** In shorter words one letter makes another word too easily. */
const LENGTH_MIN = 4;
/** A word that some paper has gives way only to one that so many times as many have. */
const TIMES = 20;
/** The first letter is hardly ever the one mistyped. */
const SAME_START = 10;

export interface Speller {
  /** A word as the papers spell it. */
  spell(word: string): string;
  /** How many words were left as typed, unusual though they are. */
  readonly unchecked: number;
}

/**
 * Spells words as the papers do; one that fewer papers than `enough` have could be a slip. After some that were
 * unusual every word stays as it is: whoever uses more of them does not mistype them.
 */
export function spellerOf(index: PaperIndex, enough: number): Speller {
  let unusual = 0;
  return {
    spell(word) {
      if (!isUnusual(word, index, enough)) return word;
      unusual += 1;
      return unusual > UNUSUAL_MAX ? word : corrected(word, index);
    },
    get unchecked() {
      return Math.max(0, unusual - UNUSUAL_MAX);
    },
  };
}

function isUnusual(word: string, index: PaperIndex, enough: number): boolean {
  const [token, ...more] = tokens(word);
  if (!token || more.length || token.word.length < LENGTH_MIN) return false;
  return /^\p{L}+$/u.test(token.word) && index.having(token.term) < enough;
}

/** The word as the papers spell it: itself when no other is one slip away and in many more of them. */
function corrected(word: string, index: PaperIndex): string {
  const [token] = tokens(word);
  if (!token) return word;
  const having = index.having(token.term);
  let best = word;
  let most = 0;
  for (const [candidate, papers] of slips(token, index, !having)) {
    if (having && papers < TIMES * having) continue;
    // Whoever says "fusing" or "slow" does not mean "using" or "show", which nearly every paper has.
    if (isRequestWord(termOf(candidate))) continue;
    const worth = papers * (candidate.startsWith(token.word.charAt(0)) ? SAME_START : 1);
    if (worth <= most) continue;
    most = worth;
    best = candidate;
  }
  return best;
}

/** Words one slip away, or else, `inAnyForm`, of terms one slip away, with the papers of their terms. */
function slips(
  { word, term }: Token,
  { shelves }: PaperIndex,
  inAnyForm: boolean,
): Map<string, number> {
  const found = new Map<string, number>();
  const meet = (shelf: Shelf, entry: number) => {
    const { terms, vocabulary } = shelf.segment;
    const having = shelf.having(terms[entry] ?? 0);
    const text = textOf(vocabulary, entry);
    if (having) found.set(text, (found.get(text) ?? 0) + having);
  };
  for (const shelf of shelves) {
    for (const entry of slipsAmong(shelf.letters, shelf, word)) meet(shelf, entry);
  }
  if (found.size || !inAnyForm) return found;
  // Who mistypes the singular means the plural as well.
  for (const shelf of shelves) {
    const { terms } = shelf.segment;
    const letters = shelf.letters;
    const near = [...slipsAmong(letters, shelf, term)];
    if (!near.length) continue;
    const stems = new Bitset(terms.length);
    for (const stem of near) stems.add(stem);
    for (const entry of letters.entries) if (stems.has(terms[entry] ?? 0)) meet(shelf, entry);
  }
  return found;
}

/** Entries one slip away. */
function* slipsAmong({ entries, masks, lengthEnds }: Letters, { segment }: Shelf, typed: string) {
  const bytes = new TextEncoder().encode(typed);
  const mask = maskOf(bytes);
  const end = lengthEnds[Math.min(bytes.length + 1, LENGTH_MAX)] ?? 0;
  for (let at = lengthEnds[Math.min(bytes.length, LENGTH_MAX) - 2] ?? 0; at < end; at += 1) {
    const differing = (masks[at] ?? 0) ^ mask;
    const butOne = differing & (differing - 1);
    // One slip changes at most two letters of the set.
    if (butOne & (butOne - 1)) continue;
    const entry = entries[at] ?? 0;
    if (isOneSlip(typed, textOf(segment.vocabulary, entry))) yield entry;
  }
}

/** One letter more, one less, one other, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length > b.length) return isOneSlip(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
