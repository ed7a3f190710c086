/** Where somebody typed or pressed, and whether the bot can post there later. */
import type { webApi } from '@slack/bolt';
import type { Place } from '../../command/context.ts';
import { type ChannelRef, channelRef } from '../../model/channel.ts';
import type { Obstacle } from '../../model/delivery.ts';
import { clean } from './escape.ts';
import { errorCode, postErrorOf } from './failure.ts';

type Info = webApi.ConversationsInfoResponse['channel'];

/** A person's direct messages, with the bot or with somebody else. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** A thread by the `ts` of its first message, which is unique in its channel alone. */
export function threadName(channel: ChannelRef, ts: string): string {
  return `${channel}/${ts}`;
}

const INVITE = 'Invite me first, so that I can post here: type “/invite @Paperboy”.';
const sentences = {
  archived: 'This channel is archived, so nothing can be posted here; use another channel.',
  between:
    'I cannot post between the two of you; use a channel, or write to me directly under Apps → Paperboy.',
  group: 'I cannot post in a group conversation later on; use a channel instead.',
} as const;

/**
 * `named` is what the payload calls the channel, when it does: Slack hides the names of those that are
 * not public as `privategroup` and `directmessage`.
 */
export async function createPlace(
  ask: webApi.WebClient,
  {
    team,
    channel,
    named,
    thread,
  }: {
    team: string;
    channel: string;
    named?: string | undefined;
    thread?: string | undefined;
  },
): Promise<Place> {
  let asked: Promise<Info> | undefined;
  const info = () => {
    asked ??= ask.conversations.info({ channel }).then((answer) => answer.channel);
    return asked;
  };
  const ref = channelRef({ platform: 'slack', workspace: team, channel });
  return {
    channel: ref,
    ...(thread && { thread: threadName(ref, thread) }),
    hasReferences: true,
    askingOn: isDirect(channel) ? 'Just ask on.' : 'Reply in the thread to ask on.',
    name: await nameOf(channel, named, info),
    obstacle: () => obstacle(channel, info),
  };
}

/**
 * What keeps the bot from posting to a channel. Whether a workspace lets it, where only some may post, shows
 * only when it does. Throws `PostError` when Slack cannot be asked.
 */
export async function obstacleIn(
  ask: webApi.WebClient,
  channel: string,
): Promise<Obstacle | undefined> {
  try {
    const { channel: found } = await ask.conversations.info({ channel });
    if (found?.is_archived) return 'channel-archived';
    return found?.is_im || found?.is_member ? undefined : 'not-invited';
  } catch (error) {
    if (errorCode(error) === 'channel_not_found') return 'channel-gone';
    throw postErrorOf(error);
  }
}

async function nameOf(
  channel: string,
  named: string | undefined,
  info: () => Promise<Info>,
): Promise<string> {
  if (isDirect(channel) || named === 'directmessage') return 'this conversation';
  const isHidden = !named || named === 'privategroup';
  const name = isHidden
    ? await info().then(
        (found) => found?.name,
        () => undefined,
      )
    : named;
  if (!name) return 'this private channel';
  return name.startsWith('mpdm-') ? 'this group conversation' : `#${clean(name)}`;
}

async function obstacle(channel: string, info: () => Promise<Info>): Promise<string | undefined> {
  try {
    const found = await info();
    if (found?.is_archived) return sentences.archived;
    if (found?.is_im || found?.is_member) return undefined;
    return found?.is_mpim ? sentences.group : INVITE;
  } catch (error) {
    switch (errorCode(error)) {
      case 'channel_not_found':
        return isDirect(channel) ? sentences.between : INVITE;
      case 'missing_scope':
        return sentences.group;
      default:
        throw error;
    }
  }
}
