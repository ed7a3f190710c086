/** What a command that takes a while has until its reply is there: a way to show how far it is, and to hear that it may stop. */
import type { Reply } from '../reply/reply.ts';

export interface Live {
  /**
   * Shows this where the reply will stand, in place of what it showed there before. Platforms show the
   * newest state at their own pace and leave out what came between. Never fails.
   */
  progress(reply: Reply): void;
  /** Aborted when the message was deleted, so that nobody waits any more, or when the bot stops. */
  signal: AbortSignal;
}

/** For whoever waits for the reply alone. */
export const unseen: Live = { progress: () => {}, signal: new AbortController().signal };
