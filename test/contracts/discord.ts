/** Discord as the contract sees it: grace, who manages channels, asks; ada is in the channel too. */
import { onTestFinished } from 'vitest';
import { argInfo } from '../../src/command/args.ts';
import { parseLine, UnknownCommandError } from '../../src/command/grammar.ts';
import type { Invocation } from '../../src/model/invocation.ts';
import { refOf } from '../../src/platforms/discord/place.ts';
import { FakeDiscord } from '../fakes/discord/server.ts';
import type { SeenMessage } from '../fakes/discord/view.ts';
import { type House, openHouse } from '../house.ts';
import { read } from '../platforms/discord/reader.ts';
import { type Shown, type Stage, startedIn } from './platform.ts';

const seed = {
  name: 'Lab',
  channels: [{ name: 'general' }, { name: 'papers' }, { name: 'closed' }, { name: 'gone' }],
  members: [{ name: 'ada' }, { name: 'grace', permissions: ['ManageChannels' as const] }],
};

export async function openDiscordStage(env: Record<string, string> = {}): Promise<Stage> {
  const discord = await FakeDiscord.start({ guilds: [seed] });
  onTestFinished(() => discord.stop());
  const house = await openHouse({
    ...env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    PAPERBOY_TIMEZONE: 'Europe/Berlin',
  });
  const [channel, otherChannel, forbiddenChannel, goneChannel] = seed.channels.map(({ name }) =>
    refOf(discord.guild('Lab').id, discord.channel(name).id),
  );
  if (!channel || !otherChannel || !forbiddenChannel || !goneChannel)
    throw new Error('No channels');
  discord.setBotPermissions('closed', ['ViewChannel']);
  discord.deleteChannel('gone');

  const place = { user: 'grace', channel: 'general' } as const;
  const view = (user: string, name = 'general') =>
    discord
      .view(name, user)
      .filter(({ author }) => author === discord.bot.username)
      .map(shown);

  return {
    house,
    platform: startedIn(house, 'discord'),
    channel,
    otherChannel,
    forbiddenChannel,
    goneChannel,
    isPostedOnce: true,
    asker: discord.person('grace').id,
    bait: `@everyone <@${discord.person('ada').id}> @here <#${discord.channel('papers').id}>`,
    seen: async (where = channel) => view('ada', where === channel ? 'general' : 'papers'),
    mine: async () => view('grace'),
    seenUnder: async (message) => discord.view(message, 'ada').map(shown),
    told: async () => discord.view(discord.dm('grace'), 'grace').map(shown),

    async type(line) {
      const filled = filledIn(line, house);
      if (filled) return shown(await discord.slash({ ...place, ...filled }).answer());
      // Discord offers no command that there is not; a mention may name one.
      const before = discord.messages('general').length;
      discord.say({ ...place, content: `${discord.botMention} ${line}` });
      return shown(await discord.waitFor(() => discord.messages('general')[before + 1]));
    },
    async press({ id }, label, who = 'asker') {
      const user = who === 'asker' ? 'grace' : 'ada';
      const message = discord.view('general', user).find((each) => each.id === id);
      const button = message?.buttons.find((each) => unnumbered(each.label) === label);
      const exchange = discord.click({ user, message: id, button: button?.customId ?? label });
      return shown(await exchange.answer());
    },
    remove: async ({ id }) => discord.deleteMessage(id),
    async say(words) {
      discord.say({ ...place, user: 'ada', content: `${discord.botMention}\n${words}` });
    },
  };
}

/** The line as somebody fills in the options of the slash command; undefined where there is none. */
function filledIn(line: string, { desk: { commands } }: House) {
  let invocation: Invocation;
  try {
    invocation = parseLine(line, commands);
  } catch (error) {
    if (error instanceof UnknownCommandError) return undefined;
    throw error;
  }
  const { command: name, args } = invocation;
  const schemas = commands.find((each) => each.name === name)?.args ?? {};
  const options = Object.entries(args).map(([key, value]) => {
    const type = schemas[key] && argInfo(schemas[key]).type;
    if (type === 'integer') return [key, Number(value)];
    return [key, type === 'flag' ? value === 'yes' : value];
  });
  return { command: `paper ${name}`, options: Object.fromEntries(options) };
}

function shown({ id, wire, buttons }: SeenMessage): Shown {
  const markup = [
    wire.content,
    ...wire.embeds.flatMap(({ title, description, footer }) => [title, description, footer?.text]),
  ];
  // The reader takes a line of small print with the line break after it.
  const lines = markup.flatMap((each) => each?.split(/(?<=^-# .*)\n/m) ?? []);
  const all = lines.map((each) => read(each));
  const marks = all.flatMap((each) => each.marks);
  return {
    id,
    words: all.map(({ text }) => text.replaceAll('\u200b', '')).join('\n'),
    buttons: buttons.map(({ label }) => unnumbered(label)),
    calls: [
      ...(wire.mention_everyone ? ['everyone'] : []),
      ...wire.mentions.map(({ username }) => username),
      ...wire.mention_roles,
      ...marks.map(({ kind }) => kind).filter((kind) => callers.has(kind)),
    ],
  };
}

/** What the client would show as a call, whether or not it notifies. */
const callers = new Set(['everyone', 'here', 'user', 'role', 'channel']);

const unnumbered = (label: string) => label.replace(/ \d+$/, '');
