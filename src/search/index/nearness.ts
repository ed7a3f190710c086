/** How close together, and in order, neighbours of the question stand in a paper. */
import type { Weighted } from './scores.ts';
import type { Shelf } from './shelf.ts';

/** What standing next to each other in order, and standing close in any, adds to a pair of words. */
const IN_ORDER = 0.1;
const CLOSE = 0.05;
/** One word may stand between two that are in order. */
const IN_ORDER_WITHIN = 2;
const CLOSE_WITHIN = 8;
/** A second such place adds less than the first. */
const SATURATES_AT = 1.2;

/** More of the last words than can be close to one. */
const LAST = 16;
/** Their numbers and places; one set for all searches, which run one after the other. */
const metWords = new Uint8Array(LAST);
const metPlaces = new Uint32Array(LAST);

interface Pair {
  weight: number;
  inOrder: number;
  close: number;
}

export interface Nearness {
  clear(): void;
  /** A word of the question, by its number, at a place of the field. */
  meet(word: number, place: number): void;
  endField(): void;
  score(): number;
  /** No paper's score is higher. */
  most: number;
}

export function nearnessOf(
  shelf: Shelf,
  terms: readonly Weighted[],
  row: readonly string[],
): Nearness {
  const numbers = new Map(terms.map(({ entry }, number) => [entry, number]));
  const words = row.map((term) => numbers.get(shelf.entry(term) ?? -1));
  const pairs: Pair[] = [];
  /** First word × terms + second word → their pair. */
  const pairOf = new Array<Pair | undefined>(terms.length ** 2);
  for (const [i, second] of words.entries()) {
    const first = words[i - 1];
    if (first === undefined || second === undefined || first === second) continue;
    const key = first * terms.length + second;
    if (pairOf[key]) continue;
    const weight = Math.min(terms[first]?.weight ?? 0, terms[second]?.weight ?? 0);
    const pair = { weight, inOrder: 0, close: 0 };
    pairs.push(pair);
    pairOf[key] = pair;
  }
  /** Words of the question that the field had so far. */
  let met = 0;

  return {
    clear() {
      met = 0;
      for (const pair of pairs) {
        pair.inOrder = 0;
        pair.close = 0;
      }
    },
    meet(word, place) {
      for (let i = met - 1; i >= 0; i -= 1) {
        const before = metWords[i % LAST] ?? 0;
        const distance = place - (metPlaces[i % LAST] ?? 0);
        if (distance > CLOSE_WITHIN) break;
        const forward = pairOf[before * terms.length + word];
        const backward = pairOf[word * terms.length + before];
        if (forward) {
          forward.close += 1;
          if (distance <= IN_ORDER_WITHIN) forward.inOrder += 1;
        }
        if (backward) backward.close += 1;
      }
      metWords[met % LAST] = word;
      metPlaces[met % LAST] = place;
      met += 1;
    },
    endField() {
      met = 0;
    },
    score: () =>
      pairs.reduce(
        (sum, { weight, inOrder, close }) =>
          sum +
          (weight * IN_ORDER * inOrder) / (inOrder + SATURATES_AT) +
          (weight * CLOSE * close) / (close + SATURATES_AT),
        0,
      ),
    most: pairs.reduce((sum, { weight }) => sum + weight * (IN_ORDER + CLOSE), 0),
  };
}
