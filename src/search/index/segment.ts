/** Papers indexed together, in typed arrays that never change but for their weights. */
import type { Lengths } from './bm25f.ts';
import type { Heads } from './heads.ts';
import type { Texts } from './text.ts';

/** Papers of one segment; with its number beside it, a paper's place still fits 32 bits. */
export const SEGMENT_MAX = 2 ** 17;

/** A day before all days: the paper states none. */
export const NO_DAY = -(2 ** 31);
/** The source counts no upvotes. */
export const NO_UPVOTES = -1;

export interface Segment extends Texts {
  /** Paper → the key the catalogue gave it. */
  keys: Uint32Array<ArrayBuffer>;
  /** Days since 1970 a paper was published, or `NO_DAY`. */
  days: Int32Array<ArrayBuffer>;
  upvotes: Int32Array<ArrayBuffer>;
  /** Where a paper's labels (`labels.ts`) end in `labels`. */
  labelEnds: Uint32Array<ArrayBuffer>;
  /** Numbers into `labelNames`. */
  labels: Uint16Array<ArrayBuffer>;
  labelNames: string[];
  /** Hash of everything searched in a paper but its numbers. */
  prints: Uint32Array<ArrayBuffer>;
  /** Hash of a title's words of subject, for a title that is the query. */
  titles: Uint32Array<ArrayBuffer>;

  heads: Heads;

  /** Term → papers that have it, in order: number of the paper << 8 | impact of 255. */
  postings: Uint32Array<ArrayBuffer>;
  /** Where an entry's postings end. */
  postingEnds: Uint32Array<ArrayBuffer>;
  /** Words of subject in all titles and all abstracts. */
  words: Lengths;
  /** The mean lengths the impacts were weighed with. */
  weighedWith: Lengths;
}

/** Where an entry's postings start. */
export function postingStart({ postingEnds }: Segment, entry: number): number {
  return postingEnds[entry - 1] ?? 0;
}

/** What is known of a paper beside its words. */
export function columnsOf(
  { labels, labelEnds, labelNames, days, upvotes }: Segment,
  paper: number,
): { labels: string[]; day?: number; upvotes?: number } {
  const day = days[paper] ?? NO_DAY;
  const count = upvotes[paper] ?? NO_UPVOTES;
  const own = labels.subarray(labelEnds[paper - 1] ?? 0, labelEnds[paper]);
  return {
    labels: Array.from(own, (name) => labelNames[name] ?? ''),
    ...(day !== NO_DAY && { day }),
    ...(count !== NO_UPVOTES && { upvotes: count }),
  };
}
