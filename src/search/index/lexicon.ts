/** Words and their terms under numbers, and how words as they stand in texts are read. */

import { readable } from '../../text/latex.ts';
import { isStopWord } from '../../text/stopwords.ts';
import { formOf, termOf } from '../../text/tokens.ts';
import { writtenIn } from '../../text/written.ts';
import { Growing } from './growing.ts';
import { FIELD_END, FIRST_WORD } from './text.ts';
import { Words } from './words.ts';

/** Above all codes: the rest is where in `#rows` the codes of a word of several stand. */
const ROW = 2 ** 31;
/** What is read with hundreds of small segments after each other is forgotten at some time. */
const WORDS_MAX = 2 ** 17;

export class Lexicon {
  readonly #words = new Words();
  /** Word → the number of its term + 1, or 0 for what only ever was a term. */
  readonly #terms = new Growing();
  /** 1 for a stop word. */
  readonly #stops = new Growing();
  /** Words as written, capitals, hyphens and all. */
  readonly #written = new Words();
  /** Word as written → its code, or `ROW` and a place; 0 until it is read. */
  readonly #codes = new Growing();
  /** How many codes, then the codes. */
  readonly #rows = new Growing();

  /** Words and terms; numbers stay below. */
  get size(): number {
    return this.#words.size;
  }

  get isFull(): boolean {
    return this.#written.size > WORDS_MAX;
  }

  /** Appends a field as `text.ts` has it, under the numbers here. */
  write(field: string, codes: Growing): void {
    const text = readable(field);
    const { letters, bounds, count } = writtenIn(text);
    for (let i = 0; i < count; i += 1) {
      const start = bounds[2 * i] ?? 0;
      const end = bounds[2 * i + 1] ?? 0;
      const written = this.#written.numberOf(letters, start, end);
      if (written === this.#codes.length) this.#codes.push(0);
      const code = this.#codes.at(written) || this.#read(written, text.slice(start, end));
      if (code < ROW) codes.push(code);
      else {
        const row = code - ROW;
        const rowEnd = row + this.#rows.at(row);
        for (let at = row + 1; at <= rowEnd; at += 1) codes.push(this.#rows.at(at));
      }
    }
    codes.push(FIELD_END);
  }

  /** The number of a word, by which its term is known. */
  word(word: string): number {
    const number = this.#number(word);
    if (!this.#terms.at(number)) this.#terms.set(number, this.#number(termOf(word)) + 1);
    return number;
  }

  /** The number of a word's term. */
  termOf(word: number): number {
    return this.#terms.at(word) - 1;
  }

  isStop(number: number): boolean {
    return this.#stops.at(number) > 0;
  }

  /** A hash with the letters of a word more. */
  hashOn(hash: number, number: number): number {
    return this.#words.hashOn(hash, number);
  }

  lettersOf(number: number): Uint16Array {
    return this.#words.lettersOf(number);
  }

  #read(written: number, text: string): number {
    const { parts, compound } = formOf(text);
    const pieces = compound ? [compound, ...parts] : parts;
    const codes = pieces.map(({ word }) => this.word(word) + FIRST_WORD);
    if (compound) codes.unshift(parts.length - 1);
    const [only = 0] = codes;
    const code = codes.length === 1 ? only : ROW + this.#rows.length;
    if (code >= ROW) for (const each of [codes.length, ...codes]) this.#rows.push(each);
    this.#codes.set(written, code);
    return code;
  }

  #number(text: string): number {
    const number = this.#words.numberOfText(text);
    if (number === this.#terms.length) {
      this.#terms.push(0);
      this.#stops.push(Number(isStopWord(text)));
    }
    return number;
  }
}

let shared = new Lexicon();

/** The one that builders share: a small segment has no time to learn words. */
export function sharedLexicon(): Lexicon {
  if (shared.isFull) shared = new Lexicon();
  return shared;
}
