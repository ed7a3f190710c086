/** Words that hardly any paper has, and the word a single slip away that was meant. */
import { tokens } from '../../text/tokens.ts';
import type { PaperIndex } from './paper-index.ts';
import type { Shelf } from './shelf.ts';
import { textOf } from './vocabulary.ts';

/** In shorter words one letter makes another word too easily. */
const LENGTH_MIN = 4;
/** A word with as many papers is what was meant. */
const ENOUGH = 3;
/** A word that some paper has gives way only to one that so many times as many have. */
const TIMES = 20;
/** The first letter is hardly ever the one mistyped. */
const SAME_START = 10;
/** A vocabulary this small is looked through to the end, a larger one as far as words occur three times. */
const SMALL = 50_000;

/** The word as the papers spell it: itself unless another is one slip away and has more of them. */
export function corrected(word: string, index: PaperIndex): string {
  const [token, ...more] = tokens(word);
  if (!token || more.length || token.word.length < LENGTH_MIN || !/^\p{L}+$/u.test(token.word)) {
    return word;
  }
  const having = index.having(token.term);
  if (having >= ENOUGH) return word;
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

/** Words one slip away from the word, or of a term one slip away from its term, with their papers. */
function slips(word: string, term: string, index: PaperIndex): Map<string, number> {
  const found = new Map<string, number>();
  for (const shelf of index.shelves) {
    const { segment } = shelf;
    const masks = masksOf(shelf);
    const near = (entry: number, typed: string, mask: number) =>
      bitsIn((masks[entry] ?? 0) ^ mask) <= 2 &&
      isOneSlip(typed, textOf(segment.vocabulary, entry));
    const [wordMask, termMask] = [maskOf(Buffer.from(word)), maskOf(Buffer.from(term))];
    for (let entry = 0; entry < masks.length; entry += 1) {
      const stem = segment.terms[entry] ?? 0;
      const isNear =
        near(entry, word, wordMask) || (stem < masks.length && near(stem, term, termMask));
      if (!isNear) continue;
      const text = textOf(segment.vocabulary, entry);
      found.set(text, (found.get(text) ?? 0) + shelf.having(stem));
    }
  }
  return found;
}

const masksKnown = new WeakMap<Shelf, Uint32Array>();

/** Which letters each word has, one bit a letter, for the words worth correcting to. */
function masksOf(shelf: Shelf): Uint32Array {
  const known = masksKnown.get(shelf);
  if (known) return known;
  const { vocabulary, common, terms } = shelf.segment;
  const masks = new Uint32Array(terms.length <= SMALL ? terms.length : common);
  for (let entry = 0; entry < masks.length; entry += 1) {
    const start = vocabulary.ends[entry - 1] ?? 0;
    masks[entry] = maskOf(vocabulary.bytes.subarray(start, vocabulary.ends[entry]));
  }
  masksKnown.set(shelf, masks);
  return masks;
}

function maskOf(bytes: Uint8Array): number {
  let mask = 0;
  for (const byte of bytes) mask |= 1 << (byte & 31);
  return mask >>> 0;
}

function bitsIn(mask: number): number {
  let bits = 0;
  for (let left = mask; left; left &= left - 1) bits += 1;
  return bits;
}

/** One letter more, one less, one other, or two neighbours swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (a.length > b.length) return isOneSlip(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
