/** Threads under a message, which Discord gives the id of the message: https://discord.com/developers/docs/topics/threads */
import { type Client, PermissionFlagsBits, Routes } from 'discord.js';
import { shorten } from '../../text/sentences.ts';
import { oneLine } from './escape.ts';
import { isCode } from './failure.ts';
import { THREAD_NAME_MAX } from './limits.ts';
import { ownPermissions } from './place.ts';
import { asPostError } from './post.ts';

const NEEDED = [
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.ReadMessageHistory,
];

/** Whether messages of this channel can have threads: not in direct messages, in threads, or without the right. */
export function mayOpenThread(client: Client, channel: string): boolean {
  const found = client.channels.cache.get(channel);
  if (!found || found.isDMBased() || found.isThread()) return false;
  return ownPermissions(found)?.has(NEEDED) ?? false;
}

/** The channel of the thread under a message, opened with this name when it is not there. Throws `PostError`. */
export async function threadUnder(
  client: Client,
  channel: string,
  message: string,
  name: string,
): Promise<string> {
  // Discord answers 400 to a second thread under a message: ask what is known first.
  if (client.channels.cache.has(message)) return message;
  const body = { name: shorten(oneLine(name), THREAD_NAME_MAX) || 'Paperboy' };
  await asPostError(async () => {
    try {
      await client.rest.post(Routes.threads(channel, message), { body });
    } catch (error) {
      if (!isCode(error, 'ThreadAlreadyCreatedForMessage')) throw error;
    }
  });
  return message;
}
