/** Who asks and where: from an interaction, which carries all of it, or from a message. */
import {
  type Channel,
  type Interaction,
  type Message,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Actor, Place } from '../../command/context.ts';
import { type ChannelRef, channelRef } from '../../model/channel.ts';

/** The workspace of direct messages, which belong to no server. */
export const DM = 'dm';

export interface Asked {
  actor: Actor;
  place: Place;
}

/** Undefined for an interaction outside any channel, which nothing here starts. */
export function askedBy(interaction: Interaction, invite: string): Asked | undefined {
  const { user, channel, channelId, guildId, client } = interaction;
  if (!channelId) return undefined;
  const isMember = guildId === null || client.guilds.cache.has(guildId);
  return {
    actor: actorOf(user, async () =>
      guildId === null ? true : mayManage(interaction.memberPermissions),
    ),
    place: placeOf(guildId, channelId, channel, async (name) =>
      isMember ? missing(name, channel, interaction.appPermissions) : uninvited(invite),
    ),
  };
}

export function askedIn(message: Message): Asked {
  const { author, channel, channelId, guildId } = message;
  return {
    actor: actorOf(author, async () => {
      if (channel.isDMBased()) return true;
      const member = message.member ?? (await channel.guild.members.fetch(author.id));
      return mayManage(channel.permissionsFor(member));
    }),
    place: placeOf(guildId, channelId, channel, async (name) =>
      missing(name, channel, ownPermissions(channel)),
    ),
  };
}

function actorOf(user: { id: string; displayName: string }, manages: Actor['mayManage']): Actor {
  return {
    id: user.id,
    name: user.displayName,
    mayManage: manages,
    // Discord tells bots nothing about where people are.
    timezone: async () => undefined,
  };
}

function placeOf(
  guildId: string | null,
  channelId: string,
  channel: Channel | null,
  obstacle: (name: string) => Promise<string | undefined>,
): Place {
  const name = nameOf(channel, guildId);
  return {
    channel: refOf(guildId, channelId),
    name,
    obstacle: async () => (guildId === null ? undefined : obstacle(name)),
  };
}

export function refOf(guildId: string | null, channelId: string): ChannelRef {
  return channelRef({ platform: 'discord', workspace: guildId ?? DM, channel: channelId });
}

function nameOf(channel: Channel | null, guildId: string | null): string {
  if (guildId === null) return 'our direct messages';
  return channel && 'name' in channel && channel.name ? `#${channel.name}` : 'this channel';
}

function mayManage(permissions: Readonly<PermissionsBitField> | null): boolean {
  return permissions?.has(PermissionFlagsBits.ManageChannels) ?? false;
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

function missing(
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

function uninvited(invite: string): string {
  return `I can answer here but not post: I am not a member of this server yet. Someone who manages it can add me at ${invite}`;
}
