/** The fake's sessions, commands and interactions, driven by the real discord.js client. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  type DiscordAPIError,
  GatewayIntentBits,
  MessageFlags,
  StringSelectMenuBuilder,
} from 'discord.js';
import { describe, expect } from 'vitest';
import { channelFor, PAPER, refusal, SEARCH, test } from './client.ts';

function row(...buttons: ButtonBuilder[]): ActionRowBuilder<ButtonBuilder> {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
}

function button(id: string, label: string): ButtonBuilder {
  return new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary);
}

describe('logging in', () => {
  test('a client with the right token and minimal intents sees its server and channel', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login();
    expect(client.user.username).toBe('Paperboy');
    expect(client.guilds.cache.map((guild) => guild.name)).toEqual(['Lab']);
    expect(await channelFor(client, discord)).toMatchObject({ name: 'papers' });
    expect(discord.gateway.identified).toEqual([{ intents: GatewayIntentBits.Guilds }]);
    expect(JSON.stringify(discord.requests)).not.toContain(discord.token);
  });

  test('a wrong token is refused', async ({ discord }) => {
    const client = new Client({ intents: [], rest: { api: discord.apiUrl } });
    await expect(client.login('wrong.token.here')).rejects.toThrow('An invalid token was provided');
    await client.destroy();
  });

  test('a privileged intent that is not switched on is refused', async ({ discord, bot }) => {
    await expect(bot.login(GatewayIntentBits.MessageContent)).rejects.toThrow(
      'Used disallowed intents',
    );
    expect(discord.gateway.identified).toEqual([]);
  });

  test('a route that Discord does not have gives 404 and is recorded as such', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login();
    expect((await refusal(client.rest.get('/no/such/route'))).status).toBe(404);
    expect(discord.requests.filter((one) => one.unknownRoute)).toMatchObject([
      { method: 'GET', path: '/no/such/route', status: 404 },
    ]);
  });
});

describe('registering commands', () => {
  test('a bulk registration is kept, and keeps the id of a command that stays', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login();
    await client.application.commands.set([PAPER]);
    const [first] = discord.commands();
    await client.application.commands.set([{ ...PAPER, description: 'Papers' }]);
    const [second] = discord.commands();
    expect(second).toMatchObject({ id: first?.id, name: 'paper', description: 'Papers' });
    expect(second?.version).not.toBe(first?.version);
  });

  test.for<{ what: string; command: object; where: string }>([
    {
      what: 'a name with a capital',
      command: { name: 'Paper', description: 'x' },
      where: '0.name[APPLICATION_COMMAND_INVALID_NAME]',
    },
    {
      what: 'an empty description',
      command: { name: 'paper', description: '' },
      where: '0.description',
    },
    {
      what: 'a required option after an optional one',
      command: {
        name: 'paper',
        description: 'x',
        options: [
          { type: 3, name: 'one', description: 'x' },
          { type: 3, name: 'two', description: 'x', required: true },
        ],
      },
      where: '0.options[1][APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID]',
    },
    {
      what: 'a command of more than 8,000 characters in all',
      command: {
        name: 'paper',
        description: 'x',
        options: Array.from({ length: 25 }, (_, one) => ({
          type: 3,
          name: `o${one}`,
          description: 'x',
          choices: Array.from({ length: 4 }, (__, two) => ({
            name: `${two}`.padEnd(100, 'x'),
            value: 'y',
          })),
        })),
      },
      where: 'APPLICATION_COMMAND_TOO_LARGE',
    },
  ])('$what is refused', async ({ command, where }, { discord, bot }) => {
    const client = await bot.login();
    const put = client.rest.put(`/applications/${discord.bot.id}/commands`, { body: [command] });
    const error = await refusal(put);
    expect(error.code).toBe(50035);
    expect(error.message).toContain(where);
    expect(discord.commands()).toEqual([]);
  });
});

describe('slash commands', () => {
  test('a reply is seen by everybody, and its time and options are known', async ({
    discord,
    bot,
  }) => {
    await bot.serveCommand((it) => it.reply(`found ${it.options.getString('query')}`));
    const exchange = discord.slash({ ...SEARCH, options: { query: 'model merging', top: 3 } });
    expect((await exchange.answer()).text).toBe('found model merging');
    expect(exchange.respondedAfterMs).toBeLessThan(3_000);
    expect(exchange).toMatchObject({ deferred: false, ephemeral: false });
    expect(discord.view('papers', 'grace').map((one) => one.text)).toEqual(['found model merging']);
  });

  test('a deferred reply is filled by its edit, and follow-ups come after it', async ({
    discord,
    bot,
  }) => {
    await bot.serveCommand(async (it) => {
      await it.deferReply();
      await discord.waitFor(() => discord.view('papers', 'ada')[0]?.loading);
      await it.editReply('one');
      await it.followUp('two');
    });
    const exchange = discord.slash({ ...SEARCH, options: { query: 'x' } });
    expect((await exchange.answer()).text).toBe('one');
    await discord.waitFor(() => exchange.followups.length === 1);
    expect(exchange.deferred).toBe(true);
    expect(exchange.messages.map((one) => one.text)).toEqual(['one', 'two']);
    const states = exchange.history[0]?.map((one) => one.text);
    expect(states).toEqual(['Paperboy is thinking…', 'one']);
  });

  test('an ephemeral reply is seen by nobody else, and not in the channel by the bot', async ({
    discord,
    bot,
  }) => {
    const client = await bot.serveCommand((it) =>
      it.reply({ content: 'only you', flags: MessageFlags.Ephemeral }),
    );
    const exchange = discord.slash({ ...SEARCH, options: { query: 'x' } });
    const answer = await exchange.answer();
    expect(answer.ephemeral).toBe(true);
    expect(discord.view('papers', 'ada').map((one) => one.text)).toEqual(['only you']);
    expect(discord.view('papers', 'grace')).toEqual([]);
    const channel = await channelFor(client, discord);
    expect((await refusal(channel.messages.fetch(answer.id))).code).toBe(10008);
  });

  test('rights arrive as Discord computes them', async ({ discord, bot }) => {
    await bot.serveCommand((it) => {
      const may = it.memberPermissions?.has('ManageChannels') ? 'may' : 'may not';
      return it.reply(`${may}; bot embeds: ${it.appPermissions.has('EmbedLinks')}`);
    });
    const status = { channel: 'papers', command: 'paper status' };
    const answers = await Promise.all(
      ['ada', 'grace'].map((user) => discord.slash({ ...status, user }).answer()),
    );
    expect(answers.map((one) => one.text)).toEqual([
      'may not; bot embeds: true',
      'may; bot embeds: true',
    ]);
  });

  test('a command works in direct messages with the bot', async ({ discord, bot }) => {
    await bot.serveCommand((it) => it.reply(`guild: ${it.guildId}`));
    const channel = discord.dm('ada');
    const exchange = discord.slash({ user: 'ada', channel, command: 'paper status' });
    expect((await exchange.answer()).text).toBe('guild: null');
  });

  test('what the Discord client would not send throws', async ({ discord, bot }) => {
    await bot.serveCommand((it) => it.reply('no'));
    const sending =
      (options: Record<string, string | number>, command = 'paper search') =>
      () =>
        discord.slash({ ...SEARCH, command, options });
    expect(sending({})).toThrow('cannot be sent without its option "query"');
    expect(sending({ query: 'x', since: 'y' })).toThrow('has no option "since"');
    expect(sending({ query: 'x', top: 11 })).toThrow('takes at most 10');
    expect(sending({ query: 'x', top: 'ten' })).toThrow('takes a number');
    expect(sending({}, 'paper')).toThrow('needs a subcommand; there is: search, status.');
    expect(sending({}, 'papers')).toThrow('Discord shows no /papers');
  });

  test('a late answer is refused, and the person reads that there was none', async ({
    discord,
    bot,
  }) => {
    discord.limits.responseMs = 30;
    const errors: DiscordAPIError[] = [];
    await bot.serveCommand(async (it) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      errors.push(await refusal(it.reply('late')));
      errors.push(await refusal(it.webhook.send('late')));
    });
    const exchange = discord.slash({ ...SEARCH, options: { query: 'x' } });
    await expect(exchange.answer()).rejects.toThrow('The application did not respond');
    await discord.waitFor(() => errors.length === 2);
    expect(errors.map((one) => one.code)).toEqual([10062, 10015]);
    expect(discord.messages('papers')).toEqual([]);
  });

  test('a second answer is refused', async ({ discord, bot }) => {
    const errors: DiscordAPIError[] = [];
    await bot.serveCommand(async (it) => {
      await it.reply('one');
      const body = { type: 4, data: { content: 'two' } };
      const path = `/interactions/${it.id}/${it.token}/callback` as const;
      errors.push(await refusal(it.client.rest.post(path, { body, auth: false })));
    });
    discord.slash({ ...SEARCH, options: { query: 'x' } });
    await discord.waitFor(() => errors.length === 1);
    expect(errors[0]?.code).toBe(40060);
  });

  test('a token is dead after a quarter of an hour', async ({ discord, bot, clock }) => {
    const errors: DiscordAPIError[] = [];
    await bot.serveCommand(async (it) => {
      await it.deferReply();
      clock.ahead = 15 * 60_000 + 1;
      errors.push(await refusal(it.editReply('too late')));
    });
    discord.slash({ ...SEARCH, options: { query: 'x' } });
    await discord.waitFor(() => errors.length === 1);
    expect(errors[0]?.code).toBe(50027);
  });
});

describe('autocomplete, buttons and menus', () => {
  test('choices are offered for what is typed so far', async ({ discord, bot }) => {
    await bot.serve(async (it) => {
      if (!it.isAutocomplete()) return;
      const typed = it.options.getFocused();
      await it.respond([{ name: `${typed}ing`, value: typed }]);
    });
    const focused = { name: 'query', value: 'merg' };
    expect(await discord.autocomplete({ ...SEARCH, focused })).toEqual([
      { name: 'merging', value: 'merg' },
    ]);
  });

  test('more than 25 choices are refused', async ({ discord, bot }) => {
    const errors: DiscordAPIError[] = [];
    await bot.serve(async (it) => {
      if (!it.isAutocomplete()) return;
      const choices = Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` }));
      errors.push(await refusal(it.respond(choices)));
      await it.respond(choices.slice(0, 25));
    });
    const focused = { name: 'query', value: '' };
    expect(await discord.autocomplete({ ...SEARCH, focused })).toHaveLength(25);
    expect(errors[0]?.message).toContain('data.choices[BASE_TYPE_MAX_LENGTH]');
  });

  test.for([
    { kind: 'public', flags: undefined },
    { kind: 'ephemeral', flags: MessageFlags.Ephemeral },
  ] as const)(
    'a button changes its $kind message in place',
    async ({ flags }, { discord, bot }) => {
      await bot.serve(async (it) => {
        if (it.isChatInputCommand()) {
          await it.reply({
            content: 'page 1',
            components: [row(button('page:2', 'Next'))],
            ...(flags === undefined ? {} : { flags }),
          });
        } else if (it.isButton()) {
          await it.update({
            content: `${it.message.content} → ${it.customId}`,
            components: [row(button('page:1', 'Previous'))],
          });
        }
      });
      const message = await discord.slash({ ...SEARCH, options: { query: 'x' } }).answer();
      expect(message.buttons).toMatchObject([{ label: 'Next', customId: 'page:2' }]);
      const changed = await discord.click({ user: 'ada', message, button: 'Next' }).answer();
      expect(changed).toMatchObject({ id: message.id, text: 'page 1 → page:2', edited: true });
      expect(() => discord.click({ user: 'ada', message, button: 'Next' })).toThrow(
        'There are 0 buttons "Next"; shown are: Previous.',
      );
      expect(discord.view('papers', 'ada')).toHaveLength(1);
    },
  );

  test('a menu sends the chosen values, and a deferred update is answered by the edit', async ({
    discord,
    bot,
  }) => {
    const client = await bot.serve(async (it) => {
      if (!it.isStringSelectMenu()) return;
      await it.deferUpdate();
      await it.editReply({ content: `chose ${it.values.join()}`, components: [] });
    });
    const menu = new StringSelectMenuBuilder()
      .setCustomId('topic')
      .addOptions(
        { label: 'Model merging', value: 'merging' },
        { label: 'Agents', value: 'agents' },
      );
    const { id } = await (await channelFor(client, discord)).send({
      content: 'Which?',
      components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
    });
    const exchange = discord.select({ user: 'ada', message: id, values: ['Model merging'] });
    expect((await exchange.answer()).text).toBe('chose merging');
  });
});
