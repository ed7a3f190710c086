/** Messages that speak to the bot: `@Paperboy search foo` in a channel, or anything in direct messages. */
import { type Client, type Message, PermissionFlagsBits, Routes } from 'discord.js';
import type { Desk } from '../../command/desk.ts';
import type { Drafts } from '../draft.ts';
import { type Asked, askedIn, isReplyToUs } from './actor.ts';
import { keepConversation } from './conversation.ts';
import { putUnder } from './draft.ts';
import { errorFields } from './failure.ts';
import { within } from './patience.ts';
import { withNames } from './people.ts';
import { ownPermissions } from './place.ts';
import { editMessage, postMessage } from './post.ts';
import { split } from './split.ts';

/** After this long without an answer the bot is shown typing. */
const PATIENCE_MS = 1_500;

/** Whether a person wrote it to the bot. */
export function isForUs(message: Message): boolean {
  const { author, system, webhookId, guildId } = message;
  if (author.bot || system || webhookId !== null) return false;
  if (guildId === null || mentionOf(message.client).test(message.content)) return true;
  // A reply mentions whom it answers; where its author turned that off, its words stay unread.
  return isReplyToUs(message) && message.content !== '';
}

/**
 * Answers with a reply to the message, seen by all as the question was. Never throws: what cannot be
 * answered is logged.
 */
export async function onMessage(message: Message, desk: Desk, drafts: Drafts): Promise<void> {
  const { client, channel, channelId } = message;
  const { rest } = client;
  const { carrier } = desk;
  const asked = askedIn(message);
  const draft = drafts.open();
  try {
    const { actor, place } = asked;
    if (!(await desk.conversations.hear(`discord:${message.id}`))) return;
    const replyTo = mayReply(channel) ? { replyTo: message.id } : {};
    const drafting = { key: `${message.id}#draft`, ...replyTo };
    draft.begin(putUnder(rest, carrier, channelId, drafting));
    const work = desk.dispatch.said(lineOf(message), actor, place, draft.live);
    if (!(await within(work, PATIENCE_MS))) await showTyping(client, channelId, asked, desk);
    const reply = await work;
    const { message: drafted, isGone } = await draft.end();
    if (isGone) return;
    let first: string | undefined;
    for (const [i, part] of split(reply).entries()) {
      if (i === 0 && drafted !== undefined) {
        first = await editMessage(rest, carrier, channelId, drafted, part);
        if (first === 'gone') return;
      } else {
        const posting = { key: `${message.id}#${i}`, ...(i === 0 ? replyTo : {}) };
        const id = await postMessage(rest, carrier, channelId, part, posting);
        first ??= id;
      }
    }
    await keepConversation(client, { place, reply, message: first }, desk);
  } catch (error) {
    const { channel } = asked.place;
    desk.log.error({ ...errorFields(error), channel }, 'discord: a message could not be answered');
  } finally {
    await draft.end();
  }
}

/** What follows the mention, or precedes it when nothing does. */
function lineOf(message: Message): string {
  const [before = '', ...after] = withNames(message).split(mentionOf(message.client));
  return after.join(' ').trim() || before.trim();
}

function mentionOf(client: Client<true>): RegExp {
  return new RegExp(`<@!?${client.user.id}>`);
}

/** Discord refuses a reply to a message the bot could not read again. */
function mayReply(channel: Message['channel']): boolean {
  return ownPermissions(channel)?.has(PermissionFlagsBits.ReadMessageHistory) ?? true;
}

async function showTyping(client: Client, channelId: string, { place }: Asked, desk: Desk) {
  await client.rest.post(Routes.channelTyping(channelId)).catch((error: unknown) => {
    desk.log.debug({ ...errorFields(error), channel: place.channel }, 'discord: could not type');
  });
}
