import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startJobs } from '../../src/schedule/jobs.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createTurnStore } from '../../src/store/turns.ts';

const everySecond = { cron: '* * * * * *', describe: 'Every second, for a test.' };
const log = createLog('silent');
const always = async () => true;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

test('a job under way is not started beside itself, and a stop waits for it', async () => {
  const work = Promise.withResolvers<void>();
  let [started, ended, stopped] = [0, 0, false];
  const run = async () => {
    started += 1;
    await work.promise;
    ended += 1;
  };
  const stop = startJobs([{ ...everySecond, name: 'slow', run }], log, always);
  await seconds(3);
  expect(started).toBe(1);
  const stopping = stop().then(() => {
    stopped = true;
  });
  await seconds(3);
  expect([ended, stopped]).toEqual([0, false]);
  work.resolve();
  await stopping;
  expect(ended).toBe(1);
  await seconds(3);
  expect(started).toBe(1);
});

test('a job that failed runs again at its next time', async () => {
  let started = 0;
  const run = async () => {
    started += 1;
    throw new Error('once more');
  };
  const stop = startJobs([{ ...everySecond, name: 'failing', run }], log, always);
  await seconds(3);
  expect(started).toBe(3);
  await stop();
});

test('a job that one instance does for all is done by one of them', async () => {
  const db = await openDatabase({ file: ':memory:' });
  const turns = createTurnStore(db);
  const runs: string[] = [];
  const asked = { a: 0, b: 0 };
  const stops = (['a', 'b'] as const).map((holder) => {
    const run = async () => void runs.push(holder);
    return startJobs(
      [{ ...everySecond, name: 'alone', alone: true, run }],
      log,
      async (name, ms) => {
        const wait = await turns.take({ name, holder, everyMs: ms, leaseMs: ms }, new Date());
        asked[holder] += 1;
        return wait === 0;
      },
    );
  });
  // The database answers outside of the clock that the test turns.
  while (Math.min(asked.a, asked.b) < 3) await seconds(1);
  await Promise.all(stops.map((stop) => stop()));
  expect(runs.length).toBeGreaterThan(1);
  expect(new Set(runs).size).toBe(1);
  await db.destroy();
});
