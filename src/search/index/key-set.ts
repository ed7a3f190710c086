/** Keys of papers in bits. */
import { Bitset } from './bitset.ts';

/** A `Set` because Orama says so; bits because it only asks `has` and iterates. */
export class KeySet extends Set<number> {
  readonly #bits: Bitset;

  /** For keys up to the largest one. */
  constructor(largest: number) {
    super();
    this.#bits = new Bitset(largest + 1);
  }

  override add(key: number): this {
    this.#bits.add(key);
    return this;
  }

  override has(key: number): boolean {
    return this.#bits.has(key);
  }

  override get size(): number {
    return this.#bits.count();
  }

  override [Symbol.iterator](): SetIterator<number> {
    return new Set(this.#bits.list()).values();
  }
}
