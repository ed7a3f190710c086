/** Messages that change while their reply is being made: the newest state goes out at the platform's pace. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Live } from '../command/live.ts';
import type { Log } from '../log.ts';
import type { Reply } from '../reply/reply.ts';
import { PostError } from './platform.ts';

/** A reply that is there sooner than this, in milliseconds, is shown alone. */
const QUICK_MS = 700;

/**
 * Shows a state in the message of this id, or in a new one; gives the id, `gone` when somebody deleted
 * the message, `once` when it was shown where nothing can be changed later. Throws what goes wrong.
 */
export type Put = (reply: Reply, message: string | undefined) => Promise<string | 'gone' | 'once'>;

export interface Draft {
  live: Live;
  /** From now on states can be shown. */
  begin(put: Put): void;
  /** No state is shown after this; gives the id of the message that shows one, or that it was deleted. */
  end(): Promise<{ message: string | undefined; isGone: boolean }>;
}

/** All drafts of one platform. */
export interface Drafts {
  open(): Draft;
  /** Somebody deleted this message. */
  deleted(message: string): void;
  /** Lets every command that is under way come to its end. */
  stop(): void;
}

/** `everyMs` is the time from one edit of a message to the next, in milliseconds. */
export function createDrafts({ everyMs, log }: { everyMs: number; log: Log }): Drafts {
  const all = new Set<{ message: string | undefined; vanish(): void; stop(): void }>();
  /** Deleted while a draft is open: perhaps its message, before the platform has told the bot of its id. */
  const deleted = new Set<string>();

  return {
    open() {
      const stopping = new AbortController();
      const ended = new AbortController();
      let newest: Reply | undefined;
      let put: Put | undefined;
      let showing: Promise<void> | undefined;
      let isGone = false;
      let isFixed = false;
      let notBefore = performance.now() + QUICK_MS;
      const isOver = () => isGone || isFixed || ended.signal.aborted;
      const draft = {
        message: undefined as string | undefined,
        vanish() {
          isGone = true;
          stopping.abort();
        },
        stop: () => stopping.abort(),
      };
      all.add(draft);

      /** Shows the newest state, and whatever became the newest meanwhile. */
      async function showAll(show: Put): Promise<void> {
        while (newest && !isOver()) {
          const pause = Math.max(0, notBefore - performance.now());
          // The end cuts it short: what is to be shown is there.
          await sleep(pause, undefined, { signal: ended.signal }).catch(() => {});
          if (isOver()) return;
          const state = newest;
          newest = undefined;
          await showOne(show, state);
        }
        showing = undefined;
      }

      async function showOne(show: Put, state: Reply): Promise<void> {
        let wait = everyMs;
        try {
          const shown = await show(state, draft.message);
          if (shown === 'gone') draft.vanish();
          else if (shown === 'once') isFixed = true;
          else draft.message = shown;
          if (deleted.has(shown)) draft.vanish();
        } catch (error) {
          if (error instanceof PostError) wait = Math.max(wait, error.retryAfterMs ?? 0);
          log.debug({ reason: String(error) }, 'a state of a reply was not shown');
        }
        notBefore = performance.now() + wait;
      }

      function look(): void {
        if (put && newest && !isOver()) showing ??= showAll(put);
      }

      return {
        live: {
          signal: stopping.signal,
          progress(reply) {
            newest = reply;
            look();
          },
        },
        begin(show) {
          put = show;
          look();
        },
        async end() {
          ended.abort();
          await showing;
          all.delete(draft);
          if (!all.size) deleted.clear();
          return { message: draft.message, isGone };
        },
      };
    },
    deleted(message) {
      if (all.size) deleted.add(message);
      for (const draft of all) if (draft.message === message) draft.vanish();
    },
    stop() {
      for (const draft of all) draft.stop();
    },
  };
}
