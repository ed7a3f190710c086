/** Posting to a channel, finding what was posted, and what Discord's errors mean for a delivery. */
import { createHash } from 'node:crypto';
import {
  type APIMessage,
  type Client,
  DiscordAPIError,
  RateLimitError,
  type REST,
  type RouteLike,
  Routes,
} from 'discord.js';
import type { Carrier } from '../../command/carrier.ts';
import { type ChannelRef, channelParts } from '../../model/channel.ts';
import type { Reply } from '../../reply/reply.ts';
import { PostError, type PostFailure } from '../platform.ts';
import { CARRIED_MAX } from './buttons.ts';
import { errorLine, isCode } from './errors.ts';
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
  key?: string;
  /** The id of a message to answer. */
  replyTo?: string;
}

/** Posts one message to a channel and gives its id. Throws `PostError`. */
export async function postMessage(
  rest: REST,
  carrier: Carrier,
  channel: string,
  reply: Reply,
  { key, replyTo }: Posting,
): Promise<string> {
  const message = await prepared(carrier, reply, key && markOf(key));
  const body = {
    ...message,
    allowed_mentions: noMentions,
    ...(key ? { nonce: nonceOf(key), enforce_nonce: true } : {}),
    ...(replyTo ? { message_reference: { message_id: replyTo, fail_if_not_exists: false } } : {}),
  };
  const posted = await asPostError<APIMessage>(() =>
    rest.post(Routes.channelMessages(channel), { body }),
  );
  return posted.id;
}

/** The id of the bot's own recent message with the mark of `key`. Throws `PostError`. */
export async function findMessage(
  client: Client<true>,
  channel: ChannelRef,
  key: string,
): Promise<string | undefined> {
  const route: RouteLike = Routes.channelMessages(channelParts(channel).channel);
  const query = new URLSearchParams({ limit: String(RECENT_MESSAGES) });
  const recent = await asPostError<APIMessage[]>(() => client.rest.get(route, { query }));
  const own = recent.filter((message) => message.author.id === client.user.id);
  return own.find((message) => marksOf(message).includes(markOf(key)))?.id;
}

/** Runs a request; its answer is Discord's, so its type is taken on trust. */
async function asPostError<Answer>(request: () => Promise<unknown>): Promise<Answer> {
  try {
    return (await request()) as Answer;
  } catch (error) {
    throw toPostError(error);
  }
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes */
export function toPostError(error: unknown): PostError {
  const cause = { cause: error };
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.retryAfter, error.sublimitTimeout);
    const seconds = Math.ceil(retryAfterMs / 1_000);
    return new PostError('limited', `discord: too many messages, try again in ${seconds} s`, {
      ...cause,
      retryAfterMs,
    });
  }
  return new PostError(failureOf(error), `discord: ${errorLine(error)}`, cause);
}

function failureOf(error: unknown): PostFailure {
  // A 5xx, a timeout, a cut connection: the message may be there or not.
  if (!(error instanceof DiscordAPIError)) return 'unavailable';
  if (isCode(error, 'UnknownChannel', 'UnknownGuild')) return 'gone';
  if (error.status === 403) return 'forbidden';
  if (error.status === 404) return 'gone';
  if (error.status === 429) return 'limited';
  // A refused token is the operator's to mend; the channel did nothing wrong.
  if (error.status === 401) return 'unavailable';
  return 'invalid';
}

function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, NONCE_MAX);
}

/** What a reader sees of the key: a short reference at the end of the message. */
function markOf(key: string): string {
  return `Paperboy · ${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}
