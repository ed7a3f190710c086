/** Prose from a language model: within a budget and a time, verified sentence by sentence as it comes. */
import { randomBytes } from 'node:crypto';
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import type { Log } from '../../log.ts';
import type { Prose, Written } from '../../model/answer.ts';
import { isInstruction } from '../instructions.ts';
import { verified } from '../verify.ts';
import type { Writer } from '../writer.ts';
import type { Chat } from './chat.ts';
import { promptOf } from './prompt.ts';

/** How many answers may still be written. */
export interface Budget {
  /** Takes one of the workspace's answers of today; false when none is left. */
  take(workspace: string): Promise<boolean>;
}

/** After this long, in milliseconds, the answer is what there is: a person waits 90 s at most. */
const WRITE_MS = 85_000;
/** Characters after which a model that goes on says nothing that would be shown. */
const RAW_MAX = 4_000;
/** After so many failures in a row the model is left alone for a while, in milliseconds. */
const FAILURES_MAX = 3;
const PAUSE_MS = 60_000;

export interface WriterHouse {
  chat: Chat;
  budget: Budget;
  log: Log;
  /** Milliseconds to write in; default 85,000. */
  writeMs?: number;
}

export function createWriter({ chat, budget, log, writeMs = WRITE_MS }: WriterHouse): Writer {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: PAUSE_MS,
    breaker: new ConsecutiveBreaker(FAILURES_MAX),
  });

  return {
    async write(question, quotes, { workspace, signal, onProse }) {
      const passages = quotes
        .map(({ paper: { title }, text }, at) => ({ number: at + 1, title, text }))
        .filter(({ title, text }) => !isInstruction(`${title}\n${text}`));
      const given = { question, passages };
      let sentences: readonly Written[] = [];

      /** Reads the model to its end, or as far as time and room go; throws when it fails. */
      async function read(): Promise<Prose> {
        if (!passages.length) return { sentences, missing: 'unsupported' };
        if (!(await budget.take(workspace))) return { sentences, missing: 'spent' };
        const late = AbortSignal.timeout(writeMs);
        const stop = new AbortController();
        const ends = AbortSignal.any([late, stop.signal, ...(signal ? [signal] : [])]);
        let raw = '';
        for await (const words of chat(promptOf(given, randomBytes(6).toString('hex')), ends)) {
          raw += words;
          if (raw.length > RAW_MAX) stop.abort();
          // A sentence shows that it is over when the next one begins.
          if (!/[.!?\]\n]/.test(raw.slice(-words.length - 2))) continue;
          const grown = verified(raw, given, { isWhole: false });
          if (grown.length <= sentences.length) continue;
          sentences = grown;
          onProse?.(sentences);
        }
        sentences = verified(raw, given, { isWhole: !ends.aborted });
        if (late.aborted && !sentences.length) throw new Error('the model was too slow');
        return sentences.length ? { sentences } : { sentences, missing: 'unsupported' };
      }

      try {
        return await breaker.execute(read);
      } catch (error) {
        const isResting = error instanceof BrokenCircuitError;
        if (!isResting) log.warn({ reason: String(error) }, 'the language model failed');
        return sentences.length ? { sentences } : { sentences, missing: 'away' };
      }
    },
  };
}
