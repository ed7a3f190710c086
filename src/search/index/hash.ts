/** Texts as one number each, FNV-1a over UTF-16. */
import { lettersOf } from '../../text/letters.ts';
import { isStopWord } from '../../text/stopwords.ts';
import type { Entry } from './entry.ts';

/** The hash of nothing. */
export const HASH_START = 0x811c9dc5;

/** A hash with some letters more. */
export function hashOn(hash: number, letters: Uint16Array, start: number, end: number): number {
  let on = hash;
  for (let i = start; i < end; i += 1) on = Math.imul(on ^ (letters[i] ?? 0), 0x01000193);
  return on;
}

const hashOnText = (hash: number, text: string) => hashOn(hash, lettersOf(text), 0, text.length);

/**
 * A title, or a query that may be one: its words of subject run together. Spaces, case, punctuation and
 * hyphens make no difference; 0 for a title without any.
 */
export function titleHash(words: readonly string[]): number {
  const subject = words.filter((word) => !isStopWord(word));
  return subject.length ? subject.reduce(hashOnText, HASH_START) >>> 0 : 0;
}

const LINE_END = Uint16Array.of(10);

/** Everything of a paper that its words are made of. */
export function printOf({ title, abstract, authors, labels }: Entry): number {
  const fields = [title, abstract, ...authors, ...labels];
  return (
    fields.reduce((hash, field) => hashOn(hashOnText(hash, field), LINE_END, 0, 1), HASH_START) >>>
    0
  );
}
