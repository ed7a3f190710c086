/**
 * What is known of words as they stand in texts, found by their letters in place: making a string of each
 * and asking a Map for it takes several times as long, and a catalogue has tens of millions.
 */

/** Slots at first; a power of two. */
const SLOTS = 2 ** 12;
/** Slots are doubled when more of them are taken. */
const FULL = 0.6;

export class WrittenWords<Value> {
  readonly #values: Value[] = [];
  /** Word → where it ends in `#letters`, and its hash. */
  #ends = new Uint32Array(SLOTS);
  #hashes = new Int32Array(SLOTS);
  /** UTF-16, one word after the other. */
  #letters = new Uint16Array(SLOTS * 8);
  /** Open addressing: word + 1, or 0. */
  #slots = new Uint32Array(SLOTS);

  /** What is known of the word that stands there, made if need be. */
  of(text: string, start: number, end: number, make: (found: string) => Value): Value {
    const hash = hashOf(text, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const word = (this.#slots[slot] ?? 0) - 1;
      if (word < 0) break;
      if (this.#hashes[word] !== hash || !this.#isAt(word, text, start, end)) continue;
      return this.#values[word] as Value;
    }
    const value = make(text.slice(start, end));
    this.#add(text, { start, end, hash }, value);
    return value;
  }

  #isAt(word: number, text: string, start: number, end: number): boolean {
    const letters = this.#letters;
    const from = this.#ends[word - 1] ?? 0;
    if ((this.#ends[word] ?? 0) - from !== end - start) return false;
    for (let i = start, at = from; i < end; i += 1, at += 1) {
      if (letters[at] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #add(
    text: string,
    { start, end, hash }: { start: number; end: number; hash: number },
    value: Value,
  ): void {
    const word = this.#values.length;
    if (word >= this.#slots.length * FULL) this.#double();
    let at = this.#ends[word - 1] ?? 0;
    if (at + end - start > this.#letters.length) {
      const letters = new Uint16Array(2 * this.#letters.length + end - start);
      letters.set(this.#letters);
      this.#letters = letters;
    }
    for (let i = start; i < end; i += 1, at += 1) this.#letters[at] = text.charCodeAt(i);
    this.#ends[word] = at;
    this.#hashes[word] = hash;
    this.#values.push(value);
    this.#place(word);
  }

  #double(): void {
    const size = this.#slots.length * 2;
    const [ends, hashes] = [new Uint32Array(size), new Int32Array(size)];
    ends.set(this.#ends);
    hashes.set(this.#hashes);
    [this.#ends, this.#hashes, this.#slots] = [ends, hashes, new Uint32Array(size)];
    for (let word = 0; word < this.#values.length; word += 1) this.#place(word);
  }

  #place(word: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[word] ?? 0) & mask;
    while (this.#slots[slot]) slot = (slot + 1) & mask;
    this.#slots[slot] = word + 1;
  }
}

/** FNV-1a over UTF-16, its high bits folded into the low ones that choose the slot. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
