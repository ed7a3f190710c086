/** The ops port of the real bot, over HTTP. */
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../src/ops/metrics.ts';
import { openScene } from '../commands/scene.ts';
import { FakeDiscord } from '../fakes/discord/server.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { openHouse } from '../house.ts';

const OPS = { PAPERBOY_OPS_PORT: '0' };

function addressIn(lines: readonly string[]): string {
  const line = lines.find((each) => each.startsWith('Ops port: '));
  if (!line) throw new Error(`No ops port among: ${lines.join(' ')}`);
  return line.slice('Ops port: '.length);
}

test('it is closed where nobody asked for it', async () => {
  const { lines } = await openHouse();
  expect(lines.filter((line) => line.includes('Ops port'))).toEqual([]);
});

test('a bot that has everything is alive and ready, and says so', async () => {
  const { lines } = await openHouse(OPS);
  const at = addressIn(lines);
  expect(new URL(at).hostname).toBe('127.0.0.1');
  expect(await (await fetch(`${at}/healthz`)).json()).toEqual({ status: 'alive' });
  const ready = await fetch(`${at}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({
    status: 'ready',
    checks: { database: 'ok', catalogue: 'ok', local: 'ok' },
  });
});

test('a bot whose platform is away is alive and not ready, and names the platform', async () => {
  const { lines } = await openHouse({
    ...OPS,
    DISCORD_TOKEN: 'MTIz.fake.token',
    DISCORD_API_URL: 'http://127.0.0.1:9',
  });
  const at = addressIn(lines);
  expect((await fetch(`${at}/healthz`)).status).toBe(200);
  const ready = await fetch(`${at}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({
    status: 'not ready',
    checks: { database: 'ok', discord: 'not connected' },
  });
});

/** What `/readyz` says of each platform. */
async function readiness(lines: readonly string[]): Promise<Record<string, string>> {
  const answer = await fetch(`${addressIn(lines)}/readyz`);
  const { status, checks } = (await answer.json()) as {
    status: string;
    checks: Record<string, string>;
  };
  expect(status).toBe(answer.status === 200 ? 'ready' : 'not ready');
  return checks;
}

test('a bot that loses its Discord gateway is not ready until it is back', async () => {
  const discord = await FakeDiscord.start();
  onTestFinished(() => discord.stop());
  const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  const { lines } = await openHouse({ ...OPS, ...env });
  expect(await readiness(lines)).toMatchObject({ discord: 'ok' });
  discord.gateway.drop();
  await expect.poll(() => readiness(lines)).toMatchObject({ discord: 'not connected' });
  await expect.poll(() => readiness(lines), { timeout: 10_000 }).toMatchObject({ discord: 'ok' });
});

test('a bot that loses its Slack socket is not ready until it is back', async () => {
  const slack = await FakeSlack.start();
  onTestFinished(() => slack.stop());
  const { lines } = await openHouse({
    ...OPS,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.workspace.app.botToken,
    SLACK_APP_TOKEN: slack.workspace.app.appToken,
  });
  expect(await readiness(lines)).toMatchObject({ slack: 'ok' });
  slack.fault({ method: 'apps.connections.open', kind: '500' });
  slack.socket.cut();
  await expect.poll(() => readiness(lines)).toMatchObject({ slack: 'not connected' });
  await expect.poll(() => readiness(lines), { timeout: 10_000 }).toMatchObject({ slack: 'ok' });
});

test('a database that is away takes only its own numbers out of the metrics', async () => {
  const gone = async () => {
    throw new Error('the database is away');
  };
  const { text, took } = createMetrics({
    editions: { counts: gone },
    sources: gone,
    papers: () => 7,
    now: () => new Date(),
  });
  took('search', 0.02);
  const metrics = await text();
  expect(metrics).toContain('paperboy_catalogue_papers 7');
  expect(metrics).toContain('paperboy_command_seconds_count{command="search"} 1');
  expect(metrics).toContain('process_resident_memory_bytes');
  expect(metrics).not.toMatch(/^paperboy_editions\{/m);
});

test('editions, their lag, the catalogue and commands are measured', async () => {
  const { house, say } = await openScene(OPS);
  await say('subscribe model-merging');
  house.clock.now = new Date('2026-11-23T08:00:20Z');
  await house.services.digests.tick();
  const metrics = await fetch(`${addressIn(house.lines)}/metrics`);
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  const text = await metrics.text();
  for (const line of [
    'paperboy_editions{state="sent"} 1',
    'paperboy_delivery_attempts_total{state="sent",reason=""} 1',
    'paperboy_delivery_lag_seconds_sum 20',
    'paperboy_catalogue_papers 96',
    'paperboy_command_seconds_count{command="subscribe"} 1',
  ]) {
    expect.soft(text.split('\n')).toContain(line);
  }
  expect(text).toContain('process_resident_memory_bytes');
});
