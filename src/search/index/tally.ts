/** How often each term stands in each field of a paper, one paper at a time. */
import { stopWords } from '../../text/stopwords.ts';
import type { Counts, Lengths } from './bm25f.ts';
import type { Segment } from './segment.ts';
import { END, type Reading, TextReader } from './text.ts';
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
  readonly #reader = new TextReader();
  /** Term → its counts in authors, title and abstract. */
  readonly #packed: Uint32Array;
  readonly #isStop: Uint8Array;

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
    this.lengths.title = 0;
    this.lengths.abstract = 0;
    this.#reader.read(this.#segment, paper, 'abstract');
    this.#add(this.#reader.apart, 1);
    this.#add(this.#reader.compounds, 0);
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

  #add({ entries, length }: Reading, words: 0 | 1): void {
    const packed = this.#packed;
    const { terms } = this.#segment;
    let ends = 0;
    for (let i = 0; i < length; i += 1) {
      const entry = entries[i] ?? END;
      if (entry === END) {
        ends += 1;
        continue;
      }
      const term = terms[entry] ?? 0;
      if (this.#isStop[term]) continue;
      const before = packed[term] ?? 0;
      if (!before) this.terms.push(term);
      const field = Math.max(0, ends - this.#reader.authors + 1);
      const shift = field * FIELD_BITS;
      if (((before >>> shift) & FIELD_MAX) < FIELD_MAX) packed[term] = before + (1 << shift);
      if (field === 1) this.lengths.title += words;
      else if (field === 2) this.lengths.abstract += words;
    }
  }
}
