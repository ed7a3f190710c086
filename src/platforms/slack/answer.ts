/** Answers somebody: through the response_url they came with, else through the Web API; exactly once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RespondFn } from '@slack/bolt';
import type { Carrier } from '../../command/carrier.ts';
import type { Log } from '../../log.ts';
import { errorReply } from '../../reply/build.ts';
import type { Reply } from '../../reply/reply.ts';
import { PostError } from '../platform.ts';
import type { Clients } from './client.ts';
import { isGone, postErrorOf } from './failure.ts';
import { quiet, rendered } from './post.ts';
import { type SlackMessage, withoutPictures } from './render.ts';
import { split } from './split.ts';

/** The way back to whoever typed or pressed. */
export interface Way {
  channel: string;
  user: string;
  /** The `ts` of the thread it happened in. */
  thread?: string | undefined;
  /** The `ts` of the message that asked, under which a thread can be opened. */
  asked?: string | undefined;
  /** Five uses in 30 minutes, in channels the bot is not in as well; mentions and direct messages have none. */
  respond?: RespondFn | undefined;
  /**
   * The message whose button was pressed, or the draft of the answer, to be replaced by an answer that the
   * same people see.
   */
  replaces?: { ts: string; visibility: Reply['visibility'] } | undefined;
  /** Nobody else is there, so that nothing needs to be ephemeral, which does not last. */
  isAlone: boolean;
}

export interface Answering {
  clients: Clients;
  carrier: Carrier;
  log: Log;
}

/** The longest a person should wait for an answer that Slack holds back, in milliseconds. */
const PATIENCE_MS = 10_000;

const sorry = errorReply('I could not show the answer here. Please try again.');

/** The thread that a reply belongs in: where it was asked for, or one under the question. */
export function threadFor({ conversation }: Reply, { thread, asked, isAlone }: Way) {
  return thread ?? (conversation?.inThread && !isAlone ? asked : undefined);
}

/**
 * Shows the reply and gives the `ts` of its first message, where Slack says it. A failure is logged, never
 * thrown.
 */
export async function answer(
  reply: Reply,
  way: Way,
  house: Answering,
): Promise<string | undefined> {
  let shown = 0;
  let first: string | undefined;
  try {
    for (const part of split(reply)) {
      const message = await rendered(part, house.carrier);
      const ts = await deliver(message, doors(part, shown === 0 ? way : without(way), house));
      if (shown === 0) first = ts;
      shown += 1;
    }
    if (reply.visibility === 'channel') await clearAway(way, house);
    return first;
  } catch (error) {
    // Whoever deleted what the answer would replace wants none.
    if (error instanceof PostError && isGone(error.cause)) return undefined;
    house.log.error({ err: error, channel: way.channel }, 'slack: an answer could not be shown');
    const mayHelp = !(error instanceof PostError) || error.reason === 'message-refused';
    if (shown > 0 || !mayHelp) return first;
    await rendered(sorry, house.carrier)
      .then((message) => deliver(message, doors(sorry, without(way), house)))
      .catch(() => {});
    return undefined;
  }
}

/** A message for one person whose button was answered to everybody has done its work. */
async function clearAway({ replaces, respond }: Way, { log }: Answering): Promise<void> {
  if (replaces?.visibility !== 'asker' || !respond) return;
  await respond({ text: '', delete_original: true }).catch((error: unknown) => {
    log.debug({ err: error }, 'slack: an answered message stays');
  });
}

const without = (way: Way): Way => ({ ...way, replaces: undefined });

/** Gives the message's `ts`, where Slack says it. */
type Door = (message: SlackMessage) => Promise<string | undefined>;

/** The ways to show something, best first. */
function doors(reply: Reply, way: Way, { clients: { ask, tell } }: Answering): Door[] {
  const { channel, user, respond } = way;
  const { visibility, conversation } = reply;
  const thread = threadFor(reply, way);
  const replaced = way.replaces?.visibility === visibility ? way.replaces : undefined;
  const isForAll = visibility === 'channel' || way.isAlone;
  const inThread = thread ? { thread_ts: thread } : {};

  const byUrl = (respond: RespondFn): Door => {
    return async (message) => {
      const how = replaced
        ? { replace_original: true }
        : {
            replace_original: false,
            response_type: isForAll ? ('in_channel' as const) : ('ephemeral' as const),
            ...inThread,
          };
      const answered = await respond({ ...message, ...how, ...quiet });
      refuseNo(await answered.text());
      return undefined;
    };
  };
  const byMethod: Door = async (message) => {
    // An edit that is made twice does no harm: it may be tried again.
    if (replaced && isForAll) {
      return (await ask.chat.update({ channel, ts: replaced.ts, ...message })).ts;
    }
    const posting = { channel, ...inThread, ...message };
    if (isForAll) return (await tell.chat.postMessage({ ...posting, ...quiet })).ts;
    await tell.chat.postEphemeral({ user, ...posting });
    return undefined;
  };
  if (!respond) return [patiently(byMethod)];
  // A response_url does not say which message it made, and people ask on under that message.
  return conversation && isForAll
    ? [patiently(byMethod), byUrl(respond)]
    : [byUrl(respond), patiently(byMethod)];
}

/** A response_url may say no with status 200. */
function refuseNo(body: string): void {
  const [, code] = /^\s*\{.*"ok"\s*:\s*false.*"error"\s*:\s*"([\w.-]+)"/s.exec(body) ?? [];
  if (code) throw new PostError('message-refused', `Slack answered ${code}`);
}

function patiently(door: Door): Door {
  return async (message) => {
    try {
      return await door(message);
    } catch (error) {
      const { reason, retryAfterMs = 0 } = postErrorOf(error);
      if (reason !== 'rate-limited' || retryAfterMs > PATIENCE_MS) throw error;
      await sleep(retryAfterMs, undefined, { ref: false });
      return door(message);
    }
  };
}

/** Through the first door that lets it pass; without pictures where they are refused. Throws `PostError`. */
async function deliver(message: SlackMessage, ways: readonly Door[]): Promise<string | undefined> {
  const bare = withoutPictures(message);
  let failure = new PostError('service-away', 'There is no way to answer');
  for (const door of ways) {
    for (const version of bare ? [message, bare] : [message]) {
      try {
        return await door(version);
      } catch (error) {
        failure = postErrorOf(error);
        if (failure.reason !== 'message-refused') break;
      }
    }
  }
  throw failure;
}
