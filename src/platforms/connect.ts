/** Starts a platform, and goes on trying while its service cannot be reached. */
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Platform } from './platform.ts';

/** First wait before another try and the longest, in milliseconds. */
const WAIT_FIRST_MS = 5_000;
const WAIT_MOST_MS = 300_000;

/**
 * A started platform through `onConnected`, now or after more tries; resolves after the first try with its line
 * for the operator. A client that failed once cannot be started again, so each try makes a new one.
 * Throws `UserError` when trying again can never help.
 */
export async function connect(
  make: () => Promise<Platform>,
  house: { onConnected(platform: Platform): void; signal: AbortSignal; log: Log },
): Promise<string> {
  const { onConnected, signal, log } = house;

  async function attempt(): Promise<{ line: string } | { failed: string }> {
    const platform = await make();
    try {
      const line = await platform.start();
      if (signal.aborted) await platform.stop();
      else onConnected(platform);
      return { line };
    } catch (error) {
      await platform.stop();
      if (error instanceof UserError) throw error;
      log.warn({ err: error, platform: platform.name }, 'a platform cannot be reached');
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  }

  async function keepTrying(): Promise<void> {
    for (let wait = WAIT_FIRST_MS; ; wait = Math.min(wait * 2, WAIT_MOST_MS)) {
      await sleep(wait, undefined, { signal, ref: false });
      if (!('failed' in (await attempt()))) return;
    }
  }

  const first = await attempt();
  if ('line' in first) return first.line;
  keepTrying().catch((error: unknown) => {
    if (!signal.aborted)
      log.error({ err: error }, 'a platform can never be reached; restart with it mended');
  });
  return `Not connected yet: ${first.failed}. Everything else runs; trying again.`;
}
