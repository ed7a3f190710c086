/** The whole bot on a state folder of its own, against the fakes of the services a test starts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cron from 'node-cron';
import { onTestFinished } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createPaperboy, type Paperboy } from '../src/paperboy.ts';

export interface House extends Paperboy {
  /** What the bot takes for now; a test may set it. */
  clock: { now: Date };
  /** Start-up lines for the operator. */
  lines: string[];
  stateDir: string;
}

/** A Monday morning before nine in Berlin. */
export const MONDAY = '2026-11-23T06:00:00.000Z';

/**
 * Starts the bot with this environment and stops it when the test ends. The local page takes a free port. Give
 * the same `stateDir` to start it again where it stopped.
 */
export async function openHouse(
  env: Record<string, string> = {},
  options: { now?: string; stateDir?: string } = {},
): Promise<House> {
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'paperboy-house-'));
  const clock = { now: new Date(options.now ?? MONDAY) };
  const config = parseConfig({
    PAPERBOY_PORT: '0',
    PAPERBOY_STATE_DIR: stateDir,
    LOG_LEVEL: 'fatal',
    PAPERBOY_SOURCES: 'none',
    PAPERBOY_SPREAD_SECONDS: '0',
    ...env,
  });
  const paperboy = await createPaperboy(config, {
    log: createLog(config.LOG_LEVEL),
    now: () => clock.now,
  });
  onTestFinished(async () => {
    await paperboy.stop();
    if (!options.stateDir) rmSync(stateDir, { recursive: true, force: true });
  });
  const lines: string[] = [];
  await paperboy.start((line) => lines.push(line));
  await paperboy.loaded;
  // A test says when a minute has come; the machine's own would come in between now and then.
  for (const task of cron.getTasks().values()) if (task.name === 'editions') await task.stop();
  return { ...paperboy, clock, lines, stateDir };
}
