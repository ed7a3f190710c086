/**
 * Channels and their messages, with the rights it takes to read and write them.
 *
 * https://discord.com/developers/docs/resources/channel
 * https://discord.com/developers/docs/resources/message
 */

import { ChannelType, MessageFlags } from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import {
  badField,
  cannotDm,
  invalidForm,
  missingAccess,
  missingPermissions,
  notYourMessage,
  threadAlreadyThere,
  unknownChannel,
  unknownMessage,
} from '../errors.ts';
import { type MessageBody, parseMessage } from '../message-schema.ts';
import { createMessage, deleteMessage, editMessage, readable } from '../messages.ts';
import { channelPayload } from '../payloads.ts';
import { allows, type PermissionName, permissionsIn, sendingIn } from '../permissions.ts';
import { bodyOf, type Env, filesOf } from '../request.ts';
import type { Service } from '../service.ts';
import type { Channel, StoredMessage } from '../state.ts';
import { openThread } from '../threads.ts';

/** Messages that the docs say a bot may set these flags on; the others are ignored. */
const FLAGS_OF_BOT = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

export function channelRoutes(service: Service): Hono<Env> {
  const { world } = service;
  const routes = new Hono<Env>();

  const mayDo = (channel: Channel, ...names: PermissionName[]) =>
    allows(permissionsIn(world, channel, world.bot.id), ...names);

  const channelOf = (c: Context<Env>): Channel => {
    const channel = world.channels.get(c.req.param('channel') ?? '');
    if (channel === undefined) throw unknownChannel();
    if (!mayDo(channel, 'ViewChannel')) throw missingAccess();
    return channel;
  };

  const messageOf = (c: Context<Env>, channel: Channel): StoredMessage => {
    const found = world.messages.get(c.req.param('message') ?? '');
    const isHere = found?.wire.channel_id === channel.id && found.onlyFor === null;
    if (found === undefined || !isHere) throw unknownMessage();
    return found;
  };

  const read = (stored: StoredMessage) =>
    readable(service, stored.wire, service.gateway.grants('MessageContent'));

  const requireWriting = (channel: Channel, body: MessageBody) => {
    if (!mayDo(channel, sendingIn(channel.type))) throw missingPermissions();
    if ((body.embeds?.length ?? 0) > 0 && !mayDo(channel, 'EmbedLinks')) throw missingPermissions();
    if (channel.type === ChannelType.DM && !world.people.get(channel.recipientId)?.acceptsDms) {
      throw cannotDm();
    }
  };

  routes.get('/channels/:channel', (c) => c.json(channelPayload(world, channelOf(c))));
  routes.post('/channels/:channel/typing', (c) => {
    if (!mayDo(channelOf(c), 'SendMessages')) throw missingPermissions();
    return c.body(null, 204);
  });

  routes.get('/channels/:channel/messages', (c) => {
    const channel = channelOf(c);
    const limit = Number(c.req.query('limit') ?? 50);
    if (!(limit >= 1 && limit <= 100)) {
      const message = 'int value should be between 1 and 100.';
      throw invalidForm([badField(['limit'], 'NUMBER_TYPE_MAX', message)]);
    }
    if (!mayDo(channel, 'ReadMessageHistory')) return c.json([]);
    const { before, after } = c.req.query();
    const all = world
      .messagesIn(channel.id)
      .filter(
        ({ wire, onlyFor }) =>
          onlyFor === null &&
          (before === undefined || BigInt(wire.id) < BigInt(before)) &&
          (after === undefined || BigInt(wire.id) > BigInt(after)),
      );
    // With `after` the oldest that follow, else the newest; in either case newest first.
    const page = after === undefined ? all.slice(-limit) : all.slice(0, limit);
    return c.json(page.reverse().map(read));
  });

  routes.post('/channels/:channel/messages', (c) => {
    const channel = channelOf(c);
    const sent = parseMessage(bodyOf(c));
    requireWriting(channel, sent);
    const known = sameNonce(service, sent);
    if (known !== undefined) return c.json(known.wire);
    const body = { ...sent, flags: (sent.flags ?? 0) & FLAGS_OF_BOT };
    const stored = createMessage(service, { channel, author: world.bot, body, files: filesOf(c) });
    if (sent.enforce_nonce && sent.nonce != null) {
      service.nonces.set(String(sent.nonce), { messageId: stored.wire.id, at: service.now() });
    }
    return c.json({ ...stored.wire, ...(sent.nonce == null ? {} : { nonce: sent.nonce }) });
  });

  routes.get('/channels/:channel/messages/:message', (c) => {
    const channel = channelOf(c);
    if (!mayDo(channel, 'ReadMessageHistory')) throw missingAccess();
    return c.json(read(messageOf(c, channel)));
  });

  routes.post('/channels/:channel/messages/:message/threads', (c) => {
    const channel = channelOf(c);
    const { wire } = messageOf(c, channel);
    const { name }: { name?: unknown } = bodyOf(c) ?? {};
    if (typeof name !== 'string' || name.length < 1 || name.length > 100) {
      throw invalidForm([
        badField(['name'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.'),
      ]);
    }
    if (!mayDo(channel, 'CreatePublicThreads')) throw missingPermissions();
    if (channel.type !== ChannelType.GuildText) throw missingAccess();
    if (world.channels.has(wire.id)) throw threadAlreadyThere();
    return c.json(openThread(service, channel, { id: wire.id, name }), 201);
  });

  routes.patch('/channels/:channel/messages/:message', (c) => {
    const channel = channelOf(c);
    const stored = messageOf(c, channel);
    if (stored.wire.author.id !== world.bot.id) throw notYourMessage();
    return c.json(editMessage(service, stored, parseMessage(bodyOf(c)), filesOf(c)).wire);
  });

  routes.delete('/channels/:channel/messages/:message', (c) => {
    const channel = channelOf(c);
    const stored = messageOf(c, channel);
    const isOwn = stored.wire.author.id === world.bot.id;
    if (!isOwn && !mayDo(channel, 'ManageMessages')) throw missingPermissions();
    deleteMessage(service, stored);
    return c.body(null, 204);
  });
  return routes;
}

/**
 * The message already created with this enforced nonce. The documentation compares the author and
 * the nonce, not the channel: a nonce used again in another channel gives the first message too.
 */
function sameNonce(service: Service, body: MessageBody): StoredMessage | undefined {
  if (!body.enforce_nonce || body.nonce == null) return undefined;
  const known = service.nonces.get(String(body.nonce));
  if (known === undefined || service.now() - known.at > service.limits.nonceMs) return undefined;
  return service.world.messages.get(known.messageId);
}
