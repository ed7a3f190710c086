/** A list of unsigned 32-bit numbers that grows, four bytes each. */
export class Growing {
  #items: Uint32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.#items = new Uint32Array(capacity);
  }

  push(item: number): void {
    if (this.length === this.#items.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length] = item;
    this.length += 1;
  }

  at(i: number): number {
    return this.#items[i] ?? 0;
  }

  /** Counts one more. */
  add(i: number): void {
    this.#items[i] = (this.#items[i] ?? 0) + 1;
  }

  set(i: number, item: number): void {
    this.#items[i] = item;
  }

  /** The items so far, valid until the next push. */
  view(): Uint32Array<ArrayBuffer> {
    return this.#items.subarray(0, this.length);
  }

  copy(): Uint32Array<ArrayBuffer> {
    return this.#items.slice(0, this.length);
  }
}
