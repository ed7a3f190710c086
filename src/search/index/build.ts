/** A whole index made in a worker thread, which reads the papers itself: the main thread goes on answering. */
import { Worker } from 'node:worker_threads';
import type { Paper, PaperId } from '../../model/paper.ts';
import type { Meeting } from './abbreviations.ts';
import type { PaperIds } from './paper-ids.ts';
import type { Segment } from './segment.ts';
import { resourceLimits } from './segment-thread.ts';

/** Where the worker gets the papers from: a module whose default export is a `PaperReader`. */
export interface PapersAt {
  module: string;
  /** Given to the reader; must survive structured cloning. */
  options: unknown;
}

export type PaperReader = (options: unknown) => AsyncIterable<readonly Paper[]>;

export interface Built {
  /** Key n is the n-th paper read. */
  segments: Segment[];
  ids: PaperIds;
  abbreviations: Meeting[];
}

export type FromWorker = { read: number } | { bad: PaperId; error: unknown } | { built: Built };

export interface BuildOptions {
  onProgress?: (read: number) => void;
  /** Told of a paper that cannot be indexed, and why. */
  onBadPaper?: (id: PaperId, error: unknown) => void;
  /** Ends the work. */
  signal?: AbortSignal;
}

/** Throws what the worker threw, and when `signal` aborts. */
export async function build(
  papers: PapersAt,
  { onProgress = () => {}, onBadPaper = () => {}, signal }: BuildOptions = {},
): Promise<Built> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Built>();
  const worker = new Worker(new URL('./build-worker.ts', import.meta.url), {
    workerData: papers,
    resourceLimits,
  });
  worker.on('message', (message: FromWorker) => {
    if ('read' in message) onProgress(message.read);
    else if ('bad' in message) onBadPaper(message.bad, message.error);
    else resolve(message.built);
  });
  worker.on('error', reject);
  worker.on('exit', (code) => reject(new Error(`The index worker stopped with ${code}`)));
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop);
  return await promise.finally(() => signal?.removeEventListener('abort', stop));
}
