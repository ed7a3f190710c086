/**
 * What the service stores: people, servers (which Discord calls guilds), channels and messages.
 *
 * https://discord.com/developers/docs/resources/guild
 * https://discord.com/developers/docs/resources/channel
 * https://discord.com/developers/docs/resources/message
 * https://discord.com/developers/docs/reference#snowflakes
 */
import type { APIMessage, APIOverwrite, APIRole, APIUser } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';

export interface Person {
  readonly user: APIUser;
  /** Whether the bot may write to them; people can close their direct messages. */
  readonly acceptsDms: boolean;
}

export interface Member {
  readonly user: APIUser;
  readonly roles: readonly string[];
  readonly joinedAt: string;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly roles: Map<string, APIRole>;
  readonly members: Map<string, Member>;
}

export interface GuildChannel {
  readonly id: string;
  readonly type:
    | ChannelType.GuildText
    | ChannelType.GuildAnnouncement
    | ChannelType.PublicThread
    | ChannelType.AnnouncementThread;
  readonly name: string;
  readonly guildId: string;
  /** The channel a thread belongs to, whose permissions it has. */
  readonly parentId: string | null;
  readonly overwrites: Map<string, APIOverwrite>;
}

export interface DmChannel {
  readonly id: string;
  readonly type: ChannelType.DM;
  readonly name: string;
  readonly recipientId: string;
}

export type Channel = GuildChannel | DmChannel;

export interface StoredMessage {
  /** The message as it is now, in the form in which Discord sends it. */
  wire: APIMessage;
  /** What it was before each edit, oldest first. */
  readonly history: APIMessage[];
  /** The one person who sees an ephemeral message. */
  readonly onlyFor: string | null;
  deleted?: true;
}

/** A person, channel, server or message named by its id, its name, or anything that has an id. */
export type Named = string | { readonly id: string };

/** No flag set; a `number`, because Discord's flag enumerations have no member for none. */
export const NO_FLAGS: number = 0;

const DISCORD_EPOCH = 1_420_070_400_000;

export class World {
  readonly bot: APIUser;
  readonly people = new Map<string, Person>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, StoredMessage>();
  readonly #now: () => number;
  #lastId = 0n;

  constructor(botName: string, now: () => number) {
    this.#now = now;
    this.bot = { ...this.#user(botName), bot: true };
  }

  /** A snowflake: milliseconds since 2015 and a counter, always larger than the one before. */
  newId(): string {
    const fromClock = BigInt(this.#now() - DISCORD_EPOCH) << 22n;
    this.#lastId = fromClock > this.#lastId ? fromClock : this.#lastId + 1n;
    return String(this.#lastId);
  }

  timestamp(): string {
    return new Date(this.#now()).toISOString();
  }

  addPerson(name: string, acceptsDms: boolean): Person {
    const person = { user: this.#user(name), acceptsDms };
    this.people.set(person.user.id, person);
    return person;
  }

  /** The direct messages between the bot and a person, made when first needed. */
  dmWith(personId: string): DmChannel {
    for (const channel of this.channels.values()) {
      if (channel.type === ChannelType.DM && channel.recipientId === personId) return channel;
    }
    const id = this.newId();
    const channel: DmChannel = { id, type: ChannelType.DM, name: '', recipientId: personId };
    this.channels.set(id, channel);
    return channel;
  }

  person(named: Named): Person {
    return find(this.people, named, (one) => one.user.username, 'person');
  }

  guild(named: Named): Guild {
    return find(this.guilds, named, (one) => one.name, 'server');
  }

  channel(named: Named): Channel {
    return find(this.channels, named, (one) => one.name, 'channel');
  }

  /** The channel's messages, oldest first. */
  messagesIn(channelId: string): StoredMessage[] {
    return [...this.messages.values()].filter((one) => one.wire.channel_id === channelId);
  }

  guildOf(channel: Channel): Guild | undefined {
    return channel.type === ChannelType.DM ? undefined : this.guilds.get(channel.guildId);
  }

  #user(name: string): APIUser {
    const id = this.newId();
    return {
      id,
      username: name,
      discriminator: '0',
      global_name: null,
      avatar: null,
      flags: NO_FLAGS,
      public_flags: NO_FLAGS,
      primary_guild: null,
    };
  }
}

function find<T>(map: Map<string, T>, named: Named, nameOf: (one: T) => string, kind: string): T {
  const key = typeof named === 'string' ? named : named.id;
  const found = map.get(key) ?? [...map.values()].find((one) => nameOf(one) === key);
  if (found === undefined) {
    const known = [...map.values()].map(nameOf).join(', ');
    throw new Error(`The fake Discord has no ${kind} "${key}"; it has: ${known || 'none'}.`);
  }
  return found;
}
