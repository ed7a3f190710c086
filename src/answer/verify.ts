/**
 * What may be shown of a model's words: sentences that cite passages they were given, whose quotations stand
 * in these word for word, and that state nothing else. What fails is dropped. Pure.
 */
import type { Written } from '../model/answer.ts';
import { type Cited, citedSentences } from './cited.ts';
import { isGrounded } from './claims.ts';
import { quotesFrom } from './quote.ts';

/** An answer is read at a glance. */
const SENTENCES_MAX = 6;

/** What the model was given. */
export interface Given {
  question: string;
  passages: readonly { number: number; title: string; text: string }[];
}

/**
 * The sentences of `raw` that hold, in order. Until the model has said all, its last sentence is not believed
 * to be complete.
 */
export function verified(raw: string, given: Given, { isWhole }: { isWhole: boolean }): Written[] {
  const all = citedSentences(raw);
  const complete = isWhole ? all : all.slice(0, -1);
  const seen = new Set<string>();
  return complete
    .filter((cited) => holds(cited, given) && !seen.has(cited.text) && seen.add(cited.text))
    .slice(0, SENTENCES_MAX)
    .map(({ text, cites }) => ({ text, cites }));
}

function holds({ text, cites, quotes, prose, isBalanced }: Cited, given: Given): boolean {
  if (!cites.length || !isBalanced || !isEnded.test(text)) return false;
  const passages = given.passages.filter(({ number }) => cites.includes(number));
  if (passages.length < cites.length) return false;
  const cited = passages.map((passage) => passage.text);
  if (!quotes.every((quote) => cited.some((passage) => quotesFrom(quote, passage)))) return false;
  const context = [given.question, ...passages.map(({ title }) => title)];
  return isGrounded(prose, { cited, quotes, context });
}

/** A sentence that a limit cut off does not end so. */
const isEnded = /(?:[.!?…]["”»’')\]]*|\])$/u;
