/**
 * Papers found by their words and papers near in meaning, as one list: reciprocal rank fusion, after Cormack,
 * Clarke and Büttcher, SIGIR 2009, whose k it takes.
 */
import type { PaperId } from '../model/paper.ts';
import type { Found } from './engine.ts';
import { TITLE } from './index/rank.ts';

const K = 60;

/**
 * The best of both, first; a paper whose title was typed stays before all. What is only near has the least
 * score of those that have the words, since nearness is no measure of them.
 */
export function fused(byWords: readonly Found[], near: readonly PaperId[]): readonly Found[] {
  if (!near.length) return byWords;
  const places = new Map(near.map((id, place) => [id, place]));
  const least = Math.min(1, ...byWords.map(({ score }) => score));
  const known = new Set(byWords.map(({ id }) => id));
  const onlyNear = near.filter((id) => !known.has(id)).map((id) => ({ id, score: least }));
  const worth = (found: Found, place: number | undefined) => {
    const nearPlace = places.get(found.id);
    const byPlace = (at: number | undefined) => (at === undefined ? 0 : 1 / (K + at + 1));
    return (found.score >= TITLE ? 1 : 0) + byPlace(place) + byPlace(nearPlace);
  };
  return [
    ...byWords.map((found, place) => ({ found, worth: worth(found, place) })),
    ...onlyNear.map((found) => ({ found, worth: worth(found, undefined) })),
  ]
    .sort((a, b) => b.worth - a.worth)
    .map(({ found }) => found);
}
