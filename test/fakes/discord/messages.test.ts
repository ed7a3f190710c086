/** The fake's channels and messages, driven by the real discord.js client. */
import { EmbedBuilder, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect } from 'vitest';
import { channelFor, refusal, test } from './client.ts';

/** A row of buttons with these custom ids, as it goes over the wire. */
function buttons(...ids: string[]): object {
  const components = ids.map((custom_id) => ({ type: 2, style: 1, label: 'x', custom_id }));
  return { type: 1, components };
}

describe('posting messages', () => {
  test('an over-long embed, and embeds over 6,000 characters in all, are refused', async ({
    discord,
    bot,
  }) => {
    const channel = await channelFor(await bot.login(), discord);
    const body = (embeds: object[]) => ({ body: { embeds } });
    const path = `/channels/${channel.id}/messages` as const;
    const post = (embeds: object[]) => refusal(channel.client.rest.post(path, body(embeds)));
    expect((await post([{ title: 'x'.repeat(257) }])).message).toContain(
      'embeds[0].title[BASE_TYPE_MAX_LENGTH]: Must be 256 or fewer in length.',
    );
    const long = { description: 'x'.repeat(3_001) };
    expect((await post([long, long])).message).toContain('embeds[MAX_EMBED_SIZE_EXCEEDED]');
    expect(discord.messages('papers')).toEqual([]);
    // Discord counts code points, of which this has 256 and twice as many UTF-16 units.
    await channel.send({ embeds: [{ title: '𝛼'.repeat(256) }] });
  });

  test.for<{ what: string; body: object; where: string }>([
    {
      what: 'content over 2,000',
      body: { content: 'x'.repeat(2_001) },
      where: 'content[BASE_TYPE_MAX_LENGTH]',
    },
    {
      what: 'a nonce over 25',
      body: { content: 'x', nonce: 'x'.repeat(26) },
      where: 'nonce',
    },
    {
      what: 'an eleventh embed',
      body: { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) },
      where: 'embeds[BASE_TYPE_MAX_LENGTH]',
    },
    {
      what: 'an empty field',
      body: { embeds: [{ fields: [{ name: ' ', value: 'x' }] }] },
      where: 'embeds[0].fields[0].name',
    },
    {
      what: 'a javascript link',
      body: { embeds: [{ title: 'x', url: 'javascript:alert(1)' }] },
      where: 'embeds[0].url[URL_TYPE_INVALID_SCHEME]',
    },
    {
      what: 'the same custom id twice',
      body: { components: [buttons('same'), buttons('same')] },
      where: 'components[1].components[0].custom_id[COMPONENT_CUSTOM_ID_DUPLICATED]',
    },
    {
      what: 'a sixth button in a row',
      body: { components: [buttons('1', '2', '3', '4', '5', '6')] },
      where: 'components[0].components[BASE_TYPE_MAX_LENGTH]',
    },
    {
      what: 'a sixth row',
      body: { components: ['1', '2', '3', '4', '5', '6'].map((id) => buttons(id)) },
      where: 'components[BASE_TYPE_MAX_LENGTH]',
    },
    {
      what: 'an unknown component',
      body: { components: [{ type: 17, components: [] }] },
      where: 'components[0].type',
    },
  ])('$what is refused', async ({ body, where }, { discord, bot }) => {
    const channel = await channelFor(await bot.login(), discord);
    const error = await refusal(
      channel.client.rest.post(`/channels/${channel.id}/messages`, { body }),
    );
    expect(error.code).toBe(50035);
    expect(error.message).toContain(where);
  });

  test('an empty message is refused', async ({ discord, bot }) => {
    const channel = await channelFor(await bot.login(), discord);
    expect((await refusal(channel.send({ content: '  ' }))).code).toBe(50006);
  });

  test('without the right to write, to embed or to see the channel nothing is posted', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login();
    const channel = await channelFor(client, discord);
    const embeds = [new EmbedBuilder().setTitle('x')];
    discord.setBotPermissions('papers', ['ViewChannel']);
    expect((await refusal(channel.send('x'))).code).toBe(50013);
    discord.setBotPermissions('papers', ['ViewChannel', 'SendMessages']);
    expect((await refusal(channel.send({ embeds }))).code).toBe(50013);
    discord.setBotPermissions('papers', []);
    expect((await refusal(channel.send('x'))).code).toBe(50001);
    expect(discord.messages('papers')).toEqual([]);
  });

  test('a deleted channel is unknown, and so is the server the bot was removed from', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login();
    const channel = await channelFor(client, discord);
    const gone = new Promise((resolve) => client.once(Events.ChannelDelete, resolve));
    discord.deleteChannel('papers');
    await gone;
    expect((await refusal(channel.send('x'))).code).toBe(10003);

    const left = new Promise((resolve) => client.once(Events.GuildDelete, resolve));
    const other = discord.createChannel('Lab', { name: 'other' });
    discord.removeBot('Lab');
    await left;
    const path = `/channels/${other.id}/messages` as const;
    expect((await refusal(client.rest.post(path, { body: { content: 'x' } }))).code).toBe(50001);
    expect((await refusal(client.rest.get(`/guilds/${other.guildId}`))).code).toBe(10004);
  });

  test('the same enforced nonce gives the first message again, for some minutes', async ({
    discord,
    bot,
    clock,
  }) => {
    const channel = await channelFor(await bot.login(), discord);
    const post = () => channel.send({ content: 'digest', nonce: 'edition-1', enforceNonce: true });
    const [first, second] = [await post(), await post()];
    expect(second.id).toBe(first.id);
    expect(discord.messages('papers')).toHaveLength(1);
    clock.ahead = discord.limits.nonceMs + 1;
    await post();
    expect(discord.messages('papers')).toHaveLength(2);
  });

  test('the bot edits and deletes its own messages only, and reads the channel newest first', async ({
    discord,
    bot,
  }) => {
    const channel = await channelFor(await bot.login(), discord);
    const own = await channel.send('one');
    const other = discord.say({ user: 'ada', channel: 'papers', content: 'two' });
    await own.edit('one, better');
    const path = `/channels/${channel.id}/messages/${other.id}` as const;
    const edit = channel.client.rest.patch(path, { body: { content: 'x' } });
    expect((await refusal(edit)).code).toBe(50005);
    const read = await channel.messages.fetch({ limit: 10 });
    expect(read.map((one) => one.content)).toEqual(['', 'one, better']);
    await own.delete();
    expect(discord.messages('papers').map((one) => one.text)).toEqual(['two']);
  });

  test('a person who closed their direct messages cannot be written to', async ({
    discord,
    bot,
  }) => {
    discord.inviteBot({ name: 'Other', members: [{ name: 'eve', acceptsDms: false }] });
    const client = await bot.login();
    const eve = await client.users.fetch(discord.person('eve').id);
    expect((await refusal(eve.send('hello'))).code).toBe(50007);
    const ada = await client.users.fetch(discord.person('ada').id);
    await ada.send('hello');
    expect(discord.view(discord.dm('ada'), 'ada').map((one) => one.text)).toEqual(['hello']);
  });

  test('only mentions that are allowed notify anybody', async ({ discord, bot }) => {
    const channel = await channelFor(await bot.login(), discord);
    const content = `@everyone <@${discord.person('ada').id}>`;
    const loud = await channel.send(content);
    const quiet = await channel.send({ content, allowedMentions: { parse: [] } });
    expect([loud.mentions.everyone, loud.mentions.users.size]).toEqual([true, 1]);
    expect([quiet.mentions.everyone, quiet.mentions.users.size]).toEqual([false, 0]);
  });
});

