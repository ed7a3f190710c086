/** Who asks and where: from an interaction, which carries all of it, or from a message. */
import {
  type Interaction,
  type Message,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Actor, Place } from '../../command/context.ts';
import { missing, ownPermissions, placeOf, uninvited } from './place.ts';

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

/** Whether a message replies to one of the bot's own. */
export function isReplyToUs({ mentions, client }: Message): boolean {
  return mentions.repliedUser?.id === client.user?.id;
}

export function askedIn(message: Message): Asked {
  const { author, channel, channelId, guildId, reference } = message;
  const repliesTo = isReplyToUs(message) ? reference?.messageId : undefined;
  return {
    actor: actorOf(author, async () => {
      if (channel.isDMBased()) return true;
      const member = message.member ?? (await channel.guild.members.fetch(author.id));
      return mayManage(channel.permissionsFor(member));
    }),
    place: placeOf(
      guildId,
      channelId,
      channel,
      async (name) => missing(name, channel, ownPermissions(channel)),
      repliesTo,
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

function mayManage(permissions: Readonly<PermissionsBitField> | null): boolean {
  return permissions?.has(PermissionFlagsBits.ManageChannels) ?? false;
}
