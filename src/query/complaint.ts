/** How a query that cannot be read is answered: one sentence, with the place and a right example. */
import { UserError } from '../errors.ts';

/** A query that cannot be read from a character on. */
export class QueryError extends UserError {
  override name = 'QueryError';
  readonly query: string;
  /** UTF-16 offset. */
  readonly at: number;

  constructor(query: string, at: number, sentence: string) {
    super(sentence);
    this.query = query;
    this.at = at;
  }
}

/** Throws; `at` is a UTF-16 offset into the query, told as people count: from 1, in whole characters. */
export function complain(query: string, at: number, problem: string, example: string): never {
  const place = [...query.slice(0, at)].length + 1;
  throw new QueryError(query, at, `Character ${place}: ${problem}; for example: ${example}`);
}

/** A piece of what was typed, short enough to stand inside a sentence. */
export function quoted(text: string): string {
  const characters = [...text];
  return `“${characters.length > 24 ? `${characters.slice(0, 23).join('')}…` : text}”`;
}

/** Characters shown before and after the place. */
const AROUND = 30;
/** Scripts and signs whose letters are two columns wide where all letters are equally wide. */
const WIDE = /\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Hangul}|\p{Emoji_Presentation}/u;

/** The place in the query, in two lines of equally wide letters: what was typed, and a caret below. */
export function caret({ query, at }: QueryError): string {
  const line = (text: string) => text.replace(/[\s\p{C}]/gu, ' ');
  const before = [...line(query.slice(0, at))];
  const after = [...line(query.slice(at))];
  const shown = before.slice(-AROUND);
  const start = before.length > AROUND ? '…' : '';
  const end = after.length > AROUND ? '…' : '';
  const blanks = shown.map((letter) => (WIDE.test(letter) ? '\u3000' : ' ')).join('');
  return [
    `${start}${shown.join('')}${after.slice(0, AROUND).join('')}${end}`,
    `${start && ' '}${blanks}^`,
  ].join('\n');
}
