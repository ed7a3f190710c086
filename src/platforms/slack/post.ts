/** Posting where nobody asked: digests, and finding one again by the mark it carries. */
import type { Carrier } from '../../command/carrier.ts';
import { type ChannelRef, channelParts } from '../../model/channel.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Platform, PostOptions } from '../platform.ts';
import type { Clients, Paces } from './client.ts';
import { postErrorOf } from './failure.ts';
import { BUTTON } from './limits.ts';
import { obstacleIn } from './place.ts';
import { render, type SlackMessage, withoutPictures } from './render.ts';

/** https://docs.slack.dev/messaging/message-metadata */
const EVENT_TYPE = 'paperboy_message';

/** How far back a message is looked for: it was posted right before a crash, so it is among the last. */
const PAGES = 2;
const MESSAGES_A_PAGE = 100;

export function createPosting(
  { ask, tell }: Clients,
  carrier: Carrier,
  paces: Paces,
): Pick<Platform, 'post' | 'find' | 'tell' | 'obstacle' | 'permalink'> {
  async function post(
    channel: string,
    reply: Reply,
    key: string,
    { under, until }: PostOptions = {},
  ) {
    const inThread = under === undefined ? {} : { thread_ts: under };
    const metadata = { event_type: EVENT_TYPE, event_payload: { key } };
    const posted = async (message: SlackMessage) => {
      const how = { ...inThread, metadata, ...quiet };
      const call = () => tell.chat.postMessage({ channel, ...message, ...how });
      const { ts } = await paces['chat.postMessage'].turn(channel, call, until);
      return ts ?? '';
    };
    const message = await rendered(reply, carrier);
    try {
      return await posted(message);
    } catch (error) {
      const failure = postErrorOf(error);
      const bare = failure.reason === 'message-refused' ? withoutPictures(message) : undefined;
      if (!bare) throw failure;
      return posted(bare).catch((again: unknown) => {
        throw postErrorOf(again);
      });
    }
  }

  /** After a crash in a fan-out hundreds of channels are read. */
  const read = (which: { channel: string }, under: string | undefined) =>
    under === undefined
      ? paces['conversations.history'].turn(which.channel, () => ask.conversations.history(which))
      : paces['conversations.replies'].turn(which.channel, () =>
          ask.conversations.replies({ ...which, ts: under }),
        );

  return {
    post: (ref, reply, key, options) => post(channelParts(ref).channel, reply, key, options),
    // Slack opens the direct messages with whoever a message is for.
    async tell(person, reply, key) {
      await post(person, reply, key);
    },
    async find(ref, key, { under } = {}) {
      const { channel } = channelParts(ref);
      let cursor = '';
      for (let page = 0; page < PAGES; page += 1) {
        const which = {
          channel,
          limit: MESSAGES_A_PAGE,
          include_all_metadata: true,
          ...(cursor && { cursor }),
        };
        const history = await read(which, under).catch((error: unknown) => {
          throw postErrorOf(error);
        });
        const found = history.messages?.find(({ metadata }) => keyIn(metadata) === key);
        if (found) return found.ts;
        cursor = history.response_metadata?.next_cursor ?? '';
        if (!cursor) break;
      }
      return undefined;
    },
    obstacle: (ref) => obstacleIn(ask, channelParts(ref).channel),
    async permalink(channel: ChannelRef, message: string) {
      const place = { channel: channelParts(channel).channel, message_ts: message };
      return ask.chat.getPermalink(place).then(
        (answer) => answer.permalink,
        () => undefined,
      );
    },
  };
}

/** Previews of the pages a message links to would bury it. */
export const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** The message of a reply, its buttons' commands stored where they need to be. */
export async function rendered(reply: Reply, carrier: Carrier): Promise<SlackMessage> {
  const load = carrier.load(BUTTON.value);
  const message = render(reply, (invocation) => load.carry(invocation));
  await load.save();
  return message;
}

function keyIn(metadata: { event_type?: string; event_payload?: object } | undefined): unknown {
  if (metadata?.event_type !== EVENT_TYPE) return undefined;
  const payload = metadata.event_payload ?? {};
  return 'key' in payload ? payload.key : undefined;
}
