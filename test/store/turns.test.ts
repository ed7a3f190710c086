import { describe, expect, test } from 'vitest';
import { createSharedTurn, createTurnStore, type TurnStore } from '../../src/store/turns.ts';
import { engines } from './databases.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 9) + seconds * 1_000);
const arxiv = (holder: string) => ({ name: 'arxiv', holder, everyMs: 3_000, leaseMs: 60_000 });

describe.each(engines)('on %s', (_, open) => {
  test('one at a time, and no sooner than three seconds after the last began', async () => {
    const turns = createTurnStore(await open());
    expect(await turns.take(arxiv('a'), at(0))).toBe(0);
    expect(await turns.take(arxiv('b'), at(10))).toBe(1_000);
    await turns.give(arxiv('a'));
    expect(await turns.take(arxiv('b'), at(10))).toBe(0);
    await turns.give(arxiv('b'));
    expect(await turns.take(arxiv('c'), at(12.5))).toBe(500);
    expect(await turns.take(arxiv('c'), at(13))).toBe(0);
  });

  test('a holder that died keeps it for its lease, and giving back what is another’s does nothing', async () => {
    const turns = createTurnStore(await open());
    await turns.take(arxiv('a'), at(0));
    expect(await turns.take(arxiv('b'), at(59))).toBeGreaterThan(0);
    expect(await turns.take(arxiv('b'), at(60))).toBe(0);
    await turns.give(arxiv('a'));
    expect(await turns.take(arxiv('c'), at(70))).toBeGreaterThan(0);
  });

  test('whoever holds it may prolong it', async () => {
    const turns = createTurnStore(await open());
    await turns.take(arxiv('a'), at(0));
    expect(await turns.take(arxiv('a'), at(50))).toBe(0);
    expect(await turns.take(arxiv('b'), at(61))).toBeGreaterThan(0);
  });

  test('a clock that was years ahead keeps nobody waiting', async () => {
    const turns = createTurnStore(await open());
    await turns.take(arxiv('a'), at(3e8));
    expect(await turns.take(arxiv('b'), at(0))).toBe(0);
  });

  test('of many who ask at once one gets it, and all get it in the end, spaced', async () => {
    const turns = createTurnStore(await open());
    const turn = { name: 'arxiv', everyMs: 60, leaseMs: 60_000 };
    const taken: number[] = [];
    const observed: TurnStore = {
      ...turns,
      async take(mine, now) {
        const wait = await turns.take(mine, now);
        if (wait === 0) taken.push(now.getTime());
        return wait;
      },
    };
    let running = 0;
    await Promise.all(
      Array.from({ length: 5 }, () =>
        createSharedTurn(
          observed,
          turn,
          () => new Date(),
        )(async () => {
          expect(++running).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running -= 1;
        }),
      ),
    );
    const gaps = taken.slice(1).map((time, i) => time - (taken[i] ?? 0));
    expect(gaps).toHaveLength(4);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60);
  });

  test('waiting ends with the signal', async () => {
    const turns = createTurnStore(await open());
    await turns.take(arxiv('a'), new Date());
    const shared = createSharedTurn(
      turns,
      { name: 'arxiv', everyMs: 1, leaseMs: 60_000 },
      () => new Date(),
    );
    await expect(shared(async () => 1, AbortSignal.timeout(30))).rejects.toThrow();
  });
});
