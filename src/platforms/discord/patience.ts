/** Waiting only so long. */
import { setTimeout as sleep } from 'node:timers/promises';

/** What the work gives within `ms` milliseconds, else undefined; the work goes on. Throws what it throws. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, sleep(ms, undefined, { signal: done.signal })]);
  } finally {
    done.abort();
  }
}
