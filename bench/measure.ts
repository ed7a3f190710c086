/** Medians, and how long the event loop was held up. */

export interface Times {
  median: number;
  p99: number;
}

export function times(all: readonly number[]): Times {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

/** Milliseconds of each call, after a warm-up over all of them. */
export async function timed<T>(
  items: readonly T[],
  run: (item: T) => unknown,
  { rounds = 5, warm = true }: { rounds?: number; warm?: boolean } = {},
): Promise<Times> {
  if (warm) for (const item of items) await run(item);
  const all: number[] = [];
  for (const item of items) {
    // The best of some rounds is what it costs; the others are what else the machine did.
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      await run(item);
      best = Math.min(best, performance.now() - start);
    }
    all.push(best);
  }
  return times(all);
}

/** How long something took, and the longest time that nothing else got its turn, in milliseconds. */
export async function watched<T>(
  work: () => Promise<T>,
): Promise<{ result: T; took: number; block: number }> {
  let last = performance.now();
  let block = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    block = Math.max(block, now - last - 1);
    last = now;
  }, 1);
  const start = performance.now();
  const result = await work();
  const took = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(timer);
  return { result, took, block };
}

/**
 * Watches how long this thread worked before others got their turn, in milliseconds of its own time: on a busy
 * machine it is held up by what is not its doing. Gives a function that ends this and tells of the longest.
 */
export function watchTurns(): () => number {
  let longest = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.threadCpuUsage();
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** Bytes that live objects and buffers take, after a collection; needs `--expose-gc`. */
export function memory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
