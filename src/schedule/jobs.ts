/** Everything that runs by the clock: a table, and node-cron to tick. The database decides what is due. */
import cron from 'node-cron';
import type { Log } from '../log.ts';

export interface Job {
  name: string;
  /** Five fields, minute first, in UTC. */
  cron: string;
  /** When and what, in words. */
  describe: string;
  /** Whether it may start while it still runs; not where nobody said. */
  overlaps?: boolean;
  /** Whether one of several instances does it for all; each does it where nobody said. */
  alone?: boolean;
  run(): Promise<void>;
}

/** How long the instance that does a job for all may take, and after which another may, in milliseconds. */
const ALONE_MS = 3_600_000;

/**
 * Starts every job; the function it gives stops them and waits for those under way. `elect` tells whether this
 * instance is the one that does a job for all.
 */
export function startJobs(
  jobs: readonly Job[],
  log: Log,
  elect: (job: string, leaseMs: number) => Promise<boolean>,
): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const tasks = jobs.map((job) =>
    cron.schedule(
      job.cron,
      async () => {
        const run = job.run().catch((error: unknown) => {
          log.error(
            { err: error, job: job.name },
            'a job failed; it will run again at its next time',
          );
        });
        running.add(run);
        await run;
        running.delete(run);
      },
      {
        name: job.name,
        timezone: 'UTC',
        noOverlap: !job.overlaps,
        distributed: job.alone === true,
        distributedLease: ALONE_MS,
        runCoordinator: { shouldRun: (_, leaseMs) => elect(job.name, leaseMs) },
      },
    ),
  );
  return async () => {
    await Promise.all(tasks.map((task) => task.destroy()));
    await Promise.all(running);
  };
}
