/** What goes wrong on the way of a digest: over the real bot and the fake services, each digest stands there once. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import { freshDatabase } from '../fakes/postgres-global.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { type House, openHouse } from '../house.ts';
import { bring, chaotic, followChaos } from './chaotic.ts';
import { openDiscord, openSlack, tickAt } from './wire.ts';

test.each(['500', '503', 'html', 'cut', 'accept-then-cut'] as const)(
  'a service that fails (%s) gets the digest at the next try, once',
  async (kind) => {
    const { slack, env, say, digests, lastIn } = await openSlack();
    const house = await openHouse(env);
    await say('subscribe model-merging');
    slack.fault({ method: 'chat.postMessage', kind });
    await tickAt(house, '2026-11-23T09:00:00Z');
    expect(await lastIn(house)).toMatchObject({ state: 'failed', reason: 'service-away' });
    await tickAt(house, '2026-11-23T09:01:00Z');
    expect(await lastIn(house)).toEqual({ state: 'sent' });
    expect(digests()).toHaveLength(1);
  },
);

test('a database that is locked while the digest is on its way is waited for, and the digest found', async () => {
  const { env, say, digests, lastIn, slowly } = await openSlack();
  const house = await openHouse(env);
  await say('subscribe model-merging');
  const isOnItsWay = await slowly();
  const tick = tickAt(house, '2026-11-23T09:00:00Z');
  await isOnItsWay();
  const other = new DatabaseSync(join(house.stateDir, 'paperboy.db'));
  other.exec('begin immediate');
  await expect(tick).rejects.toThrow('locked');
  other.exec('rollback');
  other.close();
  expect(await lastIn(house)).toEqual({ state: 'sending' });
  await tickAt(house, '2026-11-23T09:04:00Z');
  expect(await lastIn(house)).toEqual({ state: 'sent' });
  expect(digests()).toHaveLength(1);
});

test.each([
  ['before a digest is on its way', "new.state = 'sending' and old.state <> 'sending'", 0],
  ['after it was posted', "new.state = 'sent'", 1],
])('a disk that is full %s loses and repeats nothing', async (_, when, posted) => {
  const { env, say, digests, lastIn } = await openSlack();
  const house = await openHouse(env);
  await say('subscribe model-merging');
  const other = new DatabaseSync(join(house.stateDir, 'paperboy.db'));
  other.exec(`create trigger full before update on editions when ${when}
    begin select raise(fail, 'database or disk is full'); end`);
  await tickAt(house, '2026-11-23T09:00:00Z');
  expect(digests()).toHaveLength(posted);
  other.exec('drop trigger full');
  other.close();
  await tickAt(house, '2026-11-23T09:04:00Z');
  expect(await lastIn(house)).toEqual({ state: 'sent' });
  expect(digests()).toHaveLength(1);
});

test('a PostgreSQL that is gone for a minute is found again, and so is the digest it missed', async () => {
  const { env, say, digests, lastIn, slowly } = await openSlack();
  const door = await openDoor(await freshDatabase());
  const house = await openHouse({ ...env, DATABASE_URL: door.url });
  await say('subscribe model-merging');
  const isOnItsWay = await slowly();
  const tick = tickAt(house, '2026-11-23T09:00:00Z');
  await isOnItsWay();
  door.close();
  await expect(tick).rejects.toThrow();
  await expect(tickAt(house, '2026-11-23T09:00:30Z')).rejects.toThrow();
  door.open();
  await tickAt(house, '2026-11-23T09:01:00Z');
  expect(await lastIn(house)).toEqual({ state: 'sending' });
  await tickAt(house, '2026-11-23T09:04:00Z');
  expect(await lastIn(house)).toEqual({ state: 'sent' });
  expect(digests()).toHaveLength(1);
});

test('two instances whose clocks are 90 s apart post a digest once, and neither takes it from the other', async () => {
  const { env, say, digests, lastIn, slowly } = await openSlack();
  const shared = { ...env, DATABASE_URL: await freshDatabase() };
  const [ahead, behind] = [await openHouse(shared), await openHouse(shared)];
  await say('subscribe model-merging');
  const isOnItsWay = await slowly();
  const tick = tickAt(ahead, '2026-11-23T09:00:00Z');
  await isOnItsWay();
  await tickAt(behind, '2026-11-23T08:58:30Z');
  await tickAt(behind, '2026-11-23T09:00:00Z');
  expect(await lastIn(behind)).toEqual({ state: 'sending' });
  await tick;
  await tickAt(behind, '2026-11-23T09:01:00Z');

  const isOnItsWayAgain = await slowly();
  await say('subscribe "language model"');
  const next = tickAt(behind, '2026-11-24T09:00:00Z');
  await isOnItsWayAgain();
  await tickAt(ahead, '2026-11-24T09:01:30Z');
  await next;
  expect(digests()).toHaveLength(2);
  expect(await lastIn(ahead)).toEqual({ state: 'sent' });
});

test('a clock that is set back a day repeats nothing and keeps no retry waiting', async () => {
  const { slack, env, say, digests, titles, lastIn } = await openSlack();
  const house = await openHouse(env);
  await say('subscribe model OR models top:1');
  await tickAt(house, '2026-11-24T09:00:00Z');
  await tickAt(house, '2026-11-23T09:00:00Z');
  await tickAt(house, '2026-11-24T09:00:00Z');
  expect(new Set(titles()).size).toBe(digests().length);
  const before = digests().length;
  slack.fault({ method: 'chat.postMessage', kind: '503' });
  await tickAt(house, '2026-11-25T09:00:00Z');
  expect(await lastIn(house)).toMatchObject({ state: 'failed' });
  await tickAt(house, '2026-11-24T09:02:00Z');
  expect(await lastIn(house)).toEqual({ state: 'sent' });
  expect(digests()).toHaveLength(before + 1);
  expect(new Set(titles()).size).toBe(before + 1);
});

test.each([
  ['skips', '2027-03-27T12:00:00Z', ['2027-03-28T00:59:00Z', '2027-03-28T01:30:00Z']],
  ['has twice', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']],
])('a time of day that daylight saving %s brings one digest', async (_, before, instants) => {
  const { env, say, digests } = await openSlack();
  const house = await openHouse(env, { now: before });
  await say('subscribe model OR models top:2');
  await say('schedule at:2:30 on:daily timezone:Europe/Berlin');
  for (const instant of instants) await tickAt(house, instant);
  expect(digests()).toHaveLength(1);
});

test.each(['drop', 'invalidateSessions'] as const)(
  'a Discord gateway that is lost (%s) keeps no digest back',
  async (how) => {
    const { discord, house } = await openDiscord();
    const options = { topic: 'model-merging' };
    const place = { user: 'grace', channel: 'papers' };
    await discord.slash({ ...place, command: 'paper subscribe', options }).answer();
    discord.gateway[how]();
    await tickAt(house, '2026-11-23T09:00:00Z');
    // After an invalid session a client waits for up to 5 s before it identifies anew.
    await discord.waitFor(() => discord.gateway.connected, 10_000);
    await tickAt(house, '2026-11-23T09:01:00Z');
    const digests = discord
      .messages('papers')
      .filter(({ wire }) => JSON.stringify(wire).includes('Papers for 23 Nov'));
    expect(digests).toHaveLength(1);
  },
);

test.each(['refresh_requested', 'cut'] as const)(
  'a Slack socket that ends (%s) keeps no digest back',
  async (how) => {
    const { slack, env, say, digests } = await openSlack();
    const house = await openHouse(env);
    await say('subscribe model-merging');
    if (how === 'cut') slack.socket.cut();
    else slack.socket.disconnect(how);
    await tickAt(house, '2026-11-23T09:00:00Z');
    await slack.waitFor(() => slack.socket.connections === 1, 10_000);
    await tickAt(house, '2026-11-23T09:01:00Z');
    expect(digests()).toHaveLength(1);
  },
);

test('digests leave spread over the time the operator allows, and those that wait at a stop come with the next start', async () => {
  const { slack, start, came } = await openMany({ PAPERBOY_SPREAD_SECONDS: '3600' });
  const house = await start();
  house.clock.now = new Date('2026-11-23T09:30:00Z');
  const tick = house.services.digests.tick();
  await slack.waitFor(() => came().includes(1), 10_000);
  // A job is waited for by a stop, a tick of a test is not.
  await Promise.allSettled([tick, house.stop()]);
  expect(came()).toContain(0);
  await tickAt(await start(), '2026-11-23T10:00:00Z');
  expect(came()).toEqual(came().map(() => 1));
});

test('a stop does not wait for digests whose turn has not come, and the next start brings each once', async () => {
  const { slack, start, came, tries } = await openMany({ SLACK_MESSAGES_PER_MINUTE: '40' });
  const house = await start();
  house.clock.now = new Date('2026-11-23T09:00:00Z');
  const tick = house.services.digests.tick();
  // By then all others wait for their turn.
  await slack.waitFor(() => came().filter(Boolean).length === 2, 10_000);
  const began = performance.now();
  // As a stop of the whole does, which waits for its own minute beside them and not for that of a test.
  await Promise.all([house.platforms.get('slack')?.stop(), tick]);
  expect(performance.now() - began).toBeLessThan(5_000);
  await house.stop();
  expect(came()).toContain(0);
  const again = await start({ SLACK_MESSAGES_PER_MINUTE: '600' });
  await tickAt(again, '2026-11-23T09:00:00Z');
  expect(came()).toEqual(came().map(() => 1));
  expect(await tries(again)).toEqual(came().map(() => 1));
});

/** Ten channels of a Slack that follow the same, and the bot on one database however often it is started. */
async function openMany(env: Record<string, string>) {
  const names = Array.from({ length: 10 }, (_, n) => `papers-${n}`);
  const slack = await FakeSlack.start({ channels: names.map((name) => ({ name })) });
  onTestFinished(() => slack.stop());
  const { app, team } = slack.workspace;
  const all = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: app.botToken,
    SLACK_APP_TOKEN: app.appToken,
    ...env,
  };
  const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-many-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const channels = names.map((name) => {
    const { id } = slack.workspace.channel(name);
    return channelRef({ platform: 'slack', workspace: team.id, channel: id });
  });
  let isNew = true;
  return {
    slack,
    /** How many attempts the newest digest of each channel took. */
    tries: ({ services }: House) =>
      Promise.all(channels.map(async (each) => (await services.editions.latest(each))?.attempts)),
    /** How many messages each channel has. */
    came: () => names.map((name) => slack.posts(name).length),
    async start(more: Record<string, string> = {}) {
      const house = await openHouse({ ...all, ...more }, { stateDir });
      if (!isNew) return house;
      isNew = false;
      for (const channel of channels) await followChaos(house, channel);
      await bring(house, chaotic().slice(0, 1));
      return house;
    },
  };
}

/** A way to a PostgreSQL that can be closed, with everything cut that went through it. */
async function openDoor(databaseUrl: string) {
  const behind = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((socket) => {
    const other = connect(Number(behind.port), behind.hostname);
    for (const each of [socket, other]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        sockets.delete(each);
        socket.destroy();
        other.destroy();
      });
    }
    if (!isOpen) socket.destroy();
    socket.pipe(other).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: url.href,
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
      for (const socket of sockets) socket.destroy();
    },
  };
}