describe('other kinds of channels', () => {
  test.override('options', {
    guilds: [
      {
        name: 'Lab',
        members: [{ name: 'ada' }],
        channels: [
          { name: 'news', type: 'announcement' },
          { name: 'papers', threads: ['reading'] },
        ],
      },
    ],
  });

  test('announcement channels and threads can be posted in', async ({ discord, bot }) => {
    const client = await bot.login();
    for (const name of ['news', 'reading']) {
      const channel = await channelFor(client, discord, name);
      await channel.send(`to ${name}`);
      expect(discord.view(name, 'ada').map((one) => one.text)).toEqual([`to ${name}`]);
    }
    discord.setBotPermissions('papers', ['ViewChannel', 'SendMessages']);
    const thread = await channelFor(client, discord, 'reading');
    expect((await refusal(thread.send('x'))).code).toBe(50013);
  });
});

describe('reading messages', () => {
  const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages;

  test('without the intent for content it is empty, but for mentions and direct messages', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login(intents | GatewayIntentBits.DirectMessages);
    const read: string[] = [];
    client.on(Events.MessageCreate, (message) => void read.push(message.content));
    discord.say({ user: 'ada', channel: 'papers', content: 'secret' });
    discord.say({ user: 'ada', channel: 'papers', content: `${discord.botMention} hello` });
    discord.say({ user: 'ada', channel: discord.dm('ada'), content: 'direct' });
    await discord.waitFor(() => read.length === 3);
    expect(read).toEqual(['', `${discord.botMention} hello`, 'direct']);
  });

  describe('with the intent for content switched on', () => {
    test.override('options', { privileged: ['MessageContent'] });

    test('content arrives when it is asked for', async ({ discord, bot }) => {
      const client = await bot.login(intents | GatewayIntentBits.MessageContent);
      const read: string[] = [];
      client.on(Events.MessageCreate, (message) => void read.push(message.content));
      discord.say({ user: 'ada', channel: 'papers', content: 'hello' });
      await discord.waitFor(() => read.length === 1);
      expect(read).toEqual(['hello']);
    });
  });
});
