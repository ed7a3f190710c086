/** A reply in the making, in Slack: a message that is posted once and then edited. */
import type { Reply } from '../../reply/reply.ts';
import type { Put } from '../draft.ts';
import { type Answering, threadFor, type Way } from './answer.ts';
import { errorCode, isGone, postErrorOf } from './failure.ts';
import { quiet, rendered } from './post.ts';
import { split } from './split.ts';

/** What a message is called among drafts: its `ts` is unique in its channel alone. */
export const draftName = (channel: string, ts: string) => `${channel}/${ts}`;

const tsOf = (draft: string) => draft.slice(draft.indexOf('/') + 1);

/** Shows states where the answer will be; where that cannot be edited, the first one alone, to the asker. */
export function putOf(way: Way, { clients: { ask, tell }, carrier }: Answering): Put {
  const { channel, user, respond } = way;

  return async (state, draft) => {
    const thread = threadFor(state, way);
    const inThread = thread ? { thread_ts: thread } : {};
    const message = await rendered(split(state)[0] ?? state, carrier);
    if (draft !== undefined) {
      try {
        await ask.chat.update({ channel, ts: tsOf(draft), ...message });
        return draft;
      } catch (error) {
        if (isGone(error)) return 'gone';
        throw postErrorOf(error);
      }
    }
    if (state.visibility === 'channel' || way.isAlone) {
      try {
        const { ts } = await tell.chat.postMessage({ channel, ...inThread, ...message, ...quiet });
        return draftName(channel, ts ?? '');
      } catch (error) {
        // Where the bot is no member it can answer, but not edit.
        if (!respond || errorCode(error) === undefined) throw postErrorOf(error);
      }
    }
    const privately = { response_type: 'ephemeral', replace_original: false } as const;
    if (respond) await respond({ ...message, ...privately, ...inThread });
    else await tell.chat.postEphemeral({ channel, user, ...inThread, ...message });
    return 'once';
  };
}

/** The way to an answer whose draft people see: in its place, unless the answer is for the asker alone. */
export async function ontoDraft(
  draft: string,
  reply: Reply,
  way: Way,
  { clients: { ask }, log }: Answering,
): Promise<Way> {
  const ts = tsOf(draft);
  if (reply.visibility === 'channel' || way.isAlone) {
    return { ...way, respond: undefined, replaces: { ts, visibility: reply.visibility } };
  }
  await ask.chat.delete({ channel: way.channel, ts }).catch((error: unknown) => {
    log.debug({ err: error }, 'slack: a draft stays');
  });
  return way;
}
