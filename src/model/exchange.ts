/** A question and its answer in a channel, as the next question there needs them. */
import type { ChannelRef } from './channel.ts';
import type { PaperId } from './paper.ts';

export interface NewExchange {
  channel: ChannelRef;
  /** What was asked, after the questions it leans on. */
  subject: string;
  /** The one paper that was asked. */
  paper?: PaperId | undefined;
  /** The topic or query whose papers were asked, as written. */
  topic?: string | undefined;
  /** Those that are quoted; of a refusal, those that the conversation spoke of before. */
  papers: readonly PaperId[];
  isAnswered: boolean;
  /** The asker's name. */
  by: string;
  /** ISO 8601 instant. */
  at: string;
}

export interface Exchange extends NewExchange {
  id: string;
  /** The platform's id of the message with the answer, once it is shown. */
  message: string | undefined;
  /** The platform's name of the thread in which people ask on. */
  thread: string | undefined;
}

/** Letters, digits and single spaces in lower case: how it is typed makes it no other question. */
export function plainQuestion(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();
}
