/** Waiting in tests for something to become true, with an error that says what was awaited. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Gives the first result of `probe` that is neither false nor nothing; throws what `probe` throws,
 * and after `timeoutMs` milliseconds an error naming `what`.
 */
export async function until<T>(
  probe: () => T | false | null | undefined,
  timeoutMs: number,
  what: () => string,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const result = probe();
    if (result !== false && result !== null && result !== undefined) return result;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain for ${what()}.`);
    await sleep(5);
  }
}
