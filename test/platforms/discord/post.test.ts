import { Client, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { paperIdOf } from '../../../src/model/paper.ts';
import { logIn } from '../../../src/platforms/discord/client.ts';
import { refOf } from '../../../src/platforms/discord/place.ts';
import { PostError } from '../../../src/platforms/platform.ts';
import { sentence } from '../../../src/reply/build.ts';
import type { Reply } from '../../../src/reply/reply.ts';
import { say } from '../../../src/reply/text.ts';
import { channelOf, createBot, openDiscord, startBot } from './bot.ts';

const hello = sentence(say`Hello.`, 'channel');
const messagesPath = /\/channels\/\d+\/messages/;

const paper: Reply = {
  visibility: 'channel',
  summary: 'A paper',
  blocks: [
    {
      kind: 'paper',
      id: paperIdOf({ title: 'A paper' }),
      title: 'A paper',
      facts: [],
      body: [],
      buttons: [],
    },
  ],
};

async function failure(work: Promise<unknown>): Promise<PostError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof PostError)) throw new Error(`not a PostError: ${error}`);
  return error;
}

describe('posting', () => {
  test('with a key used in another channel makes a message of its own', async () => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord);
    const other = discord.createChannel('Lab', { name: 'other' });
    const channel = channelOf(discord);
    const first = await platform.post(channel, hello, 'a');
    expect(await platform.post(refOf(other.guildId, other.id), hello, 'a')).not.toBe(first);
  });

  test('whose answer was lost is found by its key, and posting again gives the same', async () => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord);
    const channel = channelOf(discord);
    discord.fault({ path: messagesPath, kind: 'accept-then-cut' });
    const lost = await failure(platform.post(channel, paper, 'a'));
    expect(lost.reason).toBe('service-away');
    const [message] = discord.messages('papers');
    expect(await platform.find(channel, 'a')).toBe(message?.id);
    expect(await platform.find(channel, 'b')).toBeUndefined();
    expect(await platform.post(channel, paper, 'a')).toBe(message?.id);
  });

  test('links to the message', async () => {
    const discord = await openDiscord();
    const { platform } = await createBot(discord);
    expect(await platform.permalink(refOf('8110', '8123'), '99')).toBe(
      'https://discord.com/channels/8110/8123/99',
    );
    expect(await platform.permalink(refOf(null, '8123'), '99')).toBe(
      'https://discord.com/channels/@me/8123/99',
    );
  });

  test('works in a thread and in direct messages', async () => {
    const guild = {
      name: 'Lab',
      channels: [{ name: 'papers', threads: ['talk'] }],
      members: [{ name: 'ada' }],
    };
    const discord = await openDiscord({ guilds: [guild] });
    const { platform } = await startBot(discord);
    await platform.post(channelOf(discord, 'talk'), hello, 'a');
    await platform.post(refOf(null, discord.dm('ada').id), hello, 'b');
    expect(discord.messages('talk')).toHaveLength(1);
    expect(discord.messages(discord.dm('ada'))).toHaveLength(1);
  });
});

describe('posting that fails says whether it is', () => {
  test.each([
    ['forbidden without the embeds of a paper', ['ViewChannel', 'SendMessages'], 'no-permission'],
    ['forbidden in a channel the bot cannot see', [], 'not-invited'],
  ] as const)('%s', async (_, permissions, expected) => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord);
    discord.setBotPermissions('papers', permissions);
    const error = await failure(platform.post(channelOf(discord), paper, 'a'));
    expect(error.reason).toBe(expected);
    expect(error.message).toMatch(/^discord: Missing/);
    expect(discord.requests.filter(({ status }) => status === 403)).toHaveLength(1);
  });

  test('forbidden by a person who takes no messages', async () => {
    const members = [{ name: 'hal', acceptsDms: false }];
    const discord = await openDiscord({ guilds: [{ name: 'Lab', members }] });
    const { platform } = await startBot(discord);
    const error = await failure(platform.post(refOf(null, discord.dm('hal').id), hello, 'a'));
    expect(error.reason).toBe('no-direct-messages');
  });

  test('limited, and for how long, without waiting for it', async () => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord);
    discord.fault({ method: 'POST', path: messagesPath, kind: '429', retryAfter: 30 });
    const before = performance.now();
    const error = await failure(platform.post(channelOf(discord), hello, 'a'));
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(error.reason).toBe('rate-limited');
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(30_000);
  });

  test('only delayed when the wait is short', async () => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord);
    discord.fault({ method: 'POST', path: messagesPath, kind: '429', retryAfter: 0.1 });
    await platform.post(channelOf(discord), hello, 'a');
    expect(discord.messages('papers')).toHaveLength(1);
  });

  test.each(['503', 'cut'] as const)('unavailable when Discord is (%s)', async (kind) => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord);
    discord.fault({ path: messagesPath, kind, times: 5 });
    const error = await failure(platform.post(channelOf(discord), hello, 'a'));
    expect(error.reason).toBe('service-away');
    expect(error.message).not.toContain(discord.token);
  });

  test('unavailable before it is connected', async () => {
    const discord = await openDiscord();
    const { platform } = await createBot(discord);
    const channel = channelOf(discord);
    expect((await failure(platform.post(channel, hello, 'a'))).reason).toBe('service-away');
    expect((await failure(platform.find(channel, 'a'))).reason).toBe('service-away');
  });
});

test('refused intents are told to the operator', async () => {
  const discord = await openDiscord();
  const client = new Client({
    intents: [GatewayIntentBits.MessageContent],
    rest: { api: discord.apiUrl },
  });
  const error = await logIn(client, discord.token).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(/DISCORD_TOKEN.*intents/);
});
