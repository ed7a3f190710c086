/** What happens when the person at the page says something or presses a button. */
import type { Actor, Place } from '../../command/context.ts';
import type { Desk } from '../../command/desk.ts';
import { UserError } from '../../errors.ts';
import { channelRef } from '../../model/channel.ts';
import { errorReply } from '../../reply/build.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Message, MessageStore } from '../../store/messages.ts';

export interface Conversation {
  /** Keeps a line and, when it is meant for Paperboy, the answer; `onKept` after each. */
  say(channel: string, text: string, options?: SayOptions): Promise<Message[]>;
  /** Runs what a button carries; gives the messages that are new or changed. */
  press(message: Message, button: Pressed, timezone?: string): Promise<Message[]>;
}

export interface SayOptions {
  /** IANA. */
  timezone?: string | undefined;
  onKept?: () => void;
}

export interface Pressed {
  line: string;
  effect: 'replace' | 'answer';
}

export function createConversation(desk: Desk, messages: MessageStore): Conversation {
  const answer = async (channel: string, reply: Reply) => [
    await messages.add(channel, { by: 'paperboy', reply }),
  ];

  return {
    async say(channel, text, { timezone, onKept } = {}) {
      const said = await messages.add(channel, { by: 'you', text });
      onKept?.();
      const line = commandLine(text);
      if (line === undefined) return [said];
      const reply =
        line === 'unknown'
          ? errorReply(
              'There is only one command here, /paper; “/paper help” shows what it can do.',
            )
          : await desk.dispatch.line(line.words, actor(timezone), place(channel));
      const answered = await answer(channel, reply);
      onKept?.();
      return [said, ...answered];
    },

    async press(message, { line, effect }, timezone) {
      const { channel, said } = message;
      const reply = await unloaded(line, (invocation) =>
        desk.dispatch.invocation(invocation, actor(timezone), place(channel)),
      );
      const shown = said?.by === 'paperboy' ? said.reply : undefined;
      // What concerns the asker alone must not take the place of what everybody sees.
      const mayReplace = shown && !(shown.visibility === 'channel' && reply.visibility === 'asker');
      if (effect === 'answer' || !mayReplace) return answer(channel, reply);
      const isThere = await messages.edit(message.id, reply);
      const edited = isThere ? await messages.get(message.id) : undefined;
      return edited ? [edited] : answer(channel, reply);
    },
  };

  async function unloaded(
    line: string,
    run: (invocation: Awaited<ReturnType<Desk['carrier']['unload']>>) => Promise<Reply>,
  ): Promise<Reply> {
    try {
      return await run(await desk.carrier.unload(line));
    } catch (error) {
      if (error instanceof UserError) return errorReply(error.message);
      throw error;
    }
  }
}

/** The words after `/paper` or `@Paperboy`; `unknown` for another slash command; undefined for talk. */
function commandLine(text: string): { words: string } | 'unknown' | undefined {
  const words = /^\s*(?:\/paper|@paperboy)(?:[\s:,]+(.*))?$/is.exec(text);
  if (words) return { words: words[1] ?? '' };
  return /^\s*\/\p{L}/u.test(text) ? 'unknown' : undefined;
}

/** The one person at this machine. */
function actor(timezone: string | undefined): Actor {
  return {
    id: 'you',
    name: 'you',
    mayManage: async () => true,
    timezone: async () => timezone,
  };
}

export function place(channel: string): Place {
  return {
    channel: channelRef({ platform: 'local', workspace: 'local', channel }),
    name: `#${channel}`,
    obstacle: async () => undefined,
  };
}
