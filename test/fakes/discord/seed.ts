/**
 * The world a test starts with, from a short description in names: servers with their channels,
 * threads, members and rights.
 *
 * https://discord.com/developers/docs/topics/permissions#role-object
 */
import type { APIRole } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import { BOT_DEFAULT, bits, EVERYONE_DEFAULT, type PermissionName } from './permissions.ts';
import { type Guild, type GuildChannel, NO_FLAGS, type World } from './state.ts';

export interface ChannelSeed {
  readonly name: string;
  /** Default `text`. */
  readonly type?: 'text' | 'announcement';
  /** Names of the public threads in it. */
  readonly threads?: readonly string[];
}

export interface MemberSeed {
  readonly name: string;
  /** What this member may do beyond what everybody may. */
  readonly permissions?: readonly PermissionName[];
  /** Default true. */
  readonly acceptsDms?: boolean;
}

export interface GuildSeed {
  readonly name: string;
  readonly channels?: readonly ChannelSeed[];
  readonly members?: readonly MemberSeed[];
}

/** One server "Lab" with a channel "papers"; ada is an ordinary member, grace manages channels. */
export const LAB: GuildSeed = {
  name: 'Lab',
  channels: [{ name: 'papers' }],
  members: [{ name: 'ada' }, { name: 'grace', permissions: ['ManageChannels'] }],
};

/** Adds a server with the bot in it. The server's owner is none of the people named. */
export function addGuild(world: World, seed: GuildSeed): Guild {
  const owner = world.addPerson(`owner of ${seed.name}`, true);
  const id = world.newId();
  const guild: Guild = {
    id,
    name: seed.name,
    ownerId: owner.user.id,
    roles: new Map([[id, role(id, '@everyone', EVERYONE_DEFAULT)]]),
    members: new Map(),
  };
  world.guilds.set(id, guild);
  addMember(world, guild, { name: owner.user.username });
  const botRole = role(world.newId(), world.bot.username, BOT_DEFAULT);
  guild.roles.set(botRole.id, { ...botRole, managed: true, tags: { bot_id: world.bot.id } });
  const joinedAt = world.timestamp();
  guild.members.set(world.bot.id, { user: world.bot, roles: [botRole.id], joinedAt });
  for (const channel of seed.channels ?? []) addChannel(world, guild, channel);
  for (const member of seed.members ?? []) addMember(world, guild, member);
  return guild;
}

/** Adds a channel and its threads; gives the channel. */
export function addChannel(world: World, guild: Guild, seed: ChannelSeed): GuildChannel {
  const announces = seed.type === 'announcement';
  const add = (name: string, type: GuildChannel['type'], parentId: string | null) => {
    const id = world.newId();
    const channel = { id, type, name, guildId: guild.id, parentId, overwrites: new Map() };
    world.channels.set(id, channel);
    return channel;
  };
  const type = announces ? ChannelType.GuildAnnouncement : ChannelType.GuildText;
  const channel = add(seed.name, type, null);
  const thread = announces ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
  for (const name of seed.threads ?? []) add(name, thread, channel.id);
  return channel;
}

function addMember(world: World, guild: Guild, seed: MemberSeed): void {
  const known = [...world.people.values()].find((one) => one.user.username === seed.name);
  const { user } = known ?? world.addPerson(seed.name, seed.acceptsDms ?? true);
  const own = role(world.newId(), `${seed.name}'s role`, bits(seed.permissions ?? []));
  guild.roles.set(own.id, own);
  guild.members.set(user.id, { user, roles: [own.id], joinedAt: world.timestamp() });
}

function role(id: string, name: string, permissions: bigint): APIRole {
  return {
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: 0,
    managed: false,
    mentionable: false,
    flags: NO_FLAGS,
  };
}
