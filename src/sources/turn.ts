/** Turns within one process: for a bot whose database nobody else shares. */
import PQueue from 'p-queue';
import type { Turn } from './source.ts';

/** arXiv's own number: https://info.arxiv.org/help/api/tou.html */
export const ARXIV_PAUSE_MS = 3000;

/** One request at a time, at most one in any `pauseMs`, in the order they came. */
export function createTurn(pauseMs = ARXIV_PAUSE_MS): Turn {
  const queue = new PQueue({ concurrency: 1, interval: pauseMs, intervalCap: 1, strict: true });
  return (run, signal) => queue.add(run, { signal });
}
