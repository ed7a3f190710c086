/** What of a query is ranked by: its words of subject, and which stand next to which. */
import { isStopWord } from '../../text/stopwords.ts';
import { readings } from '../../text/tokens.ts';
import { titleHash } from './hash.ts';
import { isRequestWord } from './request-words.ts';

export interface Question {
  /** Term → how much it counts in the question. */
  terms: ReadonlyMap<string, number>;
  /** Terms in the order of the question, compounds in their parts. */
  row: readonly string[];
  /** What a title that is the question would have in a segment's `titles`. */
  title: number;
}

/** `fewshot` of `few-shot` says little that its parts do not. */
const JOINED = 0.5;
/** A word said again adds half a word. */
const AGAIN = 0.5;
/** With fewer words of subject left, "papers" and "show" may be the subject. */
const SUBJECTS_MIN = 2;

export function questionOf(texts: readonly string[]): Question {
  const read = texts.map((text) => readings(text));
  const all = read
    .flatMap(({ apart }) => apart.map(({ term }) => term))
    .filter((t) => !isStopWord(t));
  const telling = all.filter((term) => !isRequestWord(term));
  const row = telling.length >= SUBJECTS_MIN ? telling : all;
  const terms = new Map<string, number>();
  for (const term of row) terms.set(term, terms.has(term) ? (terms.get(term) ?? 0) + AGAIN : 1);
  for (const { apart, joined } of read) {
    const parts = new Set(apart);
    for (const token of joined) {
      if (!parts.has(token) && !terms.has(token.term)) terms.set(token.term, JOINED);
    }
  }
  const title = titleHash(read.flatMap(({ apart }) => apart.map(({ word }) => word)));
  return { terms, row, title };
}
