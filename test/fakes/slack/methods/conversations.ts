/**
 * Channels, their members and their history.
 *
 * https://docs.slack.dev/reference/methods/conversations.info
 * https://docs.slack.dev/reference/methods/conversations.history
 * https://docs.slack.dev/reference/methods/conversations.replies
 * https://docs.slack.dev/reference/methods/conversations.open
 * https://docs.slack.dev/reference/methods/conversations.join
 */
import { type Message, micros } from '../messages.ts';
import type { Service } from '../service.ts';
import { channelWire, messageWire } from '../wire.ts';
import type { Channel } from '../workspace.ts';
import {
  ApiError,
  type Args,
  channelById,
  flag,
  type Method,
  optional,
  page,
  required,
} from './method.ts';

const info: Method = (service, args) => {
  const channel = channelById(service, args);
  const wire = channelWire(channel, service.workspace);
  const count = flag(args, 'include_num_members') ? { num_members: channel.members.size } : {};
  return { channel: { ...wire, ...count } };
};

const members: Method = (service, args) => {
  const found = page([...channelById(service, args).members], args, { limit: 100, most: 1000 });
  return { members: found.items, response_metadata: found.response_metadata };
};

const history: Method = (service, args) => {
  const channel = readable(service, args);
  const top = service.messages.lasting(channel.id).filter((one) => one.threadTs === undefined);
  return messagePage(service, args, between(top, args).reverse(), { limit: 100, most: 999 });
};

const replies: Method = (service, args) => {
  const channel = readable(service, args);
  const ts = required(args, 'ts');
  const asked = service.messages.find(channel.id, ts);
  if (asked === undefined) throw new ApiError('thread_not_found');
  const root = asked.threadTs ?? asked.ts;
  const thread = service.messages
    .lasting(channel.id)
    .filter((one) => one.ts === root || one.threadTs === root);
  return messagePage(service, args, between(thread, args), { limit: 1000, most: 1000 });
};

const list: Method = (service, args) =>
  channelPage(service, args, (channel) => service.workspace.botSees(channel));

const ofUser: Method = (service, args) => {
  const user = optional(args, 'user') ?? service.workspace.app.botUserId;
  return channelPage(
    service,
    args,
    (channel) => channel.members.has(user) && service.workspace.botSees(channel),
  );
};

const open: Method = (service, args) => {
  const { workspace } = service;
  const users = (optional(args, 'users') ?? '').split(',').filter(Boolean);
  if (users.some((user) => !workspace.users.has(user))) throw new ApiError('user_not_found');
  const [first] = users;
  if (first === undefined) return { channel: { id: channelById(service, args).id } };
  const channel = users.length === 1 ? workspace.im(first) : groupOf(service, users);
  const wire = flag(args, 'return_im') ? channelWire(channel, workspace) : {};
  return { channel: { id: channel.id, ...wire } };
};

const join: Method = (service, args) => {
  const { workspace } = service;
  const channel = channelById(service, args);
  if (channel.kind !== 'public') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  if (workspace.botIn(channel)) {
    return { channel: channelWire(channel, workspace), warning: 'already_in_channel' };
  }
  channel.members.add(workspace.app.botUserId);
  service.announce({
    type: 'member_joined_channel',
    user: workspace.app.botUserId,
    channel: channel.id,
    channel_type: 'C',
    team: workspace.team.id,
  });
  return { channel: channelWire(channel, workspace) };
};

export const conversations: Record<string, Method> = {
  'conversations.info': info,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.list': list,
  'conversations.open': open,
  'conversations.join': join,
  'users.conversations': ofUser,
};

/** A channel whose messages the app may read: only members may. */
function readable(service: Service, args: Args): Channel {
  const channel = channelById(service, args);
  if (!service.workspace.botIn(channel)) throw new ApiError('not_in_channel');
  return channel;
}

function between(messages: Message[], args: Args): Message[] {
  const oldest = micros(optional(args, 'oldest') ?? '0');
  const latest = micros(optional(args, 'latest') ?? '99999999999');
  const inclusive = flag(args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = micros(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function messagePage(
  service: Service,
  args: Args,
  found: Message[],
  limits: { limit: number; most: number },
) {
  const allMetadata = flag(args, 'include_all_metadata');
  const { items, more, response_metadata } = page(found, args, limits);
  return {
    messages: items.map((message) => messageWire(message, service.workspace, { allMetadata })),
    has_more: more,
    response_metadata,
  };
}

const KINDS = {
  public: 'public_channel',
  private: 'private_channel',
  mpim: 'mpim',
  im: 'im',
} as const;

function channelPage(service: Service, args: Args, wanted: (channel: Channel) => boolean) {
  const types = (optional(args, 'types') ?? KINDS.public).split(',').map((type) => type.trim());
  const hideArchived = flag(args, 'exclude_archived');
  const found = [...service.workspace.channels.values()].filter(
    (channel) =>
      types.includes(KINDS[channel.kind]) && !(hideArchived && channel.archived) && wanted(channel),
  );
  const { items, response_metadata } = page(found, args, { limit: 100, most: 1000 });
  const channels = items.map((channel) => channelWire(channel, service.workspace));
  return { channels, response_metadata };
}

function groupOf(service: Service, users: string[]): Channel {
  const { workspace } = service;
  const everyone = [...new Set([...users, workspace.app.botUserId])].sort();
  const name = `mpdm-${everyone.map((user) => workspace.user(user).name).join('--')}-1`;
  return (
    workspace.findChannel(name) ?? workspace.addChannel({ name, kind: 'mpim', members: everyone })
  );
}
