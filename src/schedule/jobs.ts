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
  run(): Promise<void>;
}

/** Starts every job; the function it gives stops them and waits for those under way. */
export function startJobs(jobs: readonly Job[], log: Log): () => Promise<void> {
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
      { name: job.name, timezone: 'UTC', noOverlap: !job.overlaps },
    ),
  );
  return async () => {
    await Promise.all(tasks.map((task) => task.destroy()));
    await Promise.all(running);
  };
}
