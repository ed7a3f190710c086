/** Editions over the real bot and the fake Slack service, by a clock that the test sets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { type House, openHouse } from '../house.ts';
import { tickAt } from './wire.ts';

let slack: FakeSlack;
let env: Record<string, string>;

beforeEach(async () => {
  slack = await FakeSlack.start();
  onTestFinished(() => slack.stop());
  env = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.workspace.app.botToken,
    SLACK_APP_TOKEN: slack.workspace.app.appToken,
    PAPERBOY_TIMEZONE: 'Europe/Berlin',
  };
});

const posts = () => slack.posts('papers').filter(({ text }) => /^\d+ papers? for/.test(text));

/** What ada says in #papers. */
async function say(text: string): Promise<void> {
  const interaction = await slack.slash({
    user: 'ada',
    channel: 'papers',
    command: '/paper',
    text,
  });
  await interaction.reply();
}

const follow = (topic: string) => say(`subscribe ${topic}`);

const lastIn = async ({ services }: House) =>
  (
    await services.editions.latest(
      channelRef({
        platform: 'slack',
        workspace: slack.workspace.team.id,
        channel: slack.workspace.channel('papers').id,
      }),
    )
  )?.delivery;

test('an edition comes at its slot, once, and the next one repeats no paper', async () => {
  const house = await openHouse(env);
  await follow('model OR models top:3');
  await tickAt(house, '2026-11-23T08:59:59Z');
  expect(posts()).toHaveLength(0);
  await tickAt(house, '2026-11-23T09:00:30Z');
  await tickAt(house, '2026-11-23T09:01:30Z');
  expect(posts()).toHaveLength(1);
  expect(await lastIn(house)).toEqual({ state: 'sent' });
  await tickAt(house, '2026-11-24T09:00:00Z');
  expect(posts()).toHaveLength(2);
  const titles = posts().map(
    (post) => JSON.stringify(post.blocks).match(/arxiv\.org\/abs\/[\d.]+/g) ?? [],
  );
  const all = titles.flatMap((each) => [...new Set(each)]);
  expect(new Set(all).size).toBe(all.length);
});

test('a restart posts nothing twice and loses nothing', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-restart-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const first = await openHouse(env, { stateDir });
  await follow('model-merging');
  await tickAt(first, '2026-11-23T09:00:00Z');
  await first.stop();
  const second = await openHouse(env, { stateDir, now: '2026-11-23T09:05:00Z' });
  await tickAt(second, '2026-11-23T09:05:00Z');
  expect(posts()).toHaveLength(1);
  await second.stop();
});

test.each([
  ['hours', '2026-11-23T14:00:00Z', '2026-11-23T14:01:00Z', '2 papers for 23 Nov 2026'],
  ['days', '2026-11-27T12:00:00Z', '2026-11-27T12:01:00Z', '2 papers for 27 Nov 2026'],
])(
  'a slot missed by %s is made up for by one edition, which says what it covers',
  async (_, at, then, says) => {
    const house = await openHouse(env);
    await follow('model OR models');
    await say('schedule top:2');
    await tickAt(house, at);
    await tickAt(house, then);
    expect(posts().map(({ text }) => text)).toEqual([expect.stringContaining(says)]);
    expect(JSON.stringify(posts())).toMatch(/of the \d+ new papers of the last 7 days match/);
  },
);

test('what a bot that was down for weeks missed is not told any more', async () => {
  const house = await openHouse(env);
  await follow('model OR models');
  await tickAt(house, '2026-12-14T12:00:00Z');
  expect(posts()).toHaveLength(0);
  expect(await lastIn(house)).toMatchObject({ state: 'empty' });
});

test('a post whose answer was lost is found in the channel, not posted again', async () => {
  const house = await openHouse(env);
  await follow('model-merging');
  slack.fault({ method: 'chat.postMessage', kind: 'accept-then-cut', times: 1 });
  await tickAt(house, '2026-11-23T09:00:00Z');
  expect(await lastIn(house)).toMatchObject({ state: 'failed', reason: 'service-away' });
  await tickAt(house, '2026-11-23T09:02:00Z');
  expect(await lastIn(house)).toEqual({ state: 'sent' });
  expect(posts()).toHaveLength(1);
});

test('an edition whose sender died while sending is taken up after three minutes', async () => {
  const house = await openHouse(env);
  await follow('model-merging');
  house.clock.now = new Date('2026-11-23T09:00:00Z');
  const channel = channelRef({
    platform: 'slack',
    workspace: slack.workspace.team.id,
    channel: slack.workspace.channel('papers').id,
  });
  const id = { channel, slot: '2026-11-23T09:00:00.000Z' };
  await house.services.editions.plan(id, id.slot);
  await house.services.editions.claim(id, id.slot);
  await tickAt(house, '2026-11-23T09:01:00Z');
  expect(posts()).toHaveLength(0);
  await tickAt(house, '2026-11-23T09:04:00Z');
  expect(posts()).toHaveLength(1);
});

test('a rate limit is waited for as long as the platform asks', async () => {
  const house = await openHouse(env);
  await follow('model-merging');
  slack.fault({ method: 'chat.postMessage', kind: '429', retryAfter: 300, times: 1 });
  await tickAt(house, '2026-11-23T09:00:00Z');
  expect(await lastIn(house)).toEqual({
    state: 'failed',
    reason: 'rate-limited',
    retryAt: '2026-11-23T09:05:00.000Z',
  });
  await tickAt(house, '2026-11-23T09:04:00Z');
  expect(posts()).toHaveLength(0);
  await tickAt(house, '2026-11-23T09:05:00Z');
  expect(posts()).toHaveLength(1);
});

test('a channel that was archived gets a rejected edition with the reason', async () => {
  const house = await openHouse(env);
  await follow('model-merging');
  await slack.archive('papers');
  await tickAt(house, '2026-11-23T09:00:00Z');
  expect(await lastIn(house)).toEqual({ state: 'rejected', reason: 'channel-archived' });
});

test('nothing new is an empty edition and posts nothing', async () => {
  const house = await openHouse(env);
  await follow('"no such phrase anywhere" anyway:yes');
  await tickAt(house, '2026-11-23T09:00:00Z');
  expect(await lastIn(house)).toEqual({
    state: 'empty',
    reason: '96 new papers looked at, none matched',
  });
  expect(posts()).toHaveLength(0);
});

test.each([
  ['followed nothing', 'unsubscribe model-merging', 'subscribe model-merging'],
  ['was paused', 'pause', 'resume'],
  ['had another time', 'schedule at:23:00', 'schedule at:9:00'],
])('a channel that %s at a slot does not get its digest later', async (_, before, after) => {
  const house = await openHouse(env);
  await follow('model-merging');
  await say(before);
  await tickAt(house, '2026-11-23T12:00:00Z');
  await say(after);
  await tickAt(house, '2026-11-23T12:01:00Z');
  expect(posts()).toHaveLength(0);
  await tickAt(house, '2026-11-24T09:00:00Z');
  expect(posts()).toHaveLength(1);
});
