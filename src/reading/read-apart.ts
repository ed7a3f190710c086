/**
 * Documents are read in a thread of their own: a long one takes seconds, a hostile one may take more time and
 * memory than there is, and the bot must go on answering meanwhile.
 */
import { once } from 'node:events';
import { setInterval } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Document, Reading } from '../model/full-text.ts';
import { UnreadableError } from './unreadable.ts';
import type { Answer } from './worker.ts';

export interface ReadingLimits {
  /** Milliseconds. Default 60,000. */
  timeMs?: number;
  /** Megabytes of the thread. Default 512. */
  memoryMb?: number;
}

/** Milliseconds between two looks at what a thread holds. */
const LOOK_MS = 100;

/** Throws `UnreadableError`. */
export async function readApart(
  document: Document,
  { timeMs = 60_000, memoryMb = 512 }: ReadingLimits = {},
): Promise<Reading> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: document,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const deadline = AbortSignal.timeout(timeMs);
  const over = new AbortController();
  try {
    const [answer]: Answer[] = await Promise.race([
      once(worker, 'message', { signal: deadline }),
      outgrown(worker, memoryMb, over.signal),
    ]);
    if (answer && 'reading' in answer) return answer.reading;
    throw new UnreadableError(answer?.problem);
  } catch (cause) {
    if (cause instanceof UnreadableError) throw cause;
    const why = deadline.aborted ? 'takes too long to read' : 'takes too much memory to read';
    throw new UnreadableError(why, { cause });
  } finally {
    over.abort();
    await worker.terminate();
  }
}

/** Fails when the thread holds too much outside its heap, which has no limit: a short PDF may unpack to gigabytes. */
async function outgrown(worker: Worker, memoryMb: number, over: AbortSignal): Promise<never> {
  for await (const _ of setInterval(LOOK_MS, undefined, { signal: over })) {
    // A thread that is over holds nothing.
    const held = await worker.getHeapStatistics().catch(() => undefined);
    if (held && held.external_memory > memoryMb * 1_000_000) break;
  }
  throw new Error('the thread holds too much memory');
}
