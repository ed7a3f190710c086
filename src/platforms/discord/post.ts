/** Posting to a channel, and finding what was posted. */
import { createHash } from 'node:crypto';
import {
  type APIChannel,
  type APIMessage,
  type Client,
  type REST,
  type RouteLike,
  Routes,
} from 'discord.js';
import type { Carrier } from '../../command/carrier.ts';
import type { Reply } from '../../reply/reply.ts';
import { CARRIED_MAX } from './buttons.ts';
import { isCode, toPostError } from './failure.ts';
import { NONCE_MAX, RECENT_MESSAGES } from './limits.ts';
import { type Message, marksOf, render } from './render.ts';

/** Nobody is ever notified by what the bot writes, whatever a paper's title says. */
export const noMentions: { parse: [] } = { parse: [] };

/** Longest that discord.js may hold a message back by itself; beyond it the caller decides. */
const LONGEST_WAIT_MS = 5_000;

/** For `rest.rejectOnRateLimit`: answers to people always wait their turn, posts only briefly. */
export function isTooLongToWait(limit: { method: string; route: string; retryAfter: number }) {
  const isPost = limit.method === 'POST' && limit.route === '/channels/:id/messages';
  return isPost && limit.retryAfter > LONGEST_WAIT_MS;
}

/** The reply as a message whose buttons work from now on. */
export async function prepared(carrier: Carrier, reply: Reply, mark?: string): Promise<Message> {
  const load = carrier.load(CARRIED_MAX);
  const message = render(reply, (invocation) => load.carry(invocation), mark);
  await load.save();
  return message;
}

export interface Posting {
  /** Posting twice with one key within Discord's few minutes makes one message. */
  key: string;
  /** Whether `findMessage` shall find it by its key later on. */
  isMarked?: boolean;
  /** The id of a message to answer. */
  replyTo?: string;
}

/** Posts one message to a channel and gives its id. Throws `PostError`. */
export async function postMessage(
  rest: REST,
  carrier: Carrier,
  channel: string,
  reply: Reply,
  { key, isMarked = false, replyTo }: Posting,
): Promise<string> {
  const body = {
    ...(await prepared(carrier, reply, isMarked ? markOf(key) : undefined)),
    allowed_mentions: noMentions,
    nonce: nonceOf(channel, key),
    enforce_nonce: true,
    ...(replyTo ? { message_reference: { message_id: replyTo, fail_if_not_exists: false } } : {}),
  };
  const posted = await asPostError<APIMessage>(() =>
    rest.post(Routes.channelMessages(channel), { body }),
  );
  return posted.id;
}

/** Puts another reply into a message; gives its id, or `gone` when somebody deleted it. Throws `PostError`. */
export async function editMessage(
  rest: REST,
  carrier: Carrier,
  channel: string,
  message: string,
  reply: Reply,
): Promise<string | 'gone'> {
  const body = { ...(await prepared(carrier, reply)), allowed_mentions: noMentions };
  try {
    await rest.patch(Routes.channelMessage(channel, message), { body });
    return message;
  } catch (error) {
    if (isCode(error, 'UnknownMessage')) return 'gone';
    throw toPostError(error);
  }
}

/** The id of the bot's own recent message with the mark of `key`. Throws `PostError`. */
export async function findMessage(
  client: Client<true>,
  channel: string,
  key: string,
): Promise<string | undefined> {
  const route: RouteLike = Routes.channelMessages(channel);
  const query = new URLSearchParams({ limit: String(RECENT_MESSAGES) });
  const recent = await asPostError<APIMessage[]>(() => client.rest.get(route, { query }));
  const own = recent.filter((message) => message.author.id === client.user.id);
  return own.find((message) => marksOf(message).includes(markOf(key)))?.id;
}

/** Opens the direct messages with a person and gives their channel. Throws `PostError`. */
export async function openDirect(rest: REST, person: string): Promise<string> {
  const body = { recipient_id: person };
  const { id } = await asPostError<APIChannel>(() => rest.post(Routes.userChannels(), { body }));
  return id;
}

/** Runs a request; its answer is Discord's, so its type is taken on trust. Throws `PostError`. */
export async function asPostError<Answer>(request: () => Promise<unknown>): Promise<Answer> {
  try {
    return (await request()) as Answer;
  } catch (error) {
    throw toPostError(error);
  }
}

/** Discord compares the nonces of a bot over all its channels, so the channel is part of it. */
function nonceOf(channel: string, key: string): string {
  return createHash('sha256').update(`${channel} ${key}`).digest('base64url').slice(0, NONCE_MAX);
}

/** What a reader sees of the key: a short reference at the end of the message. */
function markOf(key: string): string {
  return `Paperboy · ${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}
