/** What is being answered right now, so that a stop can wait for it. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Underway {
  run(job: () => Promise<void>): Promise<void>;
  /** Resolves when all of it is done, at the latest after `ms`. */
  settled(ms: number): Promise<void>;
}

export function createUnderway(): Underway {
  const jobs = new Set<Promise<void>>();
  return {
    run(job) {
      const running = job();
      jobs.add(running);
      return running.finally(() => jobs.delete(running));
    },
    async settled(ms) {
      await Promise.race([Promise.allSettled(jobs), sleep(ms, undefined, { ref: false })]);
    },
  };
}
