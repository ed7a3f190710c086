/** The connection to Discord: what is asked for, kept and logged, and how logging in can fail for good. */
import {
  Client,
  DefaultRestOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
  Status,
} from 'discord.js';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Pace } from '../pace.ts';
import { errorFields, errorLine } from './failure.ts';
import { isTooLongToWait, noMentions } from './post.ts';

/** `api` is where the REST API is, with or without its version; `pace` hears of every request that Discord counts. */
export function createClient(api: string, pace: Pace): Client {
  return new Client({
    // None of these is privileged: mentions and direct messages come with their content all the same.
    // https://discord.com/developers/docs/events/gateway#message-content-intent
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
    ],
    // Direct messages come from channels that were never announced, and what is deleted was not kept.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: noMentions,
    // Messages are answered and forgotten, and people come with what they do: all who ever wrote in a
    // busy server would fill the memory.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      UserManager: { maxSize: 500, keepOverLimit: isOurs },
      GuildMemberManager: { maxSize: 100, keepOverLimit: isOurs },
    }),
    // A server that is down must not hold up the others.
    waitGuildTimeout: 5_000,
    rest: {
      api: api.replace(/\/+$/, '').replace(/\/v\d+$/, ''),
      timeout: 10_000,
      retries: 2,
      rejectOnRateLimit: isTooLongToWait,
      // Its own count takes in interactions, which Discord does not count, and goes by the time of day.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      makeRequest(url, init) {
        const request = () => DefaultRestOptions.makeRequest(url, init);
        return /\/(interactions|webhooks)\//.test(url) ? request() : pace.through(request);
      },
    },
  });
}

function isOurs({ id, client }: { id: string; client: Client }): boolean {
  return id === client.user?.id;
}

/** Resolves once every server is there. Throws `UserError` when Discord refuses what was configured. */
export async function logIn(client: Client, token: string): Promise<Client<true>> {
  let closed: number | undefined;
  client.on(Events.ShardDisconnect, ({ code }) => {
    closed = code;
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (error) {
    throw refusal(error, closed);
  }
  return ready;
}

function refusal(error: unknown, closed: number | undefined): Error {
  const isRefused =
    closed === GatewayCloseCodes.AuthenticationFailed ||
    (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid);
  if (isRefused) {
    return new UserError(
      'Discord does not accept DISCORD_TOKEN. Copy the token again: https://discord.com/developers/applications → your application → Bot → Reset Token.',
    );
  }
  switch (closed) {
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents:
      return new UserError(
        'Discord does not let the application of DISCORD_TOKEN hear messages (its intents are refused). Look at https://discord.com/developers/applications → your application → Bot.',
      );
    case GatewayCloseCodes.ShardingRequired:
      return new UserError(
        'The application of DISCORD_TOKEN is in more servers (2,500) than one Paperboy can serve.',
      );
    default:
      return new Error(`discord: ${errorLine(error)}`, { cause: error });
  }
}

/** What the connection goes through, in the log; without the token and the addresses that hold others. */
export function logEvents(client: Client, log: Log): void {
  client.on(Events.Error, (error) => log.error(errorFields(error), 'discord: error'));
  client.on(Events.Warn, (message) => log.warn(`discord: ${message}`));
  client.on(Events.ShardError, (error) =>
    log.warn(errorFields(error), 'discord: connection error'),
  );
  client.on(Events.ShardReconnecting, () => log.warn('discord: connection lost, reconnecting'));
  client.on(Events.ShardResume, (_, replayed) => log.info({ replayed }, 'discord: resumed'));
  client.on(Events.ShardDisconnect, ({ code }) => {
    log.error({ code, reason: GatewayCloseCodes[code] }, 'discord: disconnected for good');
  });
  client.on(Events.Debug, (message) => {
    // Its first line shows most of the token.
    if (!message.startsWith('Provided token')) log.debug(`discord: ${message}`);
  });
}

/** Whether no connection is just being made again; one that is would not hear that it should stop. */
export function isSettled(client: Client): boolean {
  return client.ws.shards.every(({ status }) => status === Status.Ready);
}
