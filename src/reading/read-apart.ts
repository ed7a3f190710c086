/**
 * Documents are read in a thread of their own: a long one takes seconds, a hostile one may take more time and
 * memory than there is, and the bot must go on answering meanwhile.
 */
import { once } from 'node:events';
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
  try {
    const [answer]: Answer[] = await once(worker, 'message', { signal: deadline });
    if (answer && 'reading' in answer) return answer.reading;
    throw new UnreadableError(answer?.problem);
  } catch (cause) {
    if (cause instanceof UnreadableError) throw cause;
    const why = deadline.aborted ? 'takes too long to read' : 'takes too much memory to read';
    throw new UnreadableError(why, { cause });
  } finally {
    await worker.terminate();
  }
}
