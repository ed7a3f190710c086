/**
 * Posting, editing and deleting messages.
 *
 * https://docs.slack.dev/reference/methods/chat.postMessage
 * https://docs.slack.dev/reference/methods/chat.update
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 * https://docs.slack.dev/reference/methods/chat.delete
 */
import { MESSAGE_KINDS } from '../events.ts';
import { MESSAGE } from '../limits.ts';
import type { Message } from '../messages.ts';
import type { Service } from '../service.ts';
import { messageWire } from '../wire.ts';
import type { Channel } from '../workspace.ts';
import { contentOf, metadataOf } from './content.ts';
import { ApiError, type Args, channelById, type Method, optional, required } from './method.ts';

const postMessage: Method = (service, args) => {
  const { workspace, messages } = service;
  const channel = postable(service, args);
  const content = contentOf(workspace, args, { maxText: MESSAGE.text });
  const message = messages.add({
    ...content,
    channel: channel.id,
    user: workspace.app.botUserId,
    via: 'chat.postMessage',
    threadTs: threadOf(service, channel, args),
    metadata: metadataOf(args) ?? undefined,
    args,
  });
  const wire = messageWire(message, workspace);
  echo(service, channel, { ...wire, channel: channel.id });
  return { channel: channel.id, ts: message.ts, message: wire };
};

const postEphemeral: Method = (service, args) => {
  const { workspace, messages } = service;
  const channel = postable(service, args);
  const user = required(args, 'user');
  const content = contentOf(workspace, args, { maxText: MESSAGE.text });
  if (!channel.members.has(user)) throw new ApiError('user_not_in_channel');
  const message = messages.add({
    ...content,
    channel: channel.id,
    user: workspace.app.botUserId,
    via: 'chat.postEphemeral',
    ephemeralFor: user,
    threadTs: threadOf(service, channel, args),
    args,
  });
  return { message_ts: message.ts };
};

const update: Method = (service, args) => {
  const { workspace, messages } = service;
  const { channel, message } = ownMessage(service, args, 'cant_update_message');
  if (channel.archived) throw new ApiError('is_inactive');
  const metadata = metadataOf(args);
  const saysSomething = ['text', 'blocks', 'markdown_text'].some((name) => name in args);
  if (saysSomething) {
    const content = contentOf(workspace, args, { maxText: MESSAGE.updatedText });
    // Blocks survive only an update that brings neither text nor blocks.
    messages.edit(message, { ...content, edited: message.edited || content.blocks.length === 0 });
  } else if (metadata === undefined) {
    throw new ApiError('no_text');
  }
  if (metadata !== undefined) message.metadata = metadata ?? undefined;
  const wire = messageWire(message, workspace);
  echo(service, channel, {
    type: 'message',
    subtype: 'message_changed',
    channel: channel.id,
    hidden: true,
    ts: messages.nextTs(),
    message: wire,
  });
  return { channel: channel.id, ts: message.ts, text: message.text, message: wire };
};

const remove: Method = (service, args) => {
  const { channel, message } = ownMessage(service, args, 'cant_delete_message');
  service.messages.remove(message);
  echo(service, channel, {
    type: 'message',
    subtype: 'message_deleted',
    channel: channel.id,
    hidden: true,
    deleted_ts: message.ts,
    ts: service.messages.nextTs(),
  });
  return { channel: channel.id, ts: message.ts };
};

const getPermalink: Method = (service, args) => {
  const channel = channelById(service, args);
  const ts = required(args, 'message_ts');
  if (!service.messages.find(channel.id, ts)) throw new ApiError('message_not_found');
  const place = `archives/${channel.id}/p${ts.replace('.', '')}`;
  const { domain } = service.workspace.team;
  return { channel: channel.id, permalink: `https://${domain}.slack.com/${place}` };
};

export const chat: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};

/** Where the app may post: by id, by #name, or to a person by user id. */
function postable(service: Service, args: Args): Channel {
  const { workspace } = service;
  const wanted = required(args, 'channel');
  const channel = workspace.users.has(wanted)
    ? workspace.im(wanted)
    : workspace.findChannel(wanted);
  if (channel === undefined || !workspace.botSees(channel)) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  const mayPostAnywhere =
    channel.kind === 'public' && workspace.app.scopes.has('chat:write.public');
  if (!workspace.botIn(channel) && !mayPostAnywhere) throw new ApiError('not_in_channel');
  return channel;
}

/** The thread's first message; a reply to a reply belongs to the same thread. */
function threadOf(service: Service, channel: Channel, args: Args): string | undefined {
  const ts = optional(args, 'thread_ts');
  if (ts === undefined) return undefined;
  const parent = service.messages.find(channel.id, ts);
  if (parent === undefined) throw new ApiError('cannot_reply_to_message');
  return parent.threadTs ?? parent.ts;
}

function ownMessage(
  service: Service,
  args: Args,
  notYours: string,
): { channel: Channel; message: Message } {
  const channel = channelById(service, args);
  const message = service.messages.find(channel.id, required(args, 'ts'));
  if (message === undefined) throw new ApiError('message_not_found');
  if (message.user !== service.workspace.app.botUserId) throw new ApiError(notYours);
  return { channel, message };
}

/** The app hears its own messages too, edits included: the loop every bot must not fall into. */
function echo(service: Service, channel: Channel, event: Record<string, unknown>): void {
  const channel_type = MESSAGE_KINDS[channel.kind].type;
  service.announce({ type: 'message', ...event, event_ts: event.ts, channel_type });
}
