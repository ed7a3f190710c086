/** A segment in use: which of its papers are gone, and what that changes. */
import { atOnce } from '../../sliced.ts';
import { stopWords } from '../../text/stopwords.ts';
import { Bitset } from './bitset.ts';
import type { Lengths } from './bm25f.ts';
import { postingStart, type Segment } from './segment.ts';
import { Tally } from './tally.ts';
import { entryOf } from './vocabulary.ts';

/** The mark of a stop word. */
export const STOP = 255;

export class Shelf {
  readonly segment: Segment;
  readonly gone: Bitset;
  goneCount: number;
  /** Words of subject of the papers that are left. */
  readonly words: Lengths;
  /** Term → how many of the papers that have it are gone. */
  readonly #goneHaving = new Map<number, number>();
  #tally: Tally | undefined;
  /** Term → `STOP`, or what a search that is reading papers writes here and wipes. */
  readonly marks: Uint8Array;

  constructor(segment: Segment) {
    this.segment = segment;
    this.gone = new Bitset(segment.keys.length);
    this.goneCount = 0;
    this.words = { ...segment.words };
    this.marks = new Uint8Array(segment.terms.length);
    for (const word of stopWords) {
      const entry = this.entry(word);
      if (entry !== undefined) this.marks[entry] = STOP;
    }
  }

  get size(): number {
    return this.segment.keys.length - this.goneCount;
  }

  /** Counts the words of one paper after the other. */
  get tally(): Tally {
    this.#tally ??= new Tally(this.segment);
    return this.#tally;
  }

  /** Removes papers that are still there. */
  remove(papers: Iterable<number>): void {
    atOnce(this.removing(papers));
  }

  /** The same in slices, for many. */
  *removing(papers: Iterable<number>): Generator<undefined, void> {
    for (const paper of papers) {
      const { tally } = this;
      tally.count(paper);
      this.gone.add(paper);
      this.goneCount += 1;
      this.words.title -= tally.lengths.title;
      this.words.abstract -= tally.lengths.abstract;
      for (const term of tally.terms) {
        this.#goneHaving.set(term, (this.#goneHaving.get(term) ?? 0) + 1);
      }
      yield;
    }
  }

  /** How many of the papers that are left have a term. */
  having(term: number): number {
    const { postingEnds } = this.segment;
    const all = (postingEnds[term] ?? 0) - postingStart(this.segment, term);
    return all - (this.#goneHaving.get(term) ?? 0);
  }

  entry(text: string): number | undefined {
    return entryOf(this.segment.vocabulary, text);
  }
}
