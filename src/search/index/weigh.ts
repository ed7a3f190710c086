/** Fills in a segment's postings: which papers have a term, and how much they are about it. */
import { impact, type Lengths, worths } from './bm25f.ts';
import { IMPACT_FULL } from './postings.ts';
import type { Segment } from './segment.ts';
import { Tally } from './tally.ts';

const SLICE = 64;

/**
 * Weighs every posting with these mean lengths, in slices. A search between two slices sees some papers
 * weighed the old way and some the new, which is as good as either.
 */
export function* weigh(segment: Segment, means: Lengths): Generator<undefined, void> {
  const { postings, postingEnds, keys } = segment;
  const tally = new Tally(segment);
  const next = new Uint32Array(postingEnds.length);
  if (next.length) next.set(postingEnds.subarray(0, -1), 1);
  for (let paper = 0; paper < keys.length; paper += 1) {
    tally.count(paper);
    const worth = worths(tally.lengths, means);
    for (const term of tally.terms) {
      const at = next[term] ?? 0;
      const share = Math.round(IMPACT_FULL * impact(tally.of(term), worth));
      postings[at] = ((paper << 8) | Math.max(1, share)) >>> 0;
      next[term] = at + 1;
    }
    if (paper % SLICE === SLICE - 1) yield;
  }
  segment.weighedWith = means;
}
