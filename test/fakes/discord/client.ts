/**
 * A vitest `test` that hands out a running fake and real discord.js clients logged in to it, and
 * ends them after each test.
 */
import {
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  Partials,
  type SendableChannels,
} from 'discord.js';
import { test as plain } from 'vitest';
import { FakeDiscord, type StartOptions } from './server.ts';

/** A command with all the fake's tests need: subcommands, bounds and autocomplete. */
export const PAPER = {
  name: 'paper',
  description: 'Research papers',
  options: [
    {
      type: 1,
      name: 'search',
      description: 'Find papers',
      options: [
        { type: 3, name: 'query', description: 'Words', required: true, autocomplete: true },
        { type: 4, name: 'top', description: 'How many', min_value: 1, max_value: 10 },
      ],
    },
    { type: 1, name: 'status', description: 'How the bot is' },
  ],
};

/** What ada types where. */
export const SEARCH = { user: 'ada', channel: 'papers', command: 'paper search' };

type Answer<T> = (interaction: T) => Promise<unknown>;

export const test = plain
  /** How the fake starts: `test.override('options', { … })` in a describe. */
  .extend('options', (): StartOptions => ({}))
  /** Lets a test move the fake's clock ahead, in milliseconds. */
  .extend('clock', () => ({ ahead: 0 }))
  .extend('discord', async ({ options, clock }, { onCleanup }) => {
    const discord = await FakeDiscord.start({ now: () => Date.now() + clock.ahead, ...options });
    onCleanup(() => discord.stop());
    return discord;
  })
  .extend('bot', async ({ discord }, { onCleanup }) => {
    const clients: Client[] = [];
    onCleanup(async () => {
      await Promise.all(clients.map((client) => client.destroy()));
    });

    const login = async (
      intents: number = GatewayIntentBits.Guilds,
      answer: Answer<Interaction> = async () => {},
    ): Promise<Client<true>> => {
      const client = new Client({
        intents,
        partials: [Partials.Channel],
        rest: { api: discord.apiUrl },
        // The client itself would wait five seconds between two identifies.
        ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
      });
      clients.push(client);
      client.on(Events.InteractionCreate, (one) => void answer(one).catch(() => {}));
      const ready = new Promise<Client<true>>((resolve) =>
        client.once(Events.ClientReady, (it) => resolve(it)),
      );
      await client.login(discord.token);
      return await ready;
    };

    /** Logs in, registers `/paper` and answers every interaction. */
    const serve = async (answer: Answer<Interaction>): Promise<Client<true>> => {
      const client = await login(GatewayIntentBits.Guilds, answer);
      await client.application.commands.set([PAPER]);
      return client;
    };

    /** As `serve`, for the command alone. */
    const serveCommand = (answer: Answer<ChatInputCommandInteraction>) =>
      serve(async (one) => {
        if (one.isChatInputCommand()) await answer(one);
      });

    return { login, serve, serveCommand };
  });

/** The channel of this name as discord.js has it. */
export async function channelFor(
  client: Client,
  discord: FakeDiscord,
  name = 'papers',
): Promise<SendableChannels> {
  const channel = await client.channels.fetch(discord.channel(name).id);
  if (!channel?.isSendable()) throw new Error(`No messages can be sent to "${name}".`);
  return channel;
}

/** The error with which Discord refused; throws when it did not. */
export async function refusal(work: Promise<unknown>): Promise<DiscordAPIError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscordAPIError)) throw new Error(`Not refused by Discord: ${error}`);
  return error;
}
