/** Texts as one number each, FNV-1a over UTF-16. */
import { isStopWord } from '../../text/stopwords.ts';
import type { Entry } from './entry.ts';

const START = 0x811c9dc5;

function hashOn(hash: number, text: string): number {
  let on = hash;
  for (let i = 0; i < text.length; i += 1) {
    on = Math.imul(on ^ text.charCodeAt(i), 0x01000193);
  }
  return on;
}

/**
 * A title, or a query that may be one: its words of subject run together. Spaces, case, punctuation and
 * hyphens make no difference; 0 for a title without any.
 */
export function titleHash(words: readonly string[]): number {
  const subject = words.filter((word) => !isStopWord(word));
  return subject.length ? subject.reduce(hashOn, START) >>> 0 : 0;
}

/** Everything of a paper that its words are made of. */
export function printOf({ title, abstract, authors, labels }: Entry): number {
  const fields = [title, abstract, ...authors, ...labels];
  return fields.reduce((hash, field) => hashOn(hashOn(hash, field), '\n'), START) >>> 0;
}
