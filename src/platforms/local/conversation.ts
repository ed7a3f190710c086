/** What happens when the person at the page says something or presses a button. */
import type { Actor, Place } from '../../command/context.ts';
import type { Desk } from '../../command/desk.ts';
import type { Live } from '../../command/live.ts';
import { UserError } from '../../errors.ts';
import { channelRef } from '../../model/channel.ts';
import { errorReply } from '../../reply/build.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Message, MessageStore } from '../../store/messages.ts';
import type { Drafts } from '../draft.ts';

export interface Conversation {
  /** Keeps a line and, when it is meant for Paperboy, the answer; `onKept` after each. */
  say(channel: string, text: string, options?: SayOptions): Promise<Message[]>;
  /** Runs what a button carries; gives the messages that are new or changed. */
  press(message: Message, button: Pressed, options?: SayOptions): Promise<Message[]>;
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

export function createConversation(
  desk: Desk,
  messages: MessageStore,
  drafts: Drafts,
): Conversation {
  const keep = async (channel: string, reply: Reply) => [
    await messages.add(channel, { by: 'paperboy', reply }),
  ];
  /** The message with another reply in it; none when it was dismissed. */
  const change = async (id: number, reply: Reply) => {
    const isThere = await messages.edit(id, reply);
    const changed = isThere ? await messages.get(id) : undefined;
    return changed ? [changed] : [];
  };

  /** Answers with a new message, which is there before the reply is when that takes a while. */
  async function answer(
    channel: string,
    run: (live: Live) => Promise<Reply>,
    onKept: () => void,
  ): Promise<Message[]> {
    const draft = drafts.open();
    draft.begin(async (state, id) => {
      const kept = id === undefined ? await keep(channel, state) : await change(Number(id), state);
      onKept();
      return kept[0] ? String(kept[0].id) : 'gone';
    });
    try {
      const reply = await run(draft.live);
      const { message, isGone } = await draft.end();
      if (isGone) return [];
      const kept = await (message === undefined
        ? keep(channel, reply)
        : change(Number(message), reply));
      for (const { id } of kept) {
        await desk.conversations.shown(reply, { message: String(id), thread: String(id) });
      }
      return kept;
    } finally {
      await draft.end();
    }
  }

  return {
    async say(channel, text, { timezone, onKept = () => {} } = {}) {
      const said = await messages.add(channel, { by: 'you', text });
      onKept();
      const line = readLine(text);
      if (line === undefined) return [said];
      const answered =
        line === 'unknown'
          ? await keep(
              channel,
              errorReply(
                'There is only one command here, /paper; “/paper help” shows what it can do.',
              ),
            )
          : await answer(
              channel,
              (live) => {
                const run = line.isCommand ? desk.dispatch.line : desk.dispatch.said;
                return run(line.words, actor(timezone), place(channel), live);
              },
              onKept,
            );
      onKept();
      return [said, ...answered];
    },

    async press(message, { line, effect }, { timezone, onKept = () => {} } = {}) {
      const { channel, said } = message;
      const run = (live?: Live) =>
        unloaded(line, (invocation) =>
          desk.dispatch.invocation(invocation, actor(timezone), place(channel), live),
        );
      if (effect === 'answer') return answer(channel, run, onKept);
      const reply = await run();
      const shown = said?.by === 'paperboy' ? said.reply : undefined;
      // What concerns the asker alone must not take the place of what everybody sees.
      const mayReplace = shown && !(shown.visibility === 'channel' && reply.visibility === 'asker');
      const changed = mayReplace ? await change(message.id, reply) : [];
      return changed.length ? changed : keep(channel, reply);
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
function readLine(text: string): { words: string; isCommand: boolean } | 'unknown' | undefined {
  const [, name, words = ''] = /^\s*(\/paper|@paperboy)(?:[\s:,]+(.*))?$/is.exec(text) ?? [];
  if (name) return { words, isCommand: name.startsWith('/') };
  return /^\s*\/\p{L}/u.test(text) ? 'unknown' : undefined;
}

/** The one person at this machine. */
export function actor(timezone: string | undefined): Actor {
  return {
    id: 'you',
    name: 'you',
    mayManage: async () => true,
    timezone: async () => timezone,
  };
}

/** A channel of the page, by its name. */
export function place(channel: string): Place {
  return {
    channel: channelRef({ platform: 'local', workspace: 'local', channel }),
    name: `#${channel}`,
    askingOn: 'Begin with @paperboy to ask on.',
    obstacle: async () => undefined,
  };
}
