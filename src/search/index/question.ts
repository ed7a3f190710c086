/** What of a query is ranked by: its words of subject, and which stand next to which. */
import { isStopWord } from '../../text/stopwords.ts';
import { readings } from '../../text/tokens.ts';
import type { Abbreviations } from './abbreviations.ts';
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

/** What an abbreviation stands for, or is abbreviated to, counts less than what was said. */
const MEANT = 0.2;

export function questionOf(texts: readonly string[], abbreviations?: Abbreviations): Question {
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
  for (const { apart } of abbreviations ? read : []) {
    const subjects = apart.map(({ term }) => term).filter((term) => !isStopWord(term));
    for (const term of meantBy(subjects, abbreviations)) {
      if (!terms.has(term)) terms.set(term, MEANT);
    }
  }
  const title = titleHash(read.flatMap(({ apart }) => apart.map(({ word }) => word)));
  return { terms, row, title };
}

/** The long forms of the short ones among a text's terms of subject, and the short forms of what stands in a row. */
function meantBy(row: readonly string[], abbreviations: Abbreviations | undefined): string[] {
  return row.flatMap((term, start) => {
    const long = abbreviations?.longOf(term)?.split(' ') ?? [];
    const shorts = abbreviations?.shortsAt(row, start).map(({ short }) => short) ?? [];
    return [...long, ...shorts].filter((each) => !isStopWord(each));
  });
}
