/**
 * Messages: written, edited and deleted, and what the bot is told about it. Content is left out for
 * a bot without the intent for it, unless the message is its own, direct, or mentions it.
 *
 * https://discord.com/developers/docs/resources/message
 * https://discord.com/developers/docs/events/gateway#message-content-intent
 */
import type { APIAttachment, APIEmbed, APIMessage, APIUser } from 'discord-api-types/v10';
import {
  ChannelType,
  EmbedType,
  GatewayIntentBits,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { badField, invalidForm, unknownMessage } from './errors.ts';
import { mentionsOf } from './mentions.ts';
import { type MessageBody, type Row, requireSomething } from './message-schema.ts';
import { memberPayload } from './payloads.ts';
import { allows, permissionsIn } from './permissions.ts';
import type { Service, UploadedFile } from './service.ts';
import type { Channel, StoredMessage } from './state.ts';

interface NewMessage {
  readonly channel: Channel;
  readonly author: APIUser;
  readonly body: MessageBody;
  readonly files?: readonly UploadedFile[];
  /** The one person who sees it; absent: everybody in the channel. */
  readonly onlyFor?: string;
  /** What only some messages have, such as the interaction they answer. */
  readonly also?: Partial<APIMessage>;
}

/** Stores a message and tells the bot; throws 50006 when there is nothing to see in it. */
export function createMessage(service: Service, message: NewMessage): StoredMessage {
  const { world } = service;
  const { channel, author, body } = message;
  const content = (body.content ?? '').trim();
  const wire: APIMessage = {
    id: world.newId(),
    channel_id: channel.id,
    type: MessageType.Default,
    author,
    content,
    timestamp: world.timestamp(),
    edited_timestamp: null,
    tts: false,
    ...mentionsOf(world, channel, author.id, content, body.allowed_mentions),
    attachments: (message.files ?? []).map((file) => attachment(service, channel, file)),
    embeds: asSent(body.embeds ?? []),
    components: numbered(body.components ?? []),
    pinned: false,
    flags: body.flags ?? 0,
    ...replyTo(service, channel, body),
    ...message.also,
  };
  if (((wire.flags ?? 0) & MessageFlags.Loading) === 0) requireSomething(wire);
  const stored: StoredMessage = { wire, history: [], onlyFor: message.onlyFor ?? null };
  world.messages.set(wire.id, stored);
  const nonce = body.nonce == null ? {} : { nonce: body.nonce };
  tellBot(service, 'MESSAGE_CREATE', channel, stored, nonce);
  return stored;
}

/** Changes what the body names and keeps the rest; tells the bot. */
export function editMessage(
  service: Service,
  stored: StoredMessage,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): StoredMessage {
  const { world } = service;
  const channel = world.channel(stored.wire.channel_id);
  const before = stored.wire;
  const content = body.content === undefined ? before.content : (body.content ?? '').trim();
  const added = files.map((file) => attachment(service, channel, file));
  const wire: APIMessage = {
    ...before,
    content,
    embeds: body.embeds === undefined ? before.embeds : asSent(body.embeds ?? []),
    components:
      body.components === undefined ? (before.components ?? []) : numbered(body.components ?? []),
    attachments: [...before.attachments, ...added],
    edited_timestamp: world.timestamp(),
    flags: (before.flags ?? 0) & ~MessageFlags.Loading,
    ...mentionsOf(world, channel, before.author.id, content, body.allowed_mentions),
  };
  requireSomething(wire);
  stored.history.push(before);
  stored.wire = wire;
  tellBot(service, 'MESSAGE_UPDATE', channel, stored);
  return stored;
}

export function deleteMessage(service: Service, stored: StoredMessage): void {
  const { id, channel_id } = stored.wire;
  stored.deleted = true;
  service.world.messages.delete(id);
  if (stored.onlyFor !== null) return;
  const channel = service.world.channel(channel_id);
  const guild = channel.type === ChannelType.DM ? {} : { guild_id: channel.guildId };
  service.gateway.dispatch('MESSAGE_DELETE', messagesIntent(channel), () => {
    return { id, channel_id, ...guild };
  });
}

/** The message as the bot may read it. */
export function readable(service: Service, wire: APIMessage, mayReadContent: boolean): APIMessage {
  const { bot } = service.world;
  const channel = service.world.channel(wire.channel_id);
  const concernsBot =
    wire.author.id === bot.id ||
    channel.type === ChannelType.DM ||
    wire.mentions.some((user) => user.id === bot.id);
  if (mayReadContent || concernsBot) return wire;
  return { ...wire, content: '', embeds: [], attachments: [], components: [] };
}

function tellBot(
  service: Service,
  event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  channel: Channel,
  stored: StoredMessage,
  also: object = {},
): void {
  const { world, gateway } = service;
  const { wire } = stored;
  if (stored.onlyFor !== null) return;
  if (!allows(permissionsIn(world, channel, world.bot.id), 'ViewChannel')) return;
  const guild = world.guildOf(channel);
  const place =
    guild === undefined
      ? {}
      : { guild_id: guild.id, member: withoutUser(memberPayload(guild, wire.author.id)) };
  gateway.dispatch(event, messagesIntent(channel), (intents) => {
    const mayReadContent = (intents & GatewayIntentBits.MessageContent) !== 0;
    return {
      ...readable(service, wire, mayReadContent),
      channel_type: channel.type,
      ...place,
      ...also,
    };
  });
}

/** Embeds with what Discord adds to them. */
function asSent(embeds: readonly APIEmbed[]): APIEmbed[] {
  return embeds.map((embed) => ({
    ...embed,
    type: EmbedType.Rich,
    ...(embed.fields
      ? { fields: embed.fields.map((field) => ({ ...field, inline: field.inline ?? false })) }
      : {}),
  }));
}

/** Components with the numbers Discord gives them, from 1 and from the top. */
function numbered(rows: readonly Row[]): Row[] {
  let id = 0;
  return rows.map((row) => {
    id += 1;
    const own = { ...row, id };
    return {
      ...own,
      components: row.components.map((component) => {
        id += 1;
        return { ...component, id };
      }),
    };
  });
}

function withoutUser<T extends { user: unknown }>({ user: _, ...rest }: T): Omit<T, 'user'> {
  return rest;
}

function messagesIntent(channel: Channel): number {
  return channel.type === ChannelType.DM
    ? GatewayIntentBits.DirectMessages
    : GatewayIntentBits.GuildMessages;
}

function replyTo(service: Service, channel: Channel, body: MessageBody): Partial<APIMessage> {
  const reference = body.message_reference;
  if (reference == null) return {};
  const found = service.world.messages.get(reference.message_id);
  if (found === undefined || found.onlyFor !== null || found.wire.channel_id !== channel.id) {
    if (reference.fail_if_not_exists === false) return {};
    const bad = badField(
      ['message_reference'],
      'MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
      unknownMessage().message,
    );
    throw invalidForm([bad]);
  }
  return {
    type: MessageType.Reply,
    message_reference: { type: 0, message_id: found.wire.id, channel_id: channel.id },
    referenced_message: found.wire,
  };
}

function attachment(service: Service, channel: Channel, file: UploadedFile): APIAttachment {
  const id = service.world.newId();
  const url = `https://cdn.discordapp.com/attachments/${channel.id}/${id}/${file.name}`;
  return {
    id,
    filename: file.name,
    size: file.size,
    content_type: file.type,
    url,
    proxy_url: url,
  };
}
