/** The best few of many, by a heap whose root is the worst of them. */
export class Best {
  readonly #most: number;
  #scores: Float64Array;
  #items: Float64Array;
  #size = 0;

  constructor(most: number) {
    this.#most = most;
    this.#scores = new Float64Array(Math.min(most, 1024));
    this.#items = new Float64Array(Math.min(most, 1024));
  }

  /** A score must be above this to be taken. */
  get bar(): number {
    return this.#size < this.#most ? Number.NEGATIVE_INFINITY : (this.#scores[0] ?? 0);
  }

  /** Of equal scores the earlier stays. */
  offer(score: number, item: number): void {
    if (this.#size < this.#most) {
      this.#reserve();
      this.#size += 1;
      this.#rise(this.#size - 1, score, item);
    } else if (score > (this.#scores[0] ?? 0)) this.#sink(score, item);
  }

  /** Best first. */
  sorted(): { score: number; item: number }[] {
    return Array.from({ length: this.#size }, (_, i) => ({
      score: this.#scores[i] ?? 0,
      item: this.#items[i] ?? 0,
    })).sort((a, b) => b.score - a.score || a.item - b.item);
  }

  #reserve(): void {
    if (this.#size < this.#scores.length) return;
    const larger = Math.min(this.#most, this.#size * 2);
    for (const old of [this.#scores, this.#items]) {
      const grown = new Float64Array(larger);
      grown.set(old);
      if (old === this.#scores) this.#scores = grown;
      else this.#items = grown;
    }
  }

  #rise(from: number, score: number, item: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if ((this.#scores[parent] ?? 0) <= score) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#scores[at] = score;
    this.#items[at] = item;
  }

  #sink(score: number, item: number): void {
    let at = 0;
    for (let child = 1; child < this.#size; child = 2 * at + 1) {
      const right = this.#scores[child + 1] ?? Number.POSITIVE_INFINITY;
      if (child + 1 < this.#size && right < (this.#scores[child] ?? 0)) child += 1;
      if ((this.#scores[child] ?? 0) >= score) break;
      this.#move(child, at);
      at = child;
    }
    this.#scores[at] = score;
    this.#items[at] = item;
  }

  #move(from: number, to: number): void {
    this.#scores[to] = this.#scores[from] ?? 0;
    this.#items[to] = this.#items[from] ?? 0;
  }
}
