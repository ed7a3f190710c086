/** A Slack, and the bot connected to it: the real services, the real Bolt, the fake of the service behind sockets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, onTestFinished } from 'vitest';
import { commands as all } from '../../../commands/index.ts';
import type { Command } from '../../../src/command/command.ts';
import { createDesk } from '../../../src/command/desk.ts';
import { parseConfig } from '../../../src/config.ts';
import { createPaperboy, type Paperboy } from '../../../src/paperboy.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { createSlack } from '../../../src/platforms/slack/app.ts';
import { createButtonStore } from '../../../src/store/buttons.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { FakeSlack, type FakeSlackOptions } from '../../fakes/slack/slack.ts';

export type Mode = 'socket' | 'http';

export interface Scene {
  slack: FakeSlack;
  platform: Platform;
  /** Everything logged so far. */
  log(): string;
  /** What `start()` gave. */
  line: string;
}

export interface SceneOptions {
  mode?: Mode;
  slack?: FakeSlackOptions;
  env?: Record<string, string>;
  /** Instead of the bot's own. */
  commands?: readonly Command[];
  /** Leave `start()` to the test. */
  isStopped?: boolean;
}

/** One bot serves all tests of a file; each scene is a workspace of its own to it. */
let bot: Paperboy | undefined;
let workspaces = 0;
const dir = mkdtempSync(join(tmpdir(), 'paperboy-slack-'));

afterAll(async () => {
  await bot?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function theBot(): Promise<Paperboy> {
  bot ??= await createPaperboy(parseConfig({ PAPERBOY_STATE_DIR: dir }), {
    log: pino({ level: 'silent' }),
    now: () => new Date('2026-11-23T06:00:00.000Z'),
  });
  await bot.loaded;
  return bot;
}

/** Ends with the test. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { mode = 'socket' } = options;
  workspaces += 1;
  const slack = await FakeSlack.start({ team: { id: `T${workspaces}` }, ...options.slack });
  onTestFinished(() => slack.stop());
  const { app } = slack.workspace;
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const db = await openDatabase({ file: join(dir, 'paperboy.db') });
  onTestFinished(() => db.destroy());
  const bot = await theBot();

  const { commands = all } = options;
  const config = parseConfig({
    SLACK_BOT_TOKEN: app.botToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_PORT: '0',
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: app.appToken }
      : { SLACK_SIGNING_SECRET: app.signingSecret }),
    ...options.env,
  });
  const platform = createSlack({
    config,
    desk: createDesk(
      commands,
      bot.services,
      createButtonStore(db, () => new Date()),
      log,
    ),
    onOpen: async () => {},
  });
  onTestFinished(() => platform.stop());
  const line = options.isStopped ? '' : await platform.start();
  const port = /port (\d+)/.exec(line)?.[1];
  if (port) slack.deliverHttp(`http://127.0.0.1:${port}`);
  return { slack, platform, log: () => lines.join(''), line };
}
