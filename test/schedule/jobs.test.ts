import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startJobs } from '../../src/schedule/jobs.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createTurnStore } from '../../src/store/turns.ts';

const everySecond = { cron: '* * * * * *', describe: 'Every second, for a test.' };
const log = createLog('silent');
const always = async () => true;

test('a job under way is not started beside itself, and a stop waits for it', async () => {
  let [started, ended] = [0, 0];
  const run = async () => {
    started += 1;
    await sleep(2_500);
    ended += 1;
  };
  const stop = startJobs([{ ...everySecond, name: 'slow', run }], log, always);
  await sleep(2_200);
  expect(started).toBe(1);
  await stop();
  expect(ended).toBe(1);
  await sleep(1_200);
  expect(started).toBe(1);
});

test('a job that failed runs again at its next time', async () => {
  let started = 0;
  const run = async () => {
    started += 1;
    throw new Error('once more');
  };
  const stop = startJobs([{ ...everySecond, name: 'failing', run }], log, always);
  await expect.poll(() => started, { timeout: 5_000 }).toBeGreaterThan(1);
  await stop();
});

test('a job that one instance does for all is done by one of them', async () => {
  const db = await openDatabase({ file: ':memory:' });
  const turns = createTurnStore(db);
  const runs: string[] = [];
  const stops = ['a', 'b'].map((holder) => {
    const run = async () => void runs.push(holder);
    return startJobs(
      [{ ...everySecond, name: 'alone', alone: true, run }],
      log,
      async (job, ms) => {
        const turn = { name: job, holder, everyMs: ms, leaseMs: ms };
        return (await turns.take(turn, new Date())) === 0;
      },
    );
  });
  await expect.poll(() => runs.length, { timeout: 5_000 }).toBeGreaterThan(1);
  await Promise.all(stops.map((stop) => stop()));
  expect(new Set(runs).size).toBe(1);
  await db.destroy();
});
