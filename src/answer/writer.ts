/** The port of whatever writes an answer in prose from quotes: a language model, where one is configured. */
import type { Prose, Quote } from '../model/answer.ts';

export interface Writing {
  /** Whose daily budget it is. */
  workspace: string;
  signal?: AbortSignal | undefined;
  /** Told of the sentences there are, each time there is one more. */
  onProse?: ((soFar: Prose['sentences']) => void) | undefined;
}

export interface Writer {
  /**
   * Prose made of the quotes, which are numbered from 1 in their order. Never throws, and ends soon after the
   * signal, with what there is.
   */
  write(question: string, quotes: readonly Quote[], writing: Writing): Promise<Prose>;
}
