/**
 * The papers' words, numbers and categories in memory: segments that never change, fresh papers in small
 * ones, and the background work that merges them. Papers are known by keys, whole numbers from 1.
 */

import { setImmediate as breath } from 'node:timers/promises';
import { atOnce, sliced } from '../../sliced.ts';
import { Abbreviations } from './abbreviations.ts';
import type { Lengths } from './bm25f.ts';
import type { Entry } from './entry.ts';
import { printOf } from './hash.ts';
import { type Made, Making } from './making.ts';
import { columnsOf, NO_DAY, NO_UPVOTES, SEGMENT_MAX, type Segment } from './segment.ts';
import { SegmentThread } from './segment-thread.ts';
import { Shelf } from './shelf.ts';
import { weigh } from './weigh.ts';

/** Where a paper stands. */
export interface Place {
  shelf: Shelf;
  paper: number;
}

/** Segments of about one size that are merged into one. */
const MERGE_AT = 6;
/** Papers of the largest segment that is made in the main thread: its slices stay under 20 ms. */
const MERGED_MAX = 2 ** 14;
/** Weighing is renewed when a mean length has moved by this share; it changes scores by a third of it. */
const DRIFT = 0.02;
/** Papers of segments that are weighed anew at once. */
const AT_ONCE = 512;
/** Papers that are worth a thread. */
const MANY = 64;

export class PaperIndex {
  /** A freed place stays `undefined` until a new segment takes it. */
  readonly #shelves: (Shelf | undefined)[] = [];
  /** Key → shelf × SEGMENT_MAX + paper + 1, or 0. */
  #homes = new Uint32Array(1024);
  /** Keys of papers that are being put, and by which `putting`. */
  readonly #underway = new Map<number, symbol>();
  #work: Promise<void> | undefined;
  readonly #thread: SegmentThread;
  readonly abbreviations = new Abbreviations();

  constructor(thread = new SegmentThread()) {
    this.#thread = thread;
  }

  get size(): number {
    return this.shelves.reduce((size, shelf) => size + shelf.size, 0);
  }

  get shelves(): Shelf[] {
    return this.#shelves.filter((shelf) => shelf !== undefined);
  }

