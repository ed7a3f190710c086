/**
 * The vectors of papers, in memory: eight bits a number, so that 100,000 papers of 384 take 38 MB, compared one
 * after the other. Orama's own are lists of numbers that a search takes away, compared with a bar that hides
 * ordinary nearness.
 */
import { setImmediate } from 'node:timers/promises';
import type { PaperId } from '../model/paper.ts';
import { Best } from './index/best.ts';

/** Milliseconds of comparing before others have their turn, and papers between looks at the clock. */
const SLICE_MS = 2;
const SLICE = 100;
/**
 * Standard deviations above the nearness of an average paper: what is near differs from model to model, and the
 * nearest of a small catalogue need not be near.
 */
const STANDS_OUT = 2;
/** The largest of a vector's numbers becomes this. */
const LARGEST = 127;

export class Vectors {
  readonly #slots = new Map<PaperId, number>();
  /** Undefined where a paper was taken away. */
  #ids: (PaperId | undefined)[] = [];
  /** Numbers of a vector. */
  #size = 0;
  #numbers = new Int8Array();
  /** What each vector's numbers are multiplied by, so that its length is 1. */
  #scales = new Float32Array();

  get count(): number {
    return this.#slots.size;
  }

  /** Adds or replaces a paper's vector; one of another size than those there are takes the place of them all. */
  put(id: PaperId, vector: Float32Array): void {
    if (vector.length !== this.#size) this.#begin(vector.length);
    const slot = this.#slots.get(id) ?? this.#ids.length;
    this.#slots.set(id, slot);
    this.#ids[slot] = id;
    this.#reserve(slot + 1);
    let most = 0;
    let squares = 0;
    for (const number of vector) {
      most = Math.max(most, Math.abs(number));
      squares += number * number;
    }
    this.#scales[slot] = most / LARGEST / (Math.sqrt(squares) || 1);
    const start = slot * this.#size;
    for (let i = 0; i < vector.length; i += 1) {
      this.#numbers[start + i] = Math.round(((vector[i] ?? 0) / (most || 1)) * LARGEST);
    }
  }

  remove(id: PaperId): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#ids[slot] = undefined;
  }

  /**
   * The papers nearest to a vector, by cosine, of those that are allowed and stand out from all; others have
   * their turn meanwhile.
   */
  async nearest(
    vector: Float32Array,
    limit: number,
    allows: (id: PaperId) => boolean,
  ): Promise<PaperId[]> {
    const ids = this.#ids;
    if (vector.length !== this.#size) return [];
    const best = new Best(limit);
    const all = { count: 0, sum: 0, squares: 0 };
    let since = performance.now();
    for (let from = 0; from < ids.length; from += SLICE) {
      this.#compare(vector, from, Math.min(ids.length, from + SLICE), (slot, nearness) => {
        const id = ids[slot];
        if (id === undefined) return;
        all.count += 1;
        all.sum += nearness;
        all.squares += nearness * nearness;
        if (nearness > best.bar && allows(id)) best.offer(nearness, slot);
      });
      if (performance.now() - since < SLICE_MS) continue;
      await setImmediate();
      // Vectors of another model have come meanwhile.
      if (ids !== this.#ids) return [];
      since = performance.now();
    }
    const mean = all.sum / all.count;
    const spread = Math.sqrt(Math.max(0, all.squares / all.count - mean * mean));
    const bar = mean + STANDS_OUT * spread;
    return best.sorted().flatMap(({ item, score }) => (score > bar ? (ids[item] ?? []) : []));
  }

  #compare(
    vector: Float32Array,
    from: number,
    to: number,
    take: (slot: number, nearness: number) => void,
  ): void {
    const numbers = this.#numbers;
    const size = this.#size;
    for (let slot = from; slot < to; slot += 1) {
      let sum = 0;
      for (let i = 0, at = slot * size; i < size; i += 1, at += 1) {
        sum += (vector[i] ?? 0) * (numbers[at] ?? 0);
      }
      take(slot, sum * (this.#scales[slot] ?? 0));
    }
  }

  #begin(size: number): void {
    this.#slots.clear();
    this.#ids = [];
    this.#size = size;
    this.#numbers = new Int8Array();
    this.#scales = new Float32Array();
  }

  #reserve(slots: number): void {
    if (slots <= this.#scales.length) return;
    const room = Math.max(1_024, Math.ceil(slots * 1.5));
    const numbers = new Int8Array(room * this.#size);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const scales = new Float32Array(room);
    scales.set(this.#scales);
    this.#scales = scales;
  }
}
