/** A thread that makes segments, so that the one that answers people has only to pass papers on. */
import { Worker } from 'node:worker_threads';
import type { Bitset } from './bitset.ts';
import type { Lengths } from './bm25f.ts';
import type { Entry } from './entry.ts';
import type { Made } from './making.ts';
import type { Segment } from './segment.ts';

export type ToThread = { work: number } & (
  | { add: readonly Entry[] }
  | { gather: Segment; gone: Uint32Array<ArrayBuffer> }
  | { means: Lengths | undefined }
);

export type FromThread =
  | 'ready'
  | ({ work: number } & ({ bad: number; error: unknown } | { added: number } | { made: Made }));

/** One of the things that a thread does at a time. */
export interface Work {
  /** Papers added that it has not come to yet. */
  readonly waiting: number;
  add(entries: readonly Entry[]): void;
  /** Adds the papers of a segment that are not gone. */
  gather(segment: Segment, gone: Bitset): void;
  /** See `Making`; throws when the thread has died. */
  finish(means?: Lengths): Promise<Made>;
}

interface Underway extends Work {
  waiting: number;
  onBad(key: number, error: unknown): void;
  result: PromiseWithResolvers<Made>;
}

/** A thread without work ends after so many milliseconds. */
const IDLE_MS = 20_000;

/** Texts pass through in great numbers: with more room for what is young, a tenth less work in all. */
export const resourceLimits = { maxYoungGenerationSizeMb: 64 };

export class SegmentThread {
  #worker: Worker | undefined;
  #isReady = false;
  #last = 0;
  readonly #works = new Map<number, Underway>();
  #idle: NodeJS.Timeout | undefined;

  /** Whether it can begin; a process that ends does not wait for it. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Starts it where need be: it is ready some tenth of a second later. */
  start(): void {
    if (this.#worker) return;
    const worker = new Worker(new URL('./segment-worker.ts', import.meta.url), { resourceLimits });
    this.#worker = worker;
    worker.unref();
    worker.on('message', (message: FromThread) => this.#heed(message));
    worker.on('error', (error) => this.#end(worker, error));
    worker.on('exit', (code) => this.#end(worker, new Error(`The thread stopped with ${code}`)));
    this.#rest();
  }

  /** Begins something, in a thread that is ready. */
  begin(onBad: Underway['onBad'] = () => {}): Work {
    const worker = this.#worker;
    this.#last += 1;
    const work = this.#last;
    const tell = (order: ToThread) => worker?.postMessage(order);
    const result = Promise.withResolvers<Made>();
    const underway: Underway = {
      waiting: 0,
      onBad,
      result,
      add(entries) {
        underway.waiting += entries.length;
        tell({ work, add: entries });
      },
      gather: (gather, { bits: gone }) => tell({ work, gather, gone }),
      finish(means) {
        tell({ work, means });
        return result.promise;
      },
    };
    this.#works.set(work, underway);
    // One that dies is told of to whoever waits for the end.
    result.promise.catch(() => {});
    clearTimeout(this.#idle);
    worker?.ref();
    return underway;
  }

  #heed(message: FromThread): void {
    if (message === 'ready') {
      this.#isReady = true;
      return;
    }
    const underway = this.#works.get(message.work);
    if ('bad' in message) underway?.onBad(message.bad, message.error);
    else if ('added' in message && underway) underway.waiting -= message.added;
    else if ('made' in message) {
      this.#works.delete(message.work);
      underway?.result.resolve(message.made);
      if (!this.#works.size) this.#rest();
    }
  }

  #rest(): void {
    const worker = this.#worker;
    worker?.unref();
    this.#idle = setTimeout(() => {
      this.#worker = undefined;
      this.#isReady = false;
      void worker?.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #end(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#isReady = false;
    for (const { result } of this.#works.values()) result.reject(error);
    this.#works.clear();
  }
}
