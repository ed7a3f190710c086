/**
 * Feeds of any size are parsed in a thread of their own: a large one takes half a second, a hostile one may
 * take more time and memory than there is, and the bot must go on answering meanwhile.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type FeedDocument, readFeed } from './feed-items.ts';
import type { FeedAnswer } from './feed-worker.ts';
import { SourceError } from './source.ts';

/** Characters that are read in less time, some 5 ms, than a thread takes to start. */
const SMALL = 50_000;
const TIME_MAX_MS = 30_000;
const MEMORY_MAX_MB = 512;

/** The items of a feed. Throws `SourceError`: what cannot be read is garbled. */
export async function parseFeedText(
  text: string,
  who: string,
  signal: AbortSignal,
): Promise<FeedDocument> {
  try {
    return text.length <= SMALL ? readFeed(text) : await readApart(text, signal);
  } catch (cause) {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : 'no reason given';
    throw new SourceError('garbled', `${who} sent a feed that cannot be read: ${why}`, { cause });
  }
}

async function readApart(text: string, signal: AbortSignal): Promise<FeedDocument> {
  const worker = new Worker(new URL('./feed-worker.ts', import.meta.url), {
    workerData: text,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIME_MAX_MS)]);
    const [answer]: FeedAnswer[] = await once(worker, 'message', { signal: deadline });
    if (answer && 'feed' in answer) return answer.feed;
    throw new Error(answer?.problem);
  } finally {
    await worker.terminate();
  }
}
