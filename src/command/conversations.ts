/** What a platform tells of conversations: where an answer stands, and what is said in its thread. */
import type { Reply } from '../reply/reply.ts';
import type { AnswerStore } from '../store/answers.ts';
import type { Hear } from '../store/heard.ts';
import { readsLikeQuestion } from './said.ts';

export interface Conversations {
  /** Whether this is the first instance to hear a message; only one ever is. */
  hear: Hear;
  /** Whether words said in a thread, to nobody in particular, ask on after an answer of ours. */
  asksOn(text: string, thread: string): Promise<boolean>;
  /** Where a reply stands now, if people may ask on about it. */
  shown(reply: Reply, at: { message: string; thread: string }): Promise<void>;
}

export function createConversations(exchanges: AnswerStore, hear: Hear): Conversations {
  return {
    hear,
    asksOn: async (text, thread) =>
      readsLikeQuestion(text) && (await exchanges.inThread(thread)) !== undefined,
    async shown({ conversation }, at) {
      if (conversation?.id) await exchanges.shown(conversation.id, at);
    },
  };
}
