/** Words that hardly any paper has, and the word a single slip away that was meant. */
import { tokens } from '../../text/tokens.ts';
import type { PaperIndex } from './paper-index.ts';
import type { Shelf } from './shelf.ts';
import { textOf } from './vocabulary.ts';

/** In shorter words one letter makes another word too easily. */
const LENGTH_MIN = 4;
/** A word that some paper has gives way only to one that so many times as many have. */
const TIMES = 20;
/** The first letter is hardly ever the one mistyped. */
const SAME_START = 10;
/** A vocabulary this small is looked through to the end, a larger one as far as words occur three times. */
const SMALL = 50_000;

/** Whether a word could be a slip, because fewer papers than `enough` have it. */
export function isUnusual(word: string, index: PaperIndex, enough: number): boolean {
  const [token, ...more] = tokens(word);
  if (!token || more.length || token.word.length < LENGTH_MIN) return false;
  return /^\p{L}+$/u.test(token.word) && index.having(token.term) < enough;
}

/** The word as the papers spell it: itself when no other is one slip away and in many more of them. */
export function corrected(word: string, index: PaperIndex): string {
  const [token] = tokens(word);
  if (!token) return word;
  const having = index.having(token.term);
  let best = word;
  let most = 0;
  for (const [candidate, papers] of slips(token.word, token.term, index)) {
    if (having && papers < TIMES * having) continue;
    const worth = papers * (candidate.startsWith(token.word.charAt(0)) ? SAME_START : 1);
    if (worth <= most) continue;
    most = worth;
    best = candidate;
  }
  return best;
}

/** Words one slip away, or else of terms one slip away, with the papers of their terms. */
function slips(word: string, term: string, { shelves }: PaperIndex): Map<string, number> {
  const found = new Map<string, number>();
  const meet = (shelf: Shelf, entry: number) => {
    const { terms, vocabulary } = shelf.segment;
    const having = shelf.having(terms[entry] ?? 0);
    const text = textOf(vocabulary, entry);
    if (having) found.set(text, (found.get(text) ?? 0) + having);
  };
  for (const shelf of shelves) {
    for (const entry of slipsAmong(lettersOf(shelf), shelf, word)) meet(shelf, entry);
  }
  if (found.size) return found;
  // Who mistypes the singular means the plural as well.
  for (const shelf of shelves) {
    const { terms } = shelf.segment;
    const stems = new Set(slipsAmong(lettersOf(shelf), shelf, term));
    for (let entry = 0; stems.size && entry < terms.length; entry += 1) {
      if (stems.has(terms[entry] ?? 0)) meet(shelf, entry);
    }
  }
  return found;
}

/** Entries one slip away. */
function* slipsAmong({ masks, lengths }: Letters, { segment }: Shelf, typed: string) {
  const bytes = new TextEncoder().encode(typed);
  const mask = maskOf(bytes);
  for (let entry = 0; entry < masks.length; entry += 1) {
    const differing = (masks[entry] ?? 0) ^ mask;
    const butOne = differing & (differing - 1);
    // One slip changes at most two letters of the set and one of the length.
    if (butOne & (butOne - 1)) continue;
    if (Math.abs((lengths[entry] ?? 0) - bytes.length) > 1) continue;
    if (isOneSlip(typed, textOf(segment.vocabulary, entry))) yield entry;
  }
}

/** Which letters the words worth correcting to have, one bit a letter, and how many bytes. */
interface Letters {
  masks: Uint32Array;
  lengths: Uint8Array;
}

const known = new WeakMap<Shelf, Letters>();

function lettersOf(shelf: Shelf): Letters {
  const before = known.get(shelf);
  if (before) return before;
  const { vocabulary, common, terms } = shelf.segment;
  const size = terms.length <= SMALL ? terms.length : common;
  const letters = { masks: new Uint32Array(size), lengths: new Uint8Array(size) };
  for (let entry = 0, start = 0; entry < size; entry += 1) {
    const end = vocabulary.ends[entry] ?? 0;
    letters.masks[entry] = maskOf(vocabulary.bytes.subarray(start, end));
    letters.lengths[entry] = Math.min(255, end - start);
    start = end;
  }
  known.set(shelf, letters);
  return letters;
}

function maskOf(bytes: Uint8Array): number {
  let mask = 0;
  for (const byte of bytes) mask |= 1 << (byte & 31);
  return mask >>> 0;
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
