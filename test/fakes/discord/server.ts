/**
 * A Discord for tests: the service side of the wire on 127.0.0.1, which a real discord.js client
 * logs in to with `new Client({ rest: { api: discord.apiUrl }, … })`.
 *
 * It enforces what Discord enforces (token, rights, limits, deadlines); each file here names the
 * page of Discord's documentation that it follows. https://discord.com/developers/docs/intro
 */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Commands } from './commands.ts';
import { type Fault, Faults } from './faults.ts';
import { Gateway, type PrivilegedIntent } from './gateway.ts';
import { httpApp } from './http.ts';
import { discordLimits, type Limits } from './limits.ts';
import { applicationPayload, guildCreatePayload } from './payloads.ts';
import { people } from './people.ts';
import { Rates } from './rates.ts';
import { addGuild, type GuildSeed, LAB } from './seed.ts';
import type { Service } from './service.ts';
import { type Named, World } from './state.ts';
import { upkeep } from './upkeep.ts';
import { type SeenMessage, view } from './view.ts';

export interface StartOptions {
  /** The bot's name. Default `Paperboy`. */
  readonly botName?: string;
  /** The token to log in with. Default one of Discord's shape. */
  readonly token?: string;
  /** Default: the server `Lab` of seed.ts. */
  readonly guilds?: readonly GuildSeed[];
  /** Privileged intents that are switched on in the developer portal. Default none. */
  readonly privileged?: readonly PrivilegedIntent[];
  /** Default: Discord's own times and rates. */
  readonly limits?: Partial<Limits>;
  /** How often the client shall beat, in milliseconds. Default Discord's 41,250. */
  readonly heartbeatMs?: number;
  /** The clock of tokens, nonces and timestamps, in milliseconds since 1970. Default the real one. */
  readonly now?: () => number;
}

const TOKEN = 'MTA1NTU1NTU1NTU1NTU1NTU1NQ.GfAkE0.for-tests-only-no-such-bot-exists-abcdefg';

async function start(options: StartOptions = {}) {
  const now = options.now ?? Date.now;
  const token = options.token ?? TOKEN;
  const limits: Limits = { ...discordLimits(), ...options.limits };
  const world = new World(options.botName ?? 'Paperboy', now);
  for (const seed of options.guilds ?? [LAB]) addGuild(world, seed);

  const server = createServer();
  const guilds = () => [...world.guilds.values()].filter((one) => one.members.has(world.bot.id));
  const gateway = new Gateway({
    server,
    token,
    privileged: options.privileged ?? [],
    heartbeatMs: options.heartbeatMs ?? 41_250,
    ready: () => ({
      user: world.bot,
      application: applicationPayload(world),
      guilds: guilds().map(({ id }) => ({ id, unavailable: true })),
    }),
    guildCreates: (intents) => guilds().map((one) => guildCreatePayload(world, one, intents)),
  });
  const service: Service = {
    world,
    gateway,
    limits,
    token,
    now,
    commands: new Commands(world),
    exchanges: [],
    faults: new Faults(),
    rates: new Rates(limits),
    requests: [],
    hear: () => {},
    nonces: new Map(),
    broken: [],
  };
  server.on(
    'request',
    getRequestListener(httpApp(service).fetch, { overrideGlobalObjects: false }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  return {
    /** For discord.js: `rest: { api: discord.apiUrl }`. */
    apiUrl: `http://127.0.0.1:${port}/api`,
    token,
    /** The bot's own user. */
    bot: world.bot,
    /** May be changed while it runs. */
    limits,
    gateway,
    /** Everything the bot has asked for, in order, without its token. */
    requests: service.requests,

    ...people(service),
    ...upkeep(service),

    /** A person, channel or server by its name; throws when there is none. */
    person: (named: Named) => world.person(named).user,
    channel: (named: Named) => world.channel(named),
    guild: (named: Named) => world.guild(named),

    /** The registered commands: global, or of one server. */
    commands: (guild?: Named) =>
      service.commands.list(guild === undefined ? undefined : world.guild(guild).id),

    /** Whether a thread was opened under a message. */
    hasThread: (message: Named) =>
      world.channels.has(typeof message === 'string' ? message : message.id),

    /** The messages of a channel that everybody sees, oldest first. */
    messages: (channel: Named): SeenMessage[] => view(world, world.channel(channel), null),

    /** The messages of a channel that this person sees, their ephemeral ones included. */
    view: (channel: Named, user: Named): SeenMessage[] =>
      view(world, world.channel(channel), world.person(user).user.id),

    /** Tells of every request that is answered from now on. */
    onRequest(hear: Service['hear']): void {
      service.hear = hear;
    },

    /** Makes the next requests to a route fail. */
    fault(fault: Fault): void {
      service.faults.add(fault);
    },

    /** Closes every connection at once; throws when something went wrong inside the fake. */
    async stop(): Promise<void> {
      gateway.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      if (service.broken.length > 0) {
        throw new AggregateError(service.broken, 'The fake Discord itself went wrong.');
      }
    },
  };
}

export const FakeDiscord = { start };
export type FakeDiscord = Awaited<ReturnType<typeof start>>;
