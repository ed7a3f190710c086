/** Channels that are closed to the bot and open again, over the real bot and the fake services. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import type { Reason } from '../../src/model/delivery.ts';
import { refOf } from '../../src/platforms/discord/place.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { openHouse } from '../house.ts';
import { openDiscord as openBot, tickAt } from './wire.ts';

async function openSlack(more: Record<string, string> = {}) {
  const slack = await FakeSlack.start({
    channels: [{ name: 'papers', kind: 'private', members: ['ada', 'paperboy'] }],
    users: [{ name: 'ada' }, { name: 'grace' }],
  });
  onTestFinished(() => slack.stop());
  const { app, team } = slack.workspace;
  const house = await openHouse({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: app.botToken,
    SLACK_APP_TOKEN: app.appToken,
    PAPERBOY_TIMEZONE: 'Europe/Berlin',
    ...more,
  });
  await slack.inviteBot('papers');
  const say = async (text: string) => {
    await (await slack.slash({ user: 'ada', channel: 'papers', text })).reply();
  };
  const { id } = slack.workspace.channel('papers');
  const channel = `slack:${team.id}/${id}`;
  return {
    slack,
    house,
    say,
    last: async () => {
      const [settings] = (await Array.fromAsync(house.services.channels.active())).flat();
      return settings && (await house.services.editions.latest(settings.channel))?.delivery;
    },
    channel,
    digests: () => slack.posts('papers').filter(({ text }) => /^\d+ papers? for/.test(text)),
    told: () =>
      slack.posts(slack.workspace.im(slack.workspace.user('ada').id).id).map(({ text }) => text),
  };
}

describe('in Slack', () => {
  test.each<[string, Reason, (slack: FakeSlack) => unknown, (slack: FakeSlack) => unknown]>([
    ['archived', 'channel-archived', (s) => s.archive('papers'), (s) => s.unarchive('papers')],
    [
      'private and without the bot',
      'channel-gone',
      (s) => s.removeBot('papers'),
      (s) => s.inviteBot('papers'),
    ],
  ])(
    'a channel that is %s waits, its owner is told once, and it gets its digest when it is back',
    async (_, reason, close, open) => {
      const { slack, house, say, last, digests, told } = await openSlack();
      await say('subscribe model-merging top:2');
      await close(slack);
      await tickAt(house, '2026-11-23T09:00:00Z');
      expect(await last()).toEqual({ state: 'rejected', reason });
      expect(told()).toEqual([expect.stringMatching(/^I cannot post digests in .*: the channel/)]);
      const calls = () => slack.callsOf('chat.postMessage').length;
      const before = calls();
      for (const minute of ['01', '02']) await tickAt(house, `2026-11-23T09:${minute}:00Z`);
      await tickAt(house, '2026-11-24T09:00:00Z');
      expect(calls()).toBe(before);

      await open(slack);
      await tickAt(house, '2026-11-24T09:01:00Z');
      await tickAt(house, '2026-11-24T09:02:00Z');
      expect(digests()).toHaveLength(1);
      expect(await last()).toEqual({ state: 'sent' });
      expect(told()).toHaveLength(1);
    },
  );

  test('a pause of a person outlives an obstacle', async () => {
    const { slack, house, say, digests } = await openSlack();
    await say('subscribe model-merging');
    await slack.archive('papers');
    await tickAt(house, '2026-11-23T09:00:00Z');
    await slack.unarchive('papers');
    await say('pause');
    await tickAt(house, '2026-11-24T09:01:00Z');
    await tickAt(house, '2026-11-25T09:00:00Z');
    expect(digests()).toHaveLength(0);
  });

  test('who may not post is tried again after half an hour, and told of once', async () => {
    const { slack, house, say, digests, told, channel } = await openSlack();
    await say('subscribe model-merging');
    const id = channel.split('/')[1] ?? '';
    const refuse = (times: number) =>
      slack.fault({
        method: 'chat.postMessage',
        kind: 'error',
        error: 'restricted_action',
        channel: id,
        times,
      });
    refuse(2);
    for (const at of ['09:00', '09:29', '09:30', '09:59']) {
      await tickAt(house, `2026-11-23T${at}:00Z`);
    }
    expect(digests()).toHaveLength(0);
    expect(told()).toHaveLength(1);
    await tickAt(house, '2026-11-23T10:00:00Z');
    expect(digests()).toHaveLength(1);
  });

  test('an owner who was told is not told again because another cannot be reached', async () => {
    const { slack, house, say, told, channel } = await openSlack();
    await say('subscribe model-merging');
    const grace = slack.workspace.user('grace').id;
    const [first] = await house.services.channels.subscriptions(ChannelRef.parse(channel));
    if (!first) throw new Error('Nothing is followed');
    await house.services.channels.putSubscription({ ...first, topic: 'hers', owner: grace });
    const away = { method: 'chat.postMessage', kind: '503', channel: grace } as const;
    slack.fault({ ...away, times: Number.POSITIVE_INFINITY });
    await slack.archive('papers');
    for (const minute of ['00', '01', '02']) await tickAt(house, `2026-11-23T09:${minute}:00Z`);
    expect(told()).toHaveLength(1);
  });

  test('owners are told once the platform is there again, though the bot was started without it', async () => {
    const { slack, house, say, told } = await openSlack();
    await say('subscribe model-merging');
    const slackNow = house.platforms.get('slack');
    if (!slackNow) throw new Error('Slack is not connected');
    // A map that the bot fills as platforms connect.
    const platforms = house.platforms as Map<'slack', Platform>;
    slack.fault({
      method: 'chat.postMessage',
      kind: '503',
      channel: slack.workspace.user('ada').id,
    });
    await slack.archive('papers');
    await tickAt(house, '2026-11-23T09:00:00Z');
    platforms.delete('slack');
    const other = new DatabaseSync(join(house.stateDir, 'paperboy.db'));
    other.exec(`create trigger idle before update on obstacles
      begin select raise(fail, 'written for nothing'); end`);
    await tickAt(house, '2026-11-23T09:01:00Z');
    other.exec('drop trigger idle');
    other.close();
    expect(told()).toHaveLength(0);
    platforms.set('slack', slackNow);
    await tickAt(house, '2026-11-23T09:02:00Z');
    expect(told()).toHaveLength(1);
  });

  test('owners are told though the database was away when they could not be', async () => {
    const { slack, house, say, told } = await openSlack();
    await say('subscribe model-merging');
    const ada = slack.workspace.user('ada').id;
    slack.fault({ method: 'chat.postMessage', kind: '503', channel: ada });
    await slack.archive('papers');
    const other = new DatabaseSync(join(house.stateDir, 'paperboy.db'));
    other.exec(`create trigger away before update on obstacles when new.told < old.told
      begin select raise(fail, 'disk I/O error'); end`);
    await expect(tickAt(house, '2026-11-23T09:00:00Z')).rejects.toThrow('disk I/O error');
    other.exec('drop trigger away');
    other.close();
    for (const minute of ['01', '02', '03']) await tickAt(house, `2026-11-23T09:${minute}:00Z`);
    expect(told()).toHaveLength(1);
  });

  test.each([
    ['skip', 0, { state: 'skipped', reason: 'unsure' }],
    ['repeat', 1, { state: 'sent' }],
  ] as const)(
    'where the bot may not read, PAPERBOY_UNSURE=%s decides on a message whose answer was lost',
    async (choice, more, delivery) => {
      const { slack, house, say, digests, last, told } = await openSlack({
        PAPERBOY_UNSURE: choice,
      });
      await say('subscribe model-merging');
      slack.fault({ method: 'chat.postMessage', kind: 'accept-then-cut' });
      slack.fault({
        method: 'conversations.history',
        kind: 'error',
        error: 'missing_scope',
        times: Number.POSITIVE_INFINITY,
      });
      await tickAt(house, '2026-11-23T09:00:00Z');
      await tickAt(house, '2026-11-23T09:02:00Z');
      expect(await last()).toEqual(delivery);
      expect(digests()).toHaveLength(1 + more);
      expect(told()).toHaveLength(1 - more);
      // No later digest repeats what may stand there, so the note says what it was.
      await tickAt(house, '2026-11-24T09:00:00Z');
      expect(digests()).toHaveLength(1 + more);
      const [first] = digests();
      const titles = [...JSON.stringify(first?.blocks).matchAll(/\|([^|>]+)>\*/g)].map(
        ([, t]) => t,
      );
      expect(titles.length).toBeGreaterThan(1);
      const note = JSON.stringify(
        slack.posts(slack.workspace.im(slack.workspace.user('ada').id).id),
      );
      for (const title of more ? [] : titles) expect(note).toContain(title);
    },
  );
});

