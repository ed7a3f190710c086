/** Reads one feed in a thread of its own, given as `workerData`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type FeedDocument, readFeed } from './feed-items.ts';

export type FeedAnswer = { feed: FeedDocument } | { problem: string };

function answer(): FeedAnswer {
  try {
    return { feed: readFeed(String(workerData)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(answer());