  /** With which new segments are weighed: the means of what is there, or their own. */
  get #meansSoFar(): Lengths | undefined {
    return this.size ? this.means : undefined;
  }

  /** Mean words of subject of the papers there are. */
  get means(): Lengths {
    const size = Math.max(1, this.size);
    const words = { title: 0, abstract: 0 };
    for (const shelf of this.shelves) {
      words.title += shelf.words.title;
      words.abstract += shelf.words.abstract;
    }
    return { title: words.title / size, abstract: words.abstract / size };
  }

  /** How many papers have a term. */
  having(term: string): number {
    return this.shelves.reduce((sum, shelf) => {
      const entry = shelf.entry(term);
      return sum + (entry === undefined ? 0 : shelf.having(entry));
    }, 0);
  }

  /** No paper has a larger key. */
  get largestKey(): number {
    return this.#homes.length - 1;
  }

  place(key: number): Place | undefined {
    const home = (this.#homes[key] ?? 0) - 1;
    if (home < 0) return undefined;
    const shelf = this.#shelves[Math.floor(home / SEGMENT_MAX)];
    return shelf && { shelf, paper: home % SEGMENT_MAX };
  }

  /** What is known of a paper beside its words; nothing of one that is gone. */
  columnsOf(key: number): Partial<ReturnType<typeof columnsOf>> {
    const place = this.place(key);
    return place ? columnsOf(place.shelf.segment, place.paper) : {};
  }

  /** Adds papers, or replaces those of the same keys: at once, for few. */
  put(entries: readonly Entry[]): void {
    const { changed, isMine } = this.#begin(entries);
    if (changed.length) this.#end(atOnce(made(changed, this.#meansSoFar)), isMine);
  }

  /**
   * The same beside other work, for many: they are found when it is over, all together, since papers that
   * share a segment cost less. One that is put or removed meanwhile stays as that left it.
   */
  async putMany(entries: readonly Entry[]): Promise<void> {
    const { changed, isMine } = this.#begin(entries);
    if (changed.length) this.#end(await this.#made(changed), isMine);
  }

  async #made(entries: readonly Entry[]): Promise<Made> {
    if (entries.length < MANY) return sliced(made(entries, this.#meansSoFar));
    // Whatever brought so many papers here was work enough for one turn, and so is starting a thread.
    await breath();
    this.#thread.start();
    await breath();
    if (!this.#thread.isReady) return sliced(made(entries, this.#meansSoFar));
    const work = this.#thread.begin();
    work.add(entries);
    return work.finish(this.#meansSoFar);
  }

  /** Those papers whose words are new, and whether one of them is still ours to put. */
  #begin(entries: readonly Entry[]): { changed: Entry[]; isMine: (key: number) => boolean } {
    const latest = new Map(entries.map((entry) => [entry.key, entry]));
    for (const key of latest.keys()) this.#underway.delete(key);
    const changed = [...latest.values()].filter((entry) => !this.#renumber(entry));
    const mine = Symbol('put');
    for (const { key } of changed) this.#underway.set(key, mine);
    return { changed, isMine: (key) => this.#underway.get(key) === mine };
  }

  #end({ segments, met }: Made, isMine: (key: number) => boolean): void {
    for (const meeting of met) this.abbreviations.add(meeting);
    for (const segment of segments) {
      const keys = [...segment.keys];
      const overtaken = keys.flatMap((key, paper) => (isMine(key) ? [] : [paper]));
      this.remove(keys.filter(isMine));
      const shelf = new Shelf(segment);
      shelf.remove(overtaken);
      this.take(segment, shelf);
    }
    this.#tend();
  }

  /** Forgets papers; keys that are not known are passed over. */
  remove(keys: readonly number[]): void {
    const gone = new Map<Shelf, number[]>();
    for (const key of new Set(keys)) {
      this.#underway.delete(key);
      const place = this.place(key);
      if (!place) continue;
      const papers = gone.get(place.shelf) ?? [];
      gone.set(place.shelf, [...papers, place.paper]);
      this.#homes[key] = 0;
    }
    for (const [shelf, papers] of gone) shelf.remove(papers);
    this.#tend();
  }

  /** Takes a segment made elsewhere; its keys are not known yet. */
  take(segment: Segment, shelf = new Shelf(segment)): void {
    const free = this.#shelves.indexOf(undefined);
    const at = free < 0 ? this.#shelves.length : free;
    this.#shelves[at] = shelf;
    const { keys } = segment;
    for (let paper = 0; paper < keys.length; paper += 1) {
      const key = keys[paper] ?? 0;
      this.#reserve(key);
      if (!shelf.gone.has(paper)) this.#homes[key] = at * SEGMENT_MAX + paper + 1;
    }
  }

  /** Resolves when nothing is left to do in the background. */
  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  /** Writes down the numbers of a paper whose words are the same; false when they are not. */
  #renumber(entry: Entry): boolean {
    const place = this.place(entry.key);
    const segment = place?.shelf.segment;
    if (!place || !segment || segment.prints[place.paper] !== printOf(entry)) return false;
    segment.days[place.paper] = entry.day ?? NO_DAY;
    segment.upvotes[place.paper] = entry.upvotes ?? NO_UPVOTES;
    return true;
  }

  #reserve(key: number): void {
    if (key < this.#homes.length) return;
    const larger = new Uint32Array(Math.max(key + 1, this.#homes.length * 2));
    larger.set(this.#homes);
    this.#homes = larger;
  }

  #tend(): void {
    for (const shelf of this.shelves) {
      if (shelf.segment.keys.length <= AT_ONCE && this.#hasDrifted(shelf)) {
        atOnce(weigh(shelf.segment, this.means));
      }
    }
    if (this.#work || !(this.#mergeable() || this.#drifted())) return;
    this.#work = this.#tidy().finally(() => {
      this.#work = undefined;
    });
  }

  async #tidy(): Promise<void> {
    for (;;) {
      const shelves = this.#mergeable();
      if (shelves) await this.#merge(shelves);
      const drifted = this.#drifted();
      if (drifted) await sliced(weigh(drifted.segment, this.means));
      if (!shelves && !drifted) return;
    }
  }

  #drifted(): Shelf | undefined {
    return this.shelves.find((shelf) => this.#hasDrifted(shelf));
  }

  #hasDrifted({ segment: { weighedWith } }: Shelf): boolean {
    const { title, abstract } = this.means;
    const far = (a: number, b: number) => Math.abs(a - b) > DRIFT * Math.max(1, a);
    return far(title, weighedWith.title) || far(abstract, weighedWith.abstract);
  }

  /** Shelves of one order of magnitude that together make one, or one that is mostly gone. */
  #mergeable(): Shelf[] | undefined {
    const small = this.shelves.filter((shelf) => shelf.size <= MERGED_MAX / MERGE_AT);
    const half = small.find((shelf) => shelf.goneCount * 2 > shelf.segment.keys.length);
    if (half) return [half];
    const byOrder = Map.groupBy(small, (shelf) =>
      Math.floor(Math.log(shelf.size + 1) / Math.log(MERGE_AT)),
    );
    return [...byOrder.values()].find((shelves) => shelves.length >= MERGE_AT);
  }

  async #gathered(shelves: readonly Shelf[]): Promise<Made> {
    if (!this.#thread.isReady) {
      const making = new Making();
      for (const { segment, gone } of shelves) await sliced(making.gathering(segment, gone));
      return sliced(making.finishing(this.means));
    }
    const work = this.#thread.begin();
    for (const { segment, gone } of shelves) {
      work.gather(segment, gone);
      await breath();
    }
    return work.finish(this.means);
  }

  async #merge(shelves: readonly Shelf[]): Promise<void> {
    const { segments } = await this.#gathered(shelves);
    const [merged] = segments;
    const stale: number[] = [];
    for (const [paper, key] of merged?.keys.entries() ?? []) {
      const place = this.place(key);
      // Papers that were removed or replaced meanwhile stand elsewhere or nowhere.
      if (!place || !shelves.includes(place.shelf)) stale.push(paper);
      else copyNumbers(place, merged, paper);
    }
    for (const shelf of shelves) this.#shelves[this.#shelves.indexOf(shelf)] = undefined;
    if (!merged) return;
    const shelf = new Shelf(merged);
    shelf.remove(stale);
    this.take(merged, shelf);
  }
}

/** Numbers may have been renewed in the old place while the new one was made. */
function copyNumbers({ shelf: { segment }, paper }: Place, to: Segment | undefined, as: number) {
  if (!to) return;
  to.days[as] = segment.days[paper] ?? NO_DAY;
  to.upvotes[as] = segment.upvotes[paper] ?? NO_UPVOTES;
}

function* made(entries: readonly Entry[], means: Lengths | undefined): Generator<undefined, Made> {
  const making = new Making();
  yield* making.adding(entries);
  return yield* making.finishing(means);
}
