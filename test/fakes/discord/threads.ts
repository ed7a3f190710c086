/**
 * A thread under a message: it has the message's own id, and the bot is told of it.
 *
 * https://discord.com/developers/docs/resources/channel#start-thread-from-message
 */
import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { channelPayload } from './payloads.ts';
import type { Service } from './service.ts';
import type { GuildChannel } from './state.ts';

export function openThread(
  { world, gateway }: Service,
  parent: GuildChannel,
  { id, name }: { id: string; name: string },
) {
  const thread: GuildChannel = {
    id,
    type: ChannelType.PublicThread,
    name,
    guildId: parent.guildId,
    parentId: parent.id,
    overwrites: new Map(),
  };
  world.channels.set(id, thread);
  const payload = channelPayload(world, thread);
  gateway.dispatch('THREAD_CREATE', GatewayIntentBits.Guilds, () => ({
    ...payload,
    newly_created: true,
  }));
  return payload;
}