describe('in Discord', () => {
  async function openDiscord(more: Record<string, string> = {}) {
    const { discord, house } = await openBot(more);
    const { id } = discord.channel('papers');
    const channel = refOf(discord.guild('Lab').id, id);
    const command = 'paper subscribe';
    const options = { topic: 'model-merging' };
    await discord.slash({ user: 'grace', channel: 'papers', command, options }).answer();
    const digests = () =>
      discord.messages('papers').filter(({ wire }) => JSON.stringify(wire).includes('Papers for'));
    const told = () => discord.messages(discord.dm('grace')).map(({ text }) => text);
    const last = async () => (await house.services.editions.latest(channel))?.delivery;
    return { discord, house, digests, told, last };
  }

  test('a right that was taken away is asked for once, and its return noticed', async () => {
    const { discord, house, told, last } = await openDiscord();
    discord.setBotPermissions('papers', ['ViewChannel']);
    await tickAt(house, '2026-11-23T09:00:00Z');
    expect(await last()).toEqual({ state: 'rejected', reason: 'no-permission' });
    await tickAt(house, '2026-11-23T09:01:00Z');
    await tickAt(house, '2026-11-24T09:00:00Z');
    expect(discord.requests.filter(({ status }) => status === 403)).toHaveLength(1);
    expect(told()).toEqual([expect.stringContaining('Give me the right to send messages')]);

    discord.setBotPermissions('papers', ['ViewChannel', 'SendMessages', 'EmbedLinks']);
    await expect
      .poll(async () => {
        await house.services.digests.tick();
        return last();
      })
      .toEqual({ state: 'sent' });
    expect(told()).toHaveLength(1);
  });

  test.each([
    ['skip', { state: 'skipped', reason: 'unsure' }, [expect.stringContaining('may')]],
    // Discord itself gives the first message to whoever posts it again within minutes.
    ['repeat', { state: 'sent' }, []],
  ] as const)(
    'where the bot may not read, PAPERBOY_UNSURE=%s decides on a message whose answer was lost',
    async (choice, delivery, notes) => {
      const { discord, house, digests, told, last } = await openDiscord({
        PAPERBOY_UNSURE: choice,
      });
      discord.setBotPermissions('papers', ['ViewChannel', 'SendMessages', 'EmbedLinks']);
      discord.fault({ method: 'POST', path: /messages$/, kind: 'accept-then-cut' });
      await tickAt(house, '2026-11-23T09:00:00Z');
      expect(await last()).toMatchObject({ state: 'failed', reason: 'service-away' });
      await tickAt(house, '2026-11-23T09:02:00Z');
      expect(await last()).toEqual(delivery);
      expect(digests()).toHaveLength(1);
      expect(told()).toEqual(notes);
    },
  );

  test('a channel that is deleted, and a server that sends the bot away, are told apart', async () => {
    const gone = await openDiscord();
    gone.discord.deleteChannel('papers');
    await tickAt(gone.house, '2026-11-23T09:00:00Z');
    expect(await gone.last()).toEqual({ state: 'rejected', reason: 'channel-gone' });

    const left = await openDiscord();
    left.discord.removeBot('Lab');
    await tickAt(left.house, '2026-11-23T09:00:00Z');
    expect(await left.last()).toEqual({ state: 'rejected', reason: 'not-invited' });
  });
});
