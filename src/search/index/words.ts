/**
 * Texts under numbers in the order they were met, found by their letters where they stand: making a string of
 * each word and asking a Map for it takes several times as long, and a catalogue has tens of millions.
 */
import { Growing } from './growing.ts';
import { HASH_START, hashOn } from './hash.ts';

/** Slots at first; a power of two. */
const SLOTS = 2 ** 12;
/** Slots are doubled when more of them are taken. */
const FULL = 0.6;
/** A slot's numbers, side by side because memory is fetched so: hash, number + 1 or 0, first letter, letters. */
const WIDTH = 4;

/** Longer ones get one of their own. */
const usual = new Uint16Array(64);

export class Words {
  /** Open addressing. */
  #slots = new Int32Array(SLOTS * WIDTH);
  /** UTF-16, one text after the other. */
  #letters = new Uint16Array(SLOTS * 8);
  /** Number → where its letters end. */
  readonly #ends = new Growing();

  get size(): number {
    return this.#ends.length;
  }

  /** The number of what stands there, in UTF-16: a new one, `size` before, when it was never met. */
  numberOf(text: Uint16Array, start: number, end: number): number {
    const hash = hashOf(text, start, end);
    const slots = this.#slots;
    const last = slots.length - WIDTH;
    for (let at = (hash * WIDTH) & last; ; at = (at + WIDTH) & last) {
      const number = (slots[at + 1] ?? 0) - 1;
      if (number < 0) return this.#add(text, { start, end, hash }, at);
      if (slots[at] !== hash || slots[at + 3] !== end - start) continue;
      if (this.#isAt(slots[at + 2] ?? 0, text, start, end)) return number;
    }
  }

  numberOfText(text: string): number {
    const letters = text.length > usual.length ? new Uint16Array(text.length) : usual;
    for (let i = 0; i < text.length; i += 1) letters[i] = text.charCodeAt(i);
    return this.numberOf(letters, 0, text.length);
  }

  /** A hash with the letters of a text more. */
  hashOn(hash: number, number: number): number {
    return hashOn(hash, this.#letters, this.#startOf(number), this.#ends.at(number));
  }

  /** UTF-16. */
  lettersOf(number: number): Uint16Array {
    return this.#letters.subarray(this.#startOf(number), this.#ends.at(number));
  }

  #startOf(number: number): number {
    return number ? this.#ends.at(number - 1) : 0;
  }

  #isAt(from: number, text: Uint16Array, start: number, end: number): boolean {
    const letters = this.#letters;
    for (let i = start, at = from; i < end; i += 1, at += 1) {
      if (letters[at] !== text[i]) return false;
    }
    return true;
  }

  #add(
    text: Uint16Array,
    { start, end, hash }: { start: number; end: number; hash: number },
    slot: number,
  ): number {
    const number = this.size;
    const from = this.#startOf(number);
    const to = from + end - start;
    if (to > this.#letters.length) {
      const letters = new Uint16Array(2 * this.#letters.length + end - start);
      letters.set(this.#letters);
      this.#letters = letters;
    }
    for (let i = start; i < end; i += 1) this.#letters[from + i - start] = text[i] ?? 0;
    this.#ends.push(to);
    const slots = this.#slots;
    slots[slot] = hash;
    slots[slot + 1] = number + 1;
    slots[slot + 2] = from;
    slots[slot + 3] = end - start;
    if (this.size * WIDTH > this.#slots.length * FULL) this.#double();
    return number;
  }

  #double(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 2);
    const last = slots.length - WIDTH;
    for (let from = 0; from < before.length; from += WIDTH) {
      if (!before[from + 1]) continue;
      let at = ((before[from] ?? 0) * WIDTH) & last;
      while (slots[at + 1]) at = (at + WIDTH) & last;
      for (let i = 0; i < WIDTH; i += 1) slots[at + i] = before[from + i] ?? 0;
    }
    this.#slots = slots;
  }
}

/** A text from its UTF-16, halves of characters kept. */
export function textOfLetters({ buffer, byteOffset, byteLength }: Uint16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf16le');
}

/** The high bits folded into the low ones that choose the slot. */
function hashOf(text: Uint16Array, start: number, end: number): number {
  const hash = hashOn(HASH_START, text, start, end);
  return hash ^ (hash >>> 15);
}
