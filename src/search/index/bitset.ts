/** A set of small whole numbers, one bit each. */
export class Bitset {
  readonly bits: Uint32Array<ArrayBuffer>;

  constructor(size: number | Uint32Array<ArrayBuffer>) {
    this.bits = typeof size === 'number' ? new Uint32Array((size + 31) >>> 5) : size;
  }

  has(i: number): boolean {
    return (((this.bits[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;
  }

  add(i: number): void {
    this.bits[i >>> 5] = (this.bits[i >>> 5] ?? 0) | (1 << (i & 31));
  }

  /** The members, smallest first. */
  list(): Uint32Array<ArrayBuffer> {
    const found = new Uint32Array(this.count());
    let n = 0;
    for (let at = 0; at < this.bits.length; at += 1) {
      for (let left = this.bits[at] ?? 0; left; left &= left - 1) {
        found[n] = at * 32 + 31 - Math.clz32(left & -left);
        n += 1;
      }
    }
    return found;
  }

  count(): number {
    let n = 0;
    for (let word of this.bits) {
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      n += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return n;
  }
}
