/** A few runs of `npm run chaos`. */
import { expect, test } from 'vitest';
import { freshDatabase } from '../fakes/postgres-global.ts';
import { runChain } from './chain.ts';

test('a digest comes once, whatever moment its process was killed at', async () => {
  const wrong: string[] = [];
  const count = await runChain({ seed: 1, runs: 3 }, (each) => wrong.push(each));
  expect(wrong).toEqual([]);
  expect(count.kills).toBeGreaterThan(0);
});

test('a digest comes once from two processes on one PostgreSQL, with a clock that is off and one killed', async () => {
  const wrong: string[] = [];
  const databaseUrl = await freshDatabase();
  const count = await runChain({ seed: 5, runs: 2, databaseUrl }, (each) => wrong.push(each));
  expect(wrong).toEqual([]);
  expect(count.kills).toBeGreaterThan(0);
});
