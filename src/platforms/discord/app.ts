/** Discord: commands, buttons, completions, mentions and direct messages come in, messages go out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Desk } from '../../command/desk.ts';
import type { Config } from '../../config.ts';
import { type ChannelRef, channelParts } from '../../model/channel.ts';
import { createDrafts } from '../draft.ts';
import { createOnce } from '../once.ts';
import { createPace } from '../pace.ts';
import { type Platform, PostError } from '../platform.ts';
import { askedBy } from './actor.ts';
import { autocomplete } from './autocomplete.ts';
import { createClient, isSettled, logEvents, logIn } from './client.ts';
import { errorFields, errorLine } from './failure.ts';
import { onInteraction } from './interaction.ts';
import { EDIT_EVERY_MS, REQUESTS_A_SECOND } from './limits.ts';
import { inviteLink, register } from './manifest.ts';
import { isForUs, onMessage } from './mention.ts';
import { within } from './patience.ts';
import { DM, obstacleIn, ownPermissions, refOf, serverPrefix } from './place.ts';
import { findMessage, openDirect, postMessage } from './post.ts';
import { split } from './split.ts';
import { mayOpenThread, threadUnder } from './thread.ts';

/** Where Discord's own "Copy Message Link" leads. */
const CHANNELS = 'https://discord.com/channels';

/** More events than come twice after a lost connection. */
const EVENTS_KEPT = 1_000;

/** Of the 3 s to stop: for answers under way, then for goodbye. */
const FINISH_MS = 2_400;
const GOODBYE_MS = 400;

export function createDiscord({
  config,
  desk,
  onOpen,
}: {
  config: Pick<Config, 'DISCORD_TOKEN' | 'DISCORD_API_URL'>;
  desk: Desk;
  /** Told of a channel, or of a server by the part of the name its channels share, that may be open to the bot again. */
  onOpen(where: string): Promise<void>;
}): Platform {
  const { log } = desk;
  const pace = createPace({ most: REQUESTS_A_SECOND, perMs: 1_000 });
  const client = createClient(config.DISCORD_API_URL, pace);
  const underWay = new Set<Promise<void>>();
  const isNew = createOnce(EVENTS_KEPT);
  const drafts = createDrafts({ everyMs: EDIT_EVERY_MS, log });
  let stopped: Promise<void> | undefined;

  /** Handles an event once, and none any more while stopping. */
  function handle(id: string, work: () => Promise<void>): void {
    if (stopped || !isNew(id)) return;
    const working = work()
      .catch((error: unknown) => log.error(errorFields(error), 'discord: an event was not handled'))
      .finally(() => underWay.delete(working));
    underWay.add(working);
  }

  async function answer(interaction: Interaction): Promise<void> {
    const asked = askedBy(interaction, inviteLink(interaction.applicationId));
    if (!asked) return;
    if (interaction.isAutocomplete()) {
      await autocomplete(interaction, asked.place.channel, desk);
    } else if (interaction.isChatInputCommand() || interaction.isButton()) {
      const house = { carrier: desk.carrier, drafts, rest: client.rest, log };
      await onInteraction(interaction, asked, desk, house);
    }
  }

  function connected(): Client<true> {
    if (client.isReady()) return client;
    throw new PostError('service-away', 'discord: not connected');
  }

  async function stop(): Promise<void> {
    const deadline = Date.now() + FINISH_MS;
    drafts.stop();
    pace.stop();
    await within(Promise.all(underWay), FINISH_MS);
    while (!isSettled(client) && Date.now() < deadline) await sleep(25);
    client.removeAllListeners(Events.ShardReconnecting);
    await within(client.destroy(), GOODBYE_MS);
  }

  logEvents(client, log);
  client.on(Events.InteractionCreate, (interaction) => {
    handle(interaction.id, () => answer(interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    if (isForUs(message)) handle(message.id, () => onMessage(message, desk, drafts));
  });

  client.on(Events.MessageDelete, ({ id }) => drafts.deleted(id));
  const mayBeOpen = (prefix: string) => {
    onOpen(prefix).catch((error: unknown) =>
      log.error(errorFields(error), 'discord: an event was not handled'),
    );
  };
  client.on(Events.ChannelUpdate, (_, channel) => {
    if (!channel.isDMBased()) mayBeOpen(refOf(channel.guildId, channel.id));
  });
  client.on(Events.GuildCreate, ({ id }) => mayBeOpen(serverPrefix(id)));
  client.on(Events.GuildRoleUpdate, ({ guild }) => mayBeOpen(serverPrefix(guild.id)));
  client.on(Events.GuildMemberUpdate, (_, { id, guild }) => {
    if (id === client.user?.id) mayBeOpen(serverPrefix(guild.id));
  });

  return {
    name: 'discord',

    async start() {
      const ready = await logIn(client, config.DISCORD_TOKEN ?? '');
      await registerCommands(ready, desk);
      const { user, guilds, application } = ready;
      log.info({ bot: user.username, servers: guilds.cache.size }, 'discord: connected');
      return `Discord: connected as ${user.username}. Add it to a server with ${inviteLink(application.id)}`;
    },

    stop: () => {
      stopped ??= stop();
      return stopped;
    },

    isConnected: () => client.isReady() && isSettled(client),

    split,

    async post(ref, reply, key, { under, until } = {}) {
      const { channel } = channelParts(ref);
      const over = under !== undefined && mayOpenThread(client, channel) ? under : undefined;
      const thread = (message: string) => threadUnder(client, channel, message, reply.summary);
      const to = over ? await pace.turn(channel, () => thread(over), until) : channel;
      const posted = () =>
        postMessage(client.rest, desk.carrier, to, reply, {
          key,
          isMarked: true,
          ...(under !== undefined && !over && { replyTo: under }),
        });
      return pace.turn(channel, posted, until);
    },

    async find(ref, key, { under } = {}) {
      const { channel } = channelParts(ref);
      const where = under !== undefined && client.channels.cache.has(under) ? under : channel;
      const found = client.channels.cache.get(where) ?? null;
      // Discord shows no messages rather than an error.
      if (ownPermissions(found)?.has(PermissionFlagsBits.ReadMessageHistory) === false)
        throw new PostError('no-permission', 'discord: may not read the message history');
      return pace.turn(where, () => findMessage(connected(), where, key));
    },

    async tell(person, reply, key) {
      const channel = await openDirect(client.rest, person);
      await postMessage(client.rest, desk.carrier, channel, reply, { key });
    },

    obstacle: async (channel) => obstacleIn(connected(), channel),

    permalink: async (channel, message) => `${CHANNELS}/${pathOf(channel)}/${message}`,
  };
}

/** A bot whose commands could not be registered still serves those registered before, mentions and digests. */
async function registerCommands(client: Client<true>, { commands, log }: Desk): Promise<void> {
  try {
    const isSent = await register(client.rest, client.application.id, commands, log);
    log.info({ isSent }, isSent ? 'discord: commands registered' : 'discord: commands unchanged');
  } catch (error) {
    log.error(errorFields(error), `discord: commands not registered: ${errorLine(error)}`);
  }
}

function pathOf(ref: ChannelRef): string {
  const { workspace, channel } = channelParts(ref);
  return `${workspace === DM ? '@me' : workspace}/${channel}`;
}
