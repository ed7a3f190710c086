/**
 * What happens to servers and channels while the bot runs, each with the events Discord sends.
 *
 * https://discord.com/developers/docs/events/gateway-events#channels
 * https://discord.com/developers/docs/events/gateway-events#guilds
 */
import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { deleteMessage } from './messages.ts';
import { channelPayload, guildCreatePayload } from './payloads.ts';
import { exactly, type PermissionName } from './permissions.ts';
import { addChannel, addGuild, type ChannelSeed, type GuildSeed } from './seed.ts';
import type { Service } from './service.ts';
import type { Guild, GuildChannel, Named } from './state.ts';

export function upkeep(service: Service) {
  const { world, gateway } = service;

  const tell = (event: string, payload: (intents: number) => object) =>
    gateway.dispatch(event, GatewayIntentBits.Guilds, payload);

  const guildChannel = (named: Named): GuildChannel => {
    const channel = world.channel(named);
    if (channel.type === ChannelType.DM) throw new Error('Direct messages have no permissions.');
    return channel;
  };

  const setPermissions = (user: string, named: Named, names: readonly PermissionName[]) => {
    const channel = guildChannel(named);
    if (channel.parentId !== null) throw new Error('Set the permissions of its parent channel.');
    channel.overwrites.set(user, exactly(user, names));
    tell('CHANNEL_UPDATE', () => channelPayload(world, channel));
  };

  return {
    /** Leaves the bot exactly these permissions in a channel. */
    setBotPermissions(channel: Named, permissions: readonly PermissionName[]): void {
      setPermissions(world.bot.id, channel, permissions);
    },

    /** Leaves a person exactly these permissions in a channel. */
    setPermissions(user: Named, channel: Named, permissions: readonly PermissionName[]): void {
      setPermissions(world.person(user).user.id, channel, permissions);
    },

    createChannel(guild: Named, seed: ChannelSeed): GuildChannel {
      const channel = addChannel(world, world.guild(guild), seed);
      tell('CHANNEL_CREATE', () => channelPayload(world, channel));
      return channel;
    },

    /** Deletes a channel with its threads and messages. */
    deleteChannel(named: Named): void {
      const channel = guildChannel(named);
      const event = channel.parentId === null ? 'CHANNEL_DELETE' : 'THREAD_DELETE';
      const payload = channelPayload(world, channel);
      const threads = [...world.channels.values()].filter(
        (one) => one.type !== ChannelType.DM && one.parentId === channel.id,
      );
      for (const gone of [channel, ...threads]) {
        world.channels.delete(gone.id);
        for (const message of world.messagesIn(gone.id)) world.messages.delete(message.wire.id);
      }
      tell(event, () => payload);
    },

    /** Somebody who may deletes a message, by its id. */
    deleteMessage(id: string): void {
      const stored = world.messages.get(id);
      if (stored === undefined) throw new Error(`There is no message ${id}.`);
      deleteMessage(service, stored);
    },

    /** Invites the bot to a new server. */
    inviteBot(seed: GuildSeed): Guild {
      const guild = addGuild(world, seed);
      tell('GUILD_CREATE', (intents) => guildCreatePayload(world, guild, intents));
      return guild;
    },

    /** Removes the bot from a server. */
    removeBot(named: Named): void {
      const guild = world.guild(named);
      guild.members.delete(world.bot.id);
      tell('GUILD_DELETE', () => ({ id: guild.id }));
    },
  };
}
