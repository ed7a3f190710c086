/**
 * Answers that people may ask on about: kept under the message that shows them, and where that is wanted and may
 * be, with a thread under it. Without the privileged intent for message content the bot reads a message only
 * when it is mentioned in it, as a reply to one of its own mentions it.
 */
import type { Client } from 'discord.js';
import type { Place } from '../../command/context.ts';
import type { Desk } from '../../command/desk.ts';
import { channelParts } from '../../model/channel.ts';
import type { Reply } from '../../reply/reply.ts';
import { errorFields } from './failure.ts';
import { mayOpenThread, threadUnder } from './thread.ts';

/** Never throws: an answer without its thread is still one. */
export async function keepConversation(
  client: Client<true>,
  { place, reply, message }: { place: Place; reply: Reply; message: string | undefined },
  { conversations, log }: Desk,
): Promise<void> {
  const { conversation } = reply;
  if (!conversation || message === undefined) return;
  const { channel } = channelParts(place.channel);
  try {
    // A thread has the id of the message it is under; in a thread, that is the channel.
    const isInThread = client.channels.cache.get(channel)?.isThread() ?? false;
    await conversations.shown(reply, { message, thread: isInThread ? channel : message });
    if (conversation.inThread && mayOpenThread(client, channel)) {
      await threadUnder(client, channel, message, conversation.title);
    }
  } catch (error) {
    log.warn({ ...errorFields(error), channel: place.channel }, 'discord: no thread was opened');
  }
}
