/** What the log says of a delivery. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { channelRef } from '../../src/model/channel.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import { createPaperboy } from '../../src/paperboy.ts';

test('every line of a delivery carries the key of its edition', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-log-'));
  const lines: { edition?: string; msg: string }[] = [];
  const paperboy = await createPaperboy(
    parseConfig({
      PAPERBOY_STATE_DIR: stateDir,
      PAPERBOY_SOURCES: 'none',
      PAPERBOY_SPREAD_SECONDS: '0',
    }),
    {
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
      now: () => new Date('2026-11-23T09:00:00Z'),
    },
  );
  onTestFinished(async () => {
    await paperboy.stop();
    rmSync(stateDir, { recursive: true });
  });
  await paperboy.loaded;
  const { channels, digests } = paperboy.services;
  const since = '2026-11-22T09:00:00.000Z';
  for (const name of ['general', 'gone']) {
    const channel = channelRef({ platform: 'local', workspace: 'local', channel: name });
    await channels.putSettings({ channel, name, schedule: defaultSchedule('UTC'), since });
    const topic = { topic: 'models', query: 'models', owner: 'U1', createdAt: since };
    await channels.putSubscription({ channel, ...topic });
  }
  lines.length = 0;
  await digests.tick();
  const told = lines.filter(({ msg }) => /edition|post/.test(msg));
  expect(told.length).toBeGreaterThan(3);
  const keyOf = (name: string) => `local:local/${name}@2026-11-23T09:00:00.000Z`;
  const withoutKey = told.filter(
    ({ edition, msg }) => edition === undefined && !msg.startsWith('a channel cannot'),
  );
  expect(withoutKey).toEqual([]);
  expect(new Set(told.flatMap(({ edition }) => edition ?? []))).toEqual(
    new Set([keyOf('general'), keyOf('gone')]),
  );
});
