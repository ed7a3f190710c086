/** Words that hardly any paper has, and the word a single slip away that was meant. */
import { type Token, termOf, tokens } from '../../text/tokens.ts';
import { Bitset } from './bitset.ts';
import type { PaperIndex } from './paper-index.ts';
import { isRequestWord } from './request-words.ts';
import type { Shelf } from './shelf.ts';
import { entryOfBytes, textOf } from './vocabulary.ts';

/** Words that are looked at as slips. */
const UNUSUAL_MAX = 8;
/** In shorter words one letter makes another word too easily. */
const LENGTH_MIN = 4;
/** What is longer is no word, and there are thousands of ways to mistype it. */
const LENGTH_MAX = 40;
/** A word that some paper has gives way only to one that so many times as many have. */
const TIMES = 20;
/** The first letter is hardly ever the one mistyped. */
const SAME_START = 10;

/** Of a vocabulary this small every word may be meant, of a larger one those that occur three times. */
const SMALL = 50_000;
/** What words of Latin letters are written with once they are folded. */
const alphabet = new TextEncoder().encode('abcdefghijklmnopqrstuvwxyz0123456789');

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
  if (!token || more.length) return false;
  const { length } = token.word;
  if (length < LENGTH_MIN || length > LENGTH_MAX) return false;
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
  for (const shelf of shelves) eachSlip(word, shelf, (entry) => meet(shelf, entry));
  if (found.size || !inAnyForm) return found;
  // Who mistypes the singular means the plural as well.
  for (const shelf of shelves) {
    const { terms } = shelf.segment;
    const stems = new Bitset(terms.length);
    eachSlip(term, shelf, (entry) => stems.add(entry));
    if (!stems.count()) continue;
    const end = usualEnd(shelf);
    for (let entry = 0; entry < end; entry += 1) {
      if (stems.has(terms[entry] ?? 0)) meet(shelf, entry);
    }
  }
  return found;
}

/** Where the entries end that a slip may have been meant for. */
const usualEnd = ({ segment: { terms, common } }: Shelf) =>
  terms.length <= SMALL ? terms.length : common;

/** Takes the entries one slip away: one letter more, one less, one other, or two neighbours swapped. */
function eachSlip(typed: string, shelf: Shelf, take: (entry: number) => void): void {
  const bytes = new TextEncoder().encode(typed);
  if (bytes.length === typed.length) eachLatinSlip(bytes, shelf, take);
  else eachOtherSlip(typed, shelf, take);
}

/**
 * All that can be one slip away is looked up, as in Norvig, How to Write a Spelling Corrector (2007): it takes no
 * longer in more papers.
 */
function eachLatinSlip(bytes: Uint8Array, shelf: Shelf, take: (entry: number) => void): void {
  const { vocabulary } = shelf.segment;
  const end = usualEnd(shelf);
  const { length } = bytes;
  const near = new Uint8Array(length + 1);
  const look = (size: number) => {
    const entry = entryOfBytes(vocabulary, near, size);
    if (entry !== undefined && entry < end) take(entry);
  };
  for (let at = 0; at <= length; at += 1) {
    const here = bytes[at] ?? 0;
    near.set(bytes);
    near.copyWithin(at + 1, at, length);
    for (const letter of alphabet) {
      near[at] = letter;
      // Before the same letter it makes the word that it makes after it.
      if (letter !== here) look(length + 1);
    }
    if (at === length) break;
    near.set(bytes);
    for (const letter of alphabet) {
      near[at] = letter;
      if (letter !== here) look(length);
    }
    near[at] = bytes[at + 1] ?? 0;
    near[at + 1] = here;
    if (at + 1 < length && near[at] !== here) look(length);
    near.set(bytes.subarray(at + 1), at);
    if (here !== bytes[at + 1]) look(length - 1);
  }
}

/** Of words that begin with no Latin letter there are few: they are compared one after the other. */
function eachOtherSlip(typed: string, shelf: Shelf, take: (entry: number) => void): void {
  const { vocabulary } = shelf.segment;
  const end = usualEnd(shelf);
  for (let entry = 0; entry < end; entry += 1) {
    const first = vocabulary.bytes[vocabulary.ends[entry - 1] ?? 0] ?? 0;
    if (first > 127 && isOneSlip(typed, textOf(vocabulary, entry))) take(entry);
  }
}

function isOneSlip(a: string, b: string): boolean {
  if (a.length > b.length) return isOneSlip(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
