/** Segments being made of any number of papers, with the abbreviations these introduce. */
import { Abbreviations, type Meeting } from './abbreviations.ts';
import type { Bitset } from './bitset.ts';
import type { Lengths } from './bm25f.ts';
import { SegmentBuilder } from './builder.ts';
import type { Entry } from './entry.ts';
import { SEGMENT_MAX, type Segment } from './segment.ts';

export interface Made {
  segments: Segment[];
  /** In every paper that was made of its text. */
  met: Meeting[];
}

/** Works in slices. */
export class Making {
  readonly #segments: Segment[] = [];
  readonly #abbreviations = new Abbreviations([]);
  #builder = new SegmentBuilder();

  /** Adds papers from their text; throws at one that is none, unless told whom to tell. */
  *adding(entries: readonly Entry[], onBad?: (key: number, error: unknown) => void) {
    for (const entry of entries) {
      if (this.#builder.size === SEGMENT_MAX) yield* this.#ending();
      try {
        this.#builder.add(entry);
        this.#abbreviations.learn(`${entry.title}\n${entry.abstract}`);
      } catch (error) {
        if (!onBad) throw error;
        onBad(entry.key, error);
      }
      yield;
    }
  }

  /** Adds the papers of a segment that are not gone: fewer than fill one. */
  *gathering(segment: Segment, gone: Bitset) {
    const add = this.#builder.from(segment);
    for (let paper = 0; paper < segment.keys.length; paper += 1) {
      if (!gone.has(paper)) add(paper);
      yield;
    }
  }

  /** All of it; `means` are those of the collection, or undefined for each segment's own. */
  *finishing(means: Lengths | undefined): Generator<undefined, Made> {
    if (this.#builder.size) yield* this.#ending(means);
    return { segments: this.#segments, met: this.#abbreviations.met(1) };
  }

  *#ending(means?: Lengths): Generator<undefined, void> {
    this.#segments.push(yield* this.#builder.finish(means));
    this.#builder = new SegmentBuilder();
  }
}
