/**
 * Servers, channels and members in the form in which Discord sends them.
 *
 * https://discord.com/developers/docs/resources/guild#guild-object
 * https://discord.com/developers/docs/resources/channel#channel-object
 * https://discord.com/developers/docs/events/gateway-events#guild-create
 */
import type {
  APIApplication,
  APIChannel,
  APIGuild,
  APIGuildMember,
  GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { ChannelType, GatewayIntentBits, Locale } from 'discord-api-types/v10';
import { unknownMember } from './errors.ts';
import { type Channel, type Guild, type GuildChannel, NO_FLAGS, type World } from './state.ts';

export function applicationPayload(world: World): APIApplication {
  return {
    id: world.bot.id,
    name: world.bot.username,
    icon: null,
    description: '',
    bot: world.bot,
    bot_public: true,
    bot_require_code_grant: false,
    summary: '',
    verify_key: '0'.repeat(64),
    team: null,
    owner: [...world.people.values()][0]?.user ?? world.bot,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: world.guilds.size,
    flags: NO_FLAGS,
    flags_new: '0',
  };
}

export function memberPayload(guild: Guild, userId: string): APIGuildMember {
  const member = guild.members.get(userId);
  if (member === undefined) throw unknownMember();
  return {
    user: member.user,
    roles: [...member.roles],
    joined_at: member.joinedAt,
    nick: null,
    avatar: null,
    banner: null,
    premium_since: null,
    pending: false,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    flags: NO_FLAGS,
  };
}

export function channelPayload(world: World, channel: Channel): APIChannel {
  const last_message_id = world.messagesIn(channel.id).at(-1)?.wire.id ?? null;
  if (channel.type === ChannelType.DM) {
    const recipients = [world.person(channel.recipientId).user];
    return {
      id: channel.id,
      type: channel.type,
      name: null,
      recipients,
      last_message_id,
      flags: NO_FLAGS,
    };
  }
  const common = {
    id: channel.id,
    name: channel.name,
    guild_id: channel.guildId,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id,
    flags: NO_FLAGS,
  };
  switch (channel.type) {
    case ChannelType.GuildText:
    case ChannelType.GuildAnnouncement:
      return {
        ...common,
        type: channel.type,
        parent_id: null,
        topic: null,
        position: 0,
        permission_overwrites: [...channel.overwrites.values()],
      };
    case ChannelType.PublicThread:
    case ChannelType.AnnouncementThread:
      return {
        ...common,
        type: channel.type,
        ...(channel.parentId === null ? {} : { parent_id: channel.parentId }),
        owner_id: world.guilds.get(channel.guildId)?.ownerId ?? world.bot.id,
        message_count: 0,
        member_count: 1,
        thread_metadata: {
          archived: false,
          locked: false,
          auto_archive_duration: 10080,
          archive_timestamp: world.timestamp(),
        },
      };
  }
}

export function guildPayload(guild: Guild): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()],
    emojis: [],
    stickers: [],
    features: [],
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: NO_FLAGS,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: Locale.EnglishUS,
    nsfw_level: 0,
    hub_type: null,
    incidents_data: null,
  };
}

/** What GUILD_CREATE says; other members are in it only with the intent for members. */
export function guildCreatePayload(world: World, guild: Guild, intents: number): object {
  const channels = channelsOf(world, guild);
  const seesMembers = (intents & GatewayIntentBits.GuildMembers) !== 0;
  const memberIds = seesMembers ? [...guild.members.keys()] : [world.bot.id];
  const payload: Omit<GatewayGuildCreateDispatchData, 'channels' | 'threads'> = {
    ...guildPayload(guild),
    joined_at: guild.members.get(world.bot.id)?.joinedAt ?? world.timestamp(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: memberIds.map((id) => memberPayload(guild, id)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
  const sent = (wanted: boolean) =>
    channels
      .filter((one) => (one.parentId !== null) === wanted)
      .map((one) => channelPayload(world, one));
  return { ...payload, channels: sent(false), threads: sent(true) };
}

export function channelsOf(world: World, guild: Guild): GuildChannel[] {
  return [...world.channels.values()].filter(
    (one): one is GuildChannel => one.type !== ChannelType.DM && one.guildId === guild.id,
  );
}
