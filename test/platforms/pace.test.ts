import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace, type Pace } from '../../src/platforms/pace.ts';
import type { PostError } from '../../src/platforms/platform.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const PERMITTED = 10;
const PER_MS = 1_000;

/** A service that notes when it counts a request: `upMs` after it left, and answers `downMs` after that. */
function service(pace: Pace, wayMs: (n: number) => { upMs: number; downMs: number }) {
  const counted: number[] = [];
  let sent = 0;
  const ask = () =>
    pace.through(async () => {
      const { upMs, downMs } = wayMs(sent);
      sent += 1;
      await after(upMs);
      counted.push(performance.now());
      await after(downMs);
    });
  return { counted, ask };
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The most requests that any window of the service held, wherever it begins. */
function mostAtOnce(counted: readonly number[]): number {
  return Math.max(
    ...counted.map((from) => counted.filter((at) => at >= from && at < from + PER_MS).length),
  );
}

test.each<[string, (n: number) => { upMs: number; downMs: number }]>([
  ['as steady as can be', () => ({ upMs: 40, downMs: 110 })],
  ['slow for a while', (n) => ({ upMs: n > 20 && n < 30 ? 600 : 5, downMs: 5 })],
  ['slow every now and then', (n) => ({ upMs: (n * 37) % 90, downMs: (n * 53) % 90 })],
])('no window of a service holds more than it permits where the way is %s', async (_, wayMs) => {
  const pace = createPace({ most: PERMITTED, perMs: PER_MS });
  const { counted, ask } = service(pace, wayMs);
  const all = Array.from({ length: 100 }, (__, n) => pace.turn(`C${n}`, ask));
  await vi.advanceTimersByTimeAsync(20_000);
  await Promise.all(all);
  expect(counted).toHaveLength(100);
  expect(mostAtOnce(counted)).toBeLessThanOrEqual(PERMITTED);
});

test('nothing is lost of what is permitted where the way is long and steady', async () => {
  const pace = createPace({ most: PERMITTED, perMs: PER_MS });
  const { counted, ask } = service(pace, () => ({ upMs: 80, downMs: 220 }));
  for (let n = 0; n < 100; n += 1) void pace.turn(`C${n}`, ask);
  await vi.advanceTimersByTimeAsync(10_200);
  expect(counted.length).toBeGreaterThanOrEqual(0.95 * 100);
});

test('who asks goes at once, and takes the next turn away from a digest', async () => {
  const pace = createPace({ most: PERMITTED, perMs: PER_MS });
  const { counted, ask } = service(pace, () => ({ upMs: 0, downMs: 0 }));
  for (let n = 0; n < 30; n += 1) void pace.turn(`C${n}`, ask);
  await vi.advanceTimersByTimeAsync(150);
  const before = counted.length;
  void ask();
  await vi.advanceTimersByTimeAsync(1);
  expect(counted).toHaveLength(before + 1);
  await vi.advanceTimersByTimeAsync(848);
  expect(counted).toHaveLength(10);
});

test('one channel waits its second while others go', async () => {
  const pace = createPace({ most: PERMITTED, perMs: PER_MS, everyMsInChannel: 1_000 });
  const gone: string[] = [];
  const post = (channel: string) =>
    pace.turn(channel, () => pace.through(async () => void gone.push(channel), channel));
  const all = [post('C1'), post('C1'), post('C2'), post('C3')];
  await vi.advanceTimersByTimeAsync(900);
  expect(gone).toEqual(['C1', 'C2', 'C3']);
  await vi.advanceTimersByTimeAsync(200);
  await Promise.all(all);
  expect(gone).toEqual(['C1', 'C2', 'C3', 'C1']);
});

test('one channel waits its second from when the service may have counted, however slow the way was', async () => {
  const pace = createPace({ most: PERMITTED, perMs: PER_MS, everyMsInChannel: 1_000 });
  const counted: number[] = [];
  const post = (channel: string, upMs: number) =>
    pace.turn(channel, () =>
      pace.through(async () => {
        await after(upMs);
        if (channel === 'C1') counted.push(performance.now());
        await after(5);
      }, channel),
    );
  const all = [post('C2', 5), post('C1', 400).then(() => post('C1', 5))];
  await vi.advanceTimersByTimeAsync(3_000);
  await Promise.all(all);
  const [first = 0, second = 0] = counted;
  expect(second - first).toBeGreaterThanOrEqual(1_000);
});

test('a turn in which no request was made goes to the next', async () => {
  const pace = createPace({ most: 1, perMs: PER_MS });
  const unused = pace.turn('C1', async () => {
    throw new Error('not rendered');
  });
  await expect(unused).rejects.toThrow('not rendered');
  expect(await pace.turn('C1', () => pace.through(async () => 'posted'))).toBe('posted');
});

test('a digest whose turn comes too late is not sent', async () => {
  const pace = createPace({ most: 1, perMs: PER_MS });
  const { counted, ask } = service(pace, () => ({ upMs: 0, downMs: 0 }));
  void pace.turn('C1', ask);
  const late = pace.turn('C2', ask, performance.now() + 500).catch((error: PostError) => error);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await late).toMatchObject({ reason: 'rate-limited' });
  expect(counted).toHaveLength(1);
});

test('a stop refuses whoever waits for a turn, and lets go on who has one', async () => {
  const pace = createPace({ most: 1, perMs: PER_MS });
  const { counted, ask } = service(pace, () => ({ upMs: 10, downMs: 10 }));
  const reasonOf = (turn: Promise<unknown>) => turn.catch(({ reason }: PostError) => reason);
  const first = pace.turn('C1', ask);
  const second = reasonOf(pace.turn('C2', ask));
  await vi.advanceTimersByTimeAsync(1);
  pace.stop();
  expect(await second).toBe('interrupted');
  expect(await reasonOf(pace.turn('C3', ask))).toBe('interrupted');
  await vi.advanceTimersByTimeAsync(5_000);
  await first;
  expect(counted).toHaveLength(1);
});

test('a service that answers later than its window is long is nothing to warn of', async () => {
  vi.useRealTimers();
  const warned: string[] = [];
  const hear = ({ name }: Error) => void warned.push(name);
  process.on('warning', hear);
  await createPace({ most: PERMITTED, perMs: 1 }).through(() => after(20));
  await after(1);
  process.off('warning', hear);
  expect(warned).toEqual([]);
});
