import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startJobs } from '../../src/schedule/jobs.ts';

const everySecond = { cron: '* * * * * *', describe: 'Every second, for a test.' };
const log = createLog('silent');

test('a job under way is not started beside itself, and a stop waits for it', async () => {
  let [started, ended] = [0, 0];
  const run = async () => {
    started += 1;
    await sleep(2_500);
    ended += 1;
  };
  const stop = startJobs([{ ...everySecond, name: 'slow', run }], log);
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
  const stop = startJobs([{ ...everySecond, name: 'failing', run }], log);
  await expect.poll(() => started, { timeout: 5_000 }).toBeGreaterThan(1);
  await stop();
});
