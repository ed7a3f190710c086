/** Changes of messages, live: what this process changes at once, what another changes within a second. */
import type { Message, MessageStore } from '../../store/messages.ts';

const POLL_MS = 1_000;
const BATCH = 50;
/** After so many looks without a change the feed says that it lives, so that a dead connection is noticed. */
const SILENT_POLLS = 15;

export interface Feed {
  /** Looks for changes now. */
  nudge(): void;
  /** Changes after a revision, in batches, until the signal; an empty batch only says that it lives. */
  changes(since: number, signal: AbortSignal): AsyncGenerator<Message[]>;
}

export function createFeed(messages: MessageStore): Feed {
  const sleepers = new Set<() => void>();
  let nudges = 0;

  function sleep(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MS);
      sleepers.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  return {
    nudge() {
      nudges += 1;
      for (const wake of [...sleepers]) wake();
    },

    async *changes(since, signal) {
      let last = since;
      let silent = 0;
      while (!signal.aborted) {
        const before = nudges;
        const batch = await messages.changes(last, BATCH);
        last = batch.at(-1)?.revision ?? last;
        silent = batch.length ? 0 : silent + 1;
        if (batch.length || silent % SILENT_POLLS === 0) yield batch;
        const isCaughtUp = batch.length < BATCH && before === nudges;
        if (isCaughtUp) await sleep(signal);
      }
    },
  };
}
