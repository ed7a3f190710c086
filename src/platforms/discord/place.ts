/** Where somebody typed or pressed, and what keeps the bot from posting there. */
import {
  type Channel,
  type Client,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Place } from '../../command/context.ts';
import { type ChannelRef, channelParts, channelRef } from '../../model/channel.ts';
import type { Obstacle } from '../../model/delivery.ts';

/** The workspace of direct messages, which belong to no server. */
export const DM = 'dm';

const ASK_ON = 'Reply to this message, or mention me in its thread, to ask on.';

/**
 * `repliesTo` is the message of the bot that is replied to. `obstacle` is asked for channels of servers
 * only: in direct messages nothing stands in the way.
 */
export function placeOf(
  guildId: string | null,
  channelId: string,
  channel: Channel | null,
  obstacle: (name: string) => Promise<string | undefined>,
  repliesTo?: string,
): Place {
  const name = nameOf(channel, guildId);
  const thread = channel?.isThread() ? channelId : repliesTo;
  return {
    channel: refOf(guildId, channelId),
    name,
    ...(thread && { thread }),
    hasReferences: true,
    askingOn: guildId === null ? 'Just ask on.' : ASK_ON,
    obstacle: async () => (guildId === null ? undefined : obstacle(name)),
  };
}

/** A channel as the bot names it; no server means direct messages. */
export function refOf(guildId: string | null, channelId: string): ChannelRef {
  return channelRef({ platform: 'discord', workspace: guildId ?? DM, channel: channelId });
}

/** How the names of all channels of a server begin. */
export function serverPrefix(guildId: string): string {
  return `discord:${guildId}/`;
}

function nameOf(channel: Channel | null, guildId: string | null): string {
  if (guildId === null) return 'this conversation';
  return channel && 'name' in channel && channel.name ? `#${channel.name}` : 'this channel';
}

/** What the bot may do in a channel, as far as discord.js knows its roles and the channel. */
export function ownPermissions(channel: Channel | null): Readonly<PermissionsBitField> | undefined {
  if (!channel || channel.isDMBased()) return undefined;
  const me = channel.guild.members.me;
  return me ? channel.permissionsFor(me) : undefined;
}

/** What it takes to post a digest, in Discord's own words for it. */
function needed(channel: Channel | null): [bit: bigint, words: string][] {
  return [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    channel?.isThread()
      ? [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']
      : [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  ];
}

/**
 * What keeps a connected bot from posting to a channel, as far as the gateway has told; no request is made.
 * Whether a person takes direct messages shows only when one is sent.
 */
export function obstacleIn(client: Client<true>, ref: ChannelRef): Obstacle | undefined {
  const { workspace, channel: id } = channelParts(ref);
  if (workspace === DM) return undefined;
  if (!client.guilds.cache.has(workspace)) return 'bot-removed';
  const channel = client.channels.cache.get(id) ?? null;
  if (!channel) return 'channel-gone';
  if (channel.isThread() && channel.archived && channel.locked) return 'channel-archived';
  const permissions = ownPermissions(channel);
  if (!permissions || needed(channel).every(([bit]) => permissions.has(bit))) return undefined;
  return permissions.has(PermissionFlagsBits.ViewChannel) ? 'no-permission' : 'not-invited';
}

/** A sentence that says what the bot may not do there, and what to do. */
export function missing(
  name: string,
  channel: Channel | null,
  permissions: Readonly<PermissionsBitField> | undefined,
): string | undefined {
  if (!permissions) return undefined;
  const lacking = needed(channel).filter(([bit]) => !permissions.has(bit));
  if (!lacking.length) return undefined;
  const words = lacking.map(([, name]) => `“${name}”`).join(' and ');
  return `I cannot post in ${name} yet: give Paperboy the permission ${words} there (Edit Channel → Permissions), then try again.`;
}

/** For a server that has the bot's commands but not the bot. */
export function uninvited(invite: string): string {
  return `I can answer here but not post: I am not a member of this server yet. Someone who manages it can add me at ${invite}`;
}
