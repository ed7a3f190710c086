/** Chance that comes out the same for the same seed. */

export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** A whole number from 0 up to `below`. */
  below(below: number): number;
  one<T>(of: readonly [T, ...T[]]): T;
  /** Chance of its own for one thing, whatever else is drawn. */
  of(name: string): Chance;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  // Mulberry32: https://github.com/cprosche/mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    happens: (probability) => next() < probability,
    below: (below) => Math.floor(next() * below),
    one: (of) => of[Math.floor(next() * of.length)] ?? of[0],
    of: (name) => chance(hash(`${seed} ${name}`)),
  };
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
