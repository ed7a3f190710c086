/** How often each term stands in each field of a paper, one paper at a time. */
import { stopWords } from '../../text/stopwords.ts';
import type { Counts, Lengths } from './bm25f.ts';
import type { Segment } from './segment.ts';
import { FIELD_END, FIRST_WORD, Numbers } from './text.ts';
import { entryOf } from './vocabulary.ts';

/** Counts of one field are kept in ten bits. */
const FIELD_BITS = 10;
const FIELD_MAX = 2 ** FIELD_BITS - 1;

export class Tally {
  /** The paper's terms, each once, stop words left out. */
  readonly terms: number[] = [];
  /** Words of subject, compounds in their parts. */
  readonly lengths: Lengths = { title: 0, abstract: 0 };
  readonly #segment: Segment;
  /** Term → its counts in authors, title and abstract. */
  readonly #packed: Uint32Array;
  readonly #isStop: Uint8Array;
  /** The paper's joined words, which come after all others: term and place of its field, in turn. */
  readonly #joined: number[] = [];

  constructor(segment: Segment) {
    this.#segment = segment;
    this.#packed = new Uint32Array(segment.terms.length);
    this.#isStop = new Uint8Array(segment.terms.length);
    for (const word of stopWords) {
      const entry = entryOf(segment.vocabulary, word);
      if (entry !== undefined) this.#isStop[entry] = 1;
    }
  }

  count(paper: number): void {
    for (const term of this.terms) this.#packed[term] = 0;
    this.terms.length = 0;
    this.#joined.length = 0;
    this.lengths.title = 0;
    this.lengths.abstract = 0;
    const { text, textEnds, terms } = this.#segment;
    const end = textEnds[paper] ?? 0;
    const numbers = new Numbers(text, textEnds[paper - 1] ?? 0);
    let namesLeft = numbers.next();
    let isJoined = false;
    while (numbers.at < end) {
      const number = numbers.next();
      if (number >= FIRST_WORD) {
        const term = terms[number - FIRST_WORD] ?? 0;
        const shift = namesLeft > 0 ? 0 : namesLeft === 0 ? FIELD_BITS : 2 * FIELD_BITS;
        if (this.#isStop[term]) isJoined = false;
        else if (isJoined) {
          isJoined = false;
          this.#joined.push(term, shift);
        } else {
          if (namesLeft === 0) this.lengths.title += 1;
          else if (namesLeft < 0) this.lengths.abstract += 1;
          this.#add(term, shift);
        }
      } else if (number === FIELD_END) namesLeft -= 1;
      else isJoined = true;
    }
    for (let i = 0; i < this.#joined.length; i += 2) {
      this.#add(this.#joined[i] ?? 0, this.#joined[i + 1] ?? 0);
    }
  }

  /** What was counted of one of `terms`. */
  of(term: number): Counts {
    const packed = this.#packed[term] ?? 0;
    return {
      authors: packed & FIELD_MAX,
      title: (packed >>> FIELD_BITS) & FIELD_MAX,
      abstract: packed >>> (2 * FIELD_BITS),
    };
  }

  #add(term: number, shift: number): void {
    const before = this.#packed[term] ?? 0;
    if (!before) this.terms.push(term);
    if (((before >>> shift) & FIELD_MAX) < FIELD_MAX) this.#packed[term] = before + (1 << shift);
  }
}
