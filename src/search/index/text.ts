/**
 * A paper's words in order: what phrases, nearness, exact counts, likeness and removal are read from, at two
 * fifths of the text's own size.
 *
 * Numbers in units of 16 bits, of which nearly all take one: LEB128 would save a fifth, and take three times as
 * long to read, since where a number starts depends on the one before. A paper is the number of its authors, then
 * as many names, the title, the abstract; each of these fields is its words and `FIELD_END`. A word is its
 * vocabulary entry + `FIRST_WORD`; a compound of n parts is n - 1, the joined word, then the parts.
 */
import { COMPOUND_MAX } from '../../text/tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The words of some papers. */
export interface Texts {
  vocabulary: Vocabulary;
  /** Word → the entry of its term; 0 for what is a term and no paper's word. */
  terms: Uint32Array<ArrayBuffer>;
  /** Entries before this one were counted three times or more. */
  common: number;
  /** The papers' words in order, one paper after the other. */
  text: Uint16Array<ArrayBuffer>;
  /** Where each paper ends. */
  textEnds: Uint32Array<ArrayBuffer>;
}

export const FIELD_END = 0;
/** 1 … COMPOUND_MAX - 1 announce a compound. */
export const FIRST_WORD = COMPOUND_MAX;

/** In a `Reading`, where a field ends. */
export const END = 0xffffffff;

/** A number from here on takes two units: what it has above 16 bits, over this, then the rest. */
const LONG = 0xf000;
/** No number takes more units. */
export const UNITS_MAX = 2;

/** Appends a number; gives where the next one goes. */
export function writeNumber(units: Uint16Array, at: number, number: number): number {
  if (number < LONG) {
    units[at] = number;
    return at + 1;
  }
  units[at] = LONG | (number >>> 16);
  units[at + 1] = number & 0xffff;
  return at + 2;
}

/** Reads numbers one after the other. */
export class Numbers {
  readonly #units: Uint16Array;
  /** Where the next one stands. */
  at: number;

  constructor(units: Uint16Array, at: number) {
    this.#units = units;
    this.at = at;
  }

  next(): number {
    const unit = this.#units[this.at] ?? 0;
    this.at += 1;
    return unit < LONG ? unit : this.#long(unit);
  }

  #long(unit: number): number {
    const rest = this.#units[this.at] ?? 0;
    this.at += 1;
    return ((unit - LONG) << 16) | rest;
  }
}

/** One paper's words; every field ends with `END`. */
export interface Reading {
  entries: Uint32Array;
  length: number;
}

const reading = (): Reading => ({ entries: new Uint32Array(1024), length: 0 });

/** Reads papers one at a time, into arrays it reuses. */
export class TextReader {
  /** Compounds in their parts. */
  readonly apart = reading();
  /** Compounds as one word each; `apart` itself where there are none. */
  joined: Reading = this.apart;
  /** The joined words alone. */
  readonly compounds = reading();
  /** How many of the fields are authors; title and abstract follow. */
  authors = 0;
  readonly #joined = reading();

  /** Reads a paper, no further than wanted. */
  read({ text, textEnds }: Texts, paper: number, until: 'authors' | 'title' | 'abstract'): void {
    const end = textEnds[paper] ?? 0;
    const numbers = new Numbers(text, textEnds[paper - 1] ?? 0);
    this.#reserve(end - numbers.at);
    const apart = this.apart.entries;
    const joined = this.#joined.entries;
    const compounds = this.compounds.entries;
    let a = 0;
    let j = 0;
    let c = 0;
    let partsLeft = 0;
    let isJoinedNext = false;
    let isSimple = true;
    let fieldsLeft = -1;
    while (numbers.at < end && fieldsLeft) {
      const number = numbers.next();
      if (fieldsLeft < 0) {
        this.authors = number;
        fieldsLeft = number + (until === 'authors' ? 0 : until === 'title' ? 1 : 2);
      } else if (number >= FIRST_WORD) {
        const entry = number - FIRST_WORD;
        if (isSimple) apart[a++] = entry;
        else if (isJoinedNext) {
          isJoinedNext = false;
          joined[j++] = entry;
          compounds[c++] = entry;
        } else {
          apart[a++] = entry;
          if (partsLeft) partsLeft -= 1;
          else joined[j++] = entry;
        }
      } else if (number === FIELD_END) {
        apart[a++] = END;
        joined[j++] = END;
        compounds[c++] = END;
        fieldsLeft -= 1;
      } else {
        partsLeft = number + 1;
        isJoinedNext = true;
        if (isSimple) {
          joined.set(apart.subarray(0, a));
          j = a;
        }
        isSimple = false;
      }
    }
    this.apart.length = a;
    this.#joined.length = j;
    this.compounds.length = c;
    this.joined = isSimple ? this.apart : this.#joined;
  }

  #reserve(length: number): void {
    for (const each of [this.apart, this.#joined, this.compounds]) {
      if (each.entries.length < length) each.entries = new Uint32Array(length * 2);
    }
  }
}
