/**
 * Terms in a row, looked for in papers' words as they are stored: a phrase of common words has thousands of papers to
 * be looked for in, and laying each of them out first takes five times as long.
 */
import { FIELD_END, FIRST_WORD, Numbers, type Texts } from './text.ts';

/** Tells of a paper whether it has the terms in a row, compounds in their parts or as one word each. */
export function rowScan(
  { text, textEnds, terms }: Texts,
  row: readonly number[],
  until: 'title' | 'abstract',
): (paper: number) => boolean {
  const [first] = row;
  const apart = new Progress(row);
  const joined = new Progress(row);
  return (paper) => {
    const end = textEnds[paper] ?? 0;
    const numbers = new Numbers(text, textEnds[paper - 1] ?? 0);
    let fieldsLeft = numbers.next() + (until === 'title' ? 1 : 2);
    let partsLeft = 0;
    let isJoinedNext = false;
    apart.reset();
    joined.reset();
    while (numbers.at < end && fieldsLeft) {
      const number = numbers.next();
      if (number >= FIRST_WORD) {
        const term = terms[number - FIRST_WORD] ?? 0;
        // Nearly every word is this.
        if (term !== first && !partsLeft && !(apart.met | joined.met)) continue;
        if (isJoinedNext) {
          isJoinedNext = false;
          if (joined.step(term)) return true;
        } else {
          if (apart.step(term)) return true;
          if (partsLeft) partsLeft -= 1;
          else if (joined.step(term)) return true;
        }
      } else if (number === FIELD_END) {
        apart.reset();
        joined.reset();
        fieldsLeft -= 1;
      } else {
        partsLeft = number + 1;
        isJoinedNext = true;
      }
    }
    return false;
  };
}

/** How much of a row the terms so far end with, as Knuth, Morris and Pratt count it. */
class Progress {
  readonly #row: Uint32Array;
  /** Of so much of the row, how much begins it anew. */
  readonly #again: Uint8Array;
  met = 0;

  constructor(row: readonly number[]) {
    this.#row = Uint32Array.from(row);
    this.#again = new Uint8Array(row.length + 1);
    for (let at = 1; at < row.length; at += 1) {
      this.step(row[at] ?? 0);
      this.#again[at + 1] = this.met;
    }
    this.reset();
  }

  reset(): void {
    this.met = 0;
  }

  /** Whether the row is whole with this term. */
  step(term: number): boolean {
    const row = this.#row;
    let met = this.met;
    while (met && row[met] !== term) met = this.#again[met] ?? 0;
    if (row[met] === term) met += 1;
    this.met = met;
    return met === row.length;
  }
}
