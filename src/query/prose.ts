/** A paper as the text a query is held against, analysed once. */
import type { Paper } from '../model/paper.ts';
import { readings, type Token } from '../text/tokens.ts';

/**
 * Words between single spaces, fields and readings apart by `|`, so that a word and a phrase are both
 * found by looking for a substring: ` few shot learn | fewshot learn | `.
 */
export interface Prose {
  /** Terms of the title and the authors' names. */
  head: string;
  /** Terms of the abstract. */
  abstract: string;
  /** Words of the authors' names, unstemmed. */
  names: string;
}

const analysed = new WeakMap<Paper, Prose>();

/** The analysis of a paper, made once for each object. */
export function proseOf(paper: Paper): Prose {
  const known = analysed.get(paper);
  if (known) return known;
  const prose = {
    head: lines([paper.title, ...paper.authors], ({ term }) => term),
    abstract: lines([paper.abstract], ({ term }) => term),
    names: lines(paper.authors, ({ word }) => word),
  };
  analysed.set(paper, prose);
  return prose;
}

/** Gives another telling of a paper the analysis of the one before, where both have the same words. */
export function keepProse(before: Paper, paper: Paper): void {
  const prose = analysed.get(before);
  const isSame =
    before.title === paper.title &&
    before.abstract === paper.abstract &&
    before.authors.join('|') === paper.authors.join('|');
  if (prose && isSame) analysed.set(paper, prose);
}

/** The ways to write a text, each to be found in a line of `Prose`. */
export function spellings(text: string, of: (token: Token) => string): string[] {
  const { apart, joined } = readings(text);
  const [one, other] = [apart, joined].map((reading) => ` ${reading.map(of).join(' ')} `);
  return [...new Set([one ?? '', other ?? ''])];
}

const lines = (texts: readonly string[], of: (token: Token) => string) =>
  texts.flatMap((text) => spellings(text, of)).join('|');
