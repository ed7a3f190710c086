/** The port of whatever writes an answer in prose from quotes: a language model, where one is configured. */
import type { Quote, Written } from '../model/answer.ts';

export interface Writer {
  /**
   * Prose made of the quotes, which are numbered from 1 in their order; empty when it could not be written
   * or nothing of it holds. Never throws, and ends soon after the signal.
   */
  write(
    question: string,
    quotes: readonly Quote[],
    options: {
      signal?: AbortSignal | undefined;
      onProse?: ((soFar: readonly Written[]) => void) | undefined;
    },
  ): Promise<readonly Written[]>;
}
