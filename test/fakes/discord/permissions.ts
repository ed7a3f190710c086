/**
 * Who may do what where: roles first, then the channel's overwrites, then what one missing right
 * takes with it.
 *
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
import type { APIOverwrite } from 'discord-api-types/v10';
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel, Guild, World } from './state.ts';

export type PermissionName = keyof typeof PermissionFlagsBits;

/** The bits of some permissions together. */
export function bits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
}

const ALL = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);

const IN_DM = bits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'UseApplicationCommands',
]);

/** What a new server lets everybody do, mentions of everyone included. */
export const EVERYONE_DEFAULT = bits([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'MentionEveryone',
  'UseApplicationCommands',
  'CreatePublicThreads',
]);

export const BOT_DEFAULT = bits([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'ReadMessageHistory',
]);

/** Everything the person (or the bot) may do in the channel, as bits; 0 for who is not there. */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  if (channel.type === ChannelType.DM) {
    return userId === channel.recipientId || userId === world.bot.id ? IN_DM : 0n;
  }
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (guild === undefined || member === undefined) return 0n;
  const base = basePermissions(guild, userId, member.roles);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ALL;

  const parent = channel.parentId === null ? channel : world.channels.get(channel.parentId);
  const overwrites =
    parent === undefined || parent.type === ChannelType.DM ? undefined : parent.overwrites;
  let rights = overwritten(base, overwrites?.get(guild.id));
  const ofRoles = member.roles.map((id) => overwrites?.get(id));
  for (const one of ofRoles) rights &= ~BigInt(one?.deny ?? 0);
  for (const one of ofRoles) rights |= BigInt(one?.allow ?? 0);
  return withoutImplied(overwritten(rights, overwrites?.get(userId)), channel.type);
}

/** Whether all the named permissions are among the bits. */
export function allows(rights: bigint, ...names: PermissionName[]): boolean {
  const wanted = bits(names);
  return (rights & wanted) === wanted;
}

/** The overwrite that leaves one member exactly these permissions in a channel. */
export function exactly(userId: string, names: readonly PermissionName[]): APIOverwrite {
  const allow = bits(names);
  return {
    id: userId,
    type: OverwriteType.Member,
    allow: String(allow),
    deny: String(ALL & ~allow),
  };
}

function basePermissions(guild: Guild, userId: string, roles: readonly string[]): bigint {
  if (guild.ownerId === userId) return ALL;
  const own = [guild.id, ...roles].map((id) => BigInt(guild.roles.get(id)?.permissions ?? 0));
  return own.reduce((sum, one) => sum | one, 0n);
}

function overwritten(rights: bigint, overwrite: APIOverwrite | undefined): bigint {
  if (overwrite === undefined) return rights;
  return (rights & ~BigInt(overwrite.deny)) | BigInt(overwrite.allow);
}

/** Who cannot see a channel can do nothing there; who cannot write cannot embed or mention all. */
function withoutImplied(rights: bigint, type: ChannelType): bigint {
  if (!allows(rights, 'ViewChannel')) return 0n;
  if (allows(rights, sendingIn(type))) return rights;
  return rights & ~bits(['EmbedLinks', 'AttachFiles', 'MentionEveryone', 'SendTTSMessages']);
}

/** The permission it takes to write in a channel of this type. */
export function sendingIn(type: ChannelType): PermissionName {
  const isThread = type === ChannelType.PublicThread || type === ChannelType.AnnouncementThread;
  return isThread ? 'SendMessagesInThreads' : 'SendMessages';
}
