/** Walks over postings: sorted lists of paper << 8 | impact. */
import { postingStart, type Segment } from './segment.ts';

/** Impacts are shares of this. */
export const IMPACT_FULL = 255;

/** Finding one paper in a stretch costs as much as walking over so many postings. */
export const SEEK_COST = 12;

/** A stretch of a segment's postings: those of one term. */
export interface Stretch {
  start: number;
  end: number;
}

export function stretchOf(segment: Segment, entry: number): Stretch {
  return { start: postingStart(segment, entry), end: segment.postingEnds[entry] ?? 0 };
}

/** The papers of a stretch. */
export function papersIn({ postings }: Segment, { start, end }: Stretch): Uint32Array<ArrayBuffer> {
  const papers = postings.slice(start, end);
  for (let i = 0; i < papers.length; i += 1) papers[i] = (papers[i] ?? 0) >>> 8;
  return papers;
}

/** The first place at or after `from` whose paper is that one or a later one. */
export function seek(postings: Uint32Array, from: number, end: number, paper: number): number {
  const wanted = (paper << 8) >>> 0;
  let low = from;
  let step = 1;
  while (low + step < end && (postings[low + step] ?? 0) < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(end, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((postings[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of a sorted list of papers that stand in a stretch, in place. */
export function intersect(
  { postings }: Segment,
  { start, end }: Stretch,
  papers: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  let kept = 0;
  let at = start;
  const isDense = end - start < papers.length * SEEK_COST;
  for (const paper of papers) {
    if (isDense) while (at < end && (postings[at] ?? 0) >>> 8 < paper) at += 1;
    else at = seek(postings, at, end, paper);
    if (at === end) break;
    if ((postings[at] ?? 0) >>> 8 !== paper) continue;
    papers[kept] = paper;
    kept += 1;
  }
  return papers.subarray(0, kept);
}
