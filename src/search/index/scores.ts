/** Scores of one shelf's papers, term at a time over quantised impacts: 3 to 4 ns a posting. */
import type { Papers } from './paper-lists.ts';
import { IMPACT_FULL, SEEK_COST, seek, stretchOf } from './postings.ts';
import { SEGMENT_MAX } from './segment.ts';
import type { Shelf } from './shelf.ts';

/** A term of the question in a shelf. */
export interface Weighted {
  entry: number;
  /** Its share of the question times its rarity. */
  weight: number;
}

/** Wiping one score costs as much as wiping so many in a row. */
const WIPE_COST = 8;

/** One set for all searches, which run one after the other; all zero between them. */
const scores = new Float32Array(SEGMENT_MAX);
const scoreBits = new Uint32Array(scores.buffer);
/** The papers that have one. */
const scored = new Uint32Array(SEGMENT_MAX);

/** Who takes scores. */
export interface Taker {
  /** No score that is not above this is taken. */
  bar: number;
  /** Takes one that is and gives the bar for the next. */
  above(paper: number, score: number): number;
}

export interface These extends Taker {
  list: Papers;
  /** A paper of this title (`Segment.titles`) is taken whatever its score; 0 for none. */
  title: number;
}

export interface Others extends Taker {
  /** Leaves those of a list that may come; undefined: all may. */
  keep: ((papers: Papers) => Papers) | undefined;
}

/** Hands over the scores of the papers of a list. */
export function scoreThese(shelf: Shelf, terms: readonly Weighted[], these: These): void {
  const { list } = these;
  const isFew = list.length * terms.length * SEEK_COST < postingsOf(shelf, terms);
  if (isFew) addTo(list, shelf, terms);
  else addAll(shelf, terms);
  takeThese(shelf, these);
  if (isFew) for (const paper of list) scores[paper] = 0;
  else forget(shelf, terms);
}

/** The same, and then those of the other papers that have a term; gives how many those are. */
export function scoreAll(
  shelf: Shelf,
  terms: readonly Weighted[],
  these: These,
  others: Others,
): number {
  addAll(shelf, terms);
  takeThese(shelf, these);
  for (const paper of these.list) scores[paper] = 0;
  try {
    return others.keep ? takeKept(shelf, others.keep, others) : takeAll(shelf, others);
  } finally {
    forget(shelf, terms);
  }
}

function takeThese(
  { segment: { titles } }: Shelf,
  { list, bar: first, above, title }: These,
): void {
  let bar = first;
  for (const paper of list) {
    const score = scores[paper] ?? 0;
    if (score > bar || (title !== 0 && titles[paper] === title)) bar = above(paper, score);
  }
}

function takeAll(shelf: Shelf, { bar: first, above }: Taker): number {
  forgetGone(shelf);
  const size = shelf.segment.keys.length;
  let bar = Math.max(0, first);
  let having = 0;
  for (let paper = 0; paper < size; paper += 1) {
    const score = scores[paper] ?? 0;
    having += isScored(paper);
    if (score > bar) bar = Math.max(0, above(paper, score));
  }
  return having;
}

function takeKept(
  shelf: Shelf,
  keep: (papers: Papers) => Papers,
  { bar: first, above }: Taker,
): number {
  forgetGone(shelf);
  const size = shelf.segment.keys.length;
  let count = 0;
  for (let paper = 0; paper < size; paper += 1) {
    scored[count] = paper;
    count += isScored(paper);
  }
  const kept = keep(scored.subarray(0, count));
  let bar = first;
  for (const paper of kept) {
    const score = scores[paper] ?? 0;
    if (score > bar) bar = above(paper, score);
  }
  return kept.length;
}

/** 1 or 0, by arithmetic: whether a paper has any of some words is a coin's toss, and guessing it costs more. */
function isScored(paper: number): number {
  const bits = scoreBits[paper] ?? 0;
  return (bits | -bits) >>> 31;
}

function forgetGone({ gone, goneCount }: Shelf): void {
  if (goneCount) for (const paper of gone.list()) scores[paper] = 0;
}

function postingsOf({ segment }: Shelf, terms: readonly Weighted[]): number {
  let postings = 0;
  for (const { entry } of terms) {
    const { start, end } = stretchOf(segment, entry);
    postings += end - start;
  }
  return postings;
}

/** Wipes what `addAll` wrote. */
function forget(shelf: Shelf, terms: readonly Weighted[]): void {
  const { segment } = shelf;
  if (postingsOf(shelf, terms) * WIPE_COST > segment.keys.length) {
    scores.fill(0, 0, segment.keys.length);
    return;
  }
  for (const { entry } of terms) {
    const { start, end } = stretchOf(segment, entry);
    for (let at = start; at < end; at += 1) scores[(segment.postings[at] ?? 0) >>> 8] = 0;
  }
}

function addAll(shelf: Shelf, terms: readonly Weighted[]): void {
  const { postings } = shelf.segment;
  for (const { entry, weight } of terms) {
    const { start, end } = stretchOf(shelf.segment, entry);
    const share = weight / IMPACT_FULL;
    for (let at = start; at < end; at += 1) {
      const posting = postings[at] ?? 0;
      const paper = posting >>> 8;
      scores[paper] = (scores[paper] ?? 0) + share * (posting & IMPACT_FULL);
    }
  }
}

function addTo(list: Papers, shelf: Shelf, terms: readonly Weighted[]): void {
  const { postings } = shelf.segment;
  for (const { entry, weight } of terms) {
    const { start, end } = stretchOf(shelf.segment, entry);
    let at = start;
    for (const paper of list) {
      at = seek(postings, at, end, paper);
      if (at === end) break;
      const posting = postings[at] ?? 0;
      if (posting >>> 8 !== paper) continue;
      scores[paper] = (scores[paper] ?? 0) + (weight / IMPACT_FULL) * (posting & IMPACT_FULL);
    }
  }
}
