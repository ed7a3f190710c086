/** A question, read once: what it is about, how rare its words are, what it wants. */
import type { QuestionKind } from '../model/answer.ts';
import { isStopWord } from '../text/stopwords.ts';
import { readings, type Token, tokens } from '../text/tokens.ts';
import { asksWhether, kindOf } from './kinds.ts';

/** How rare words are in the catalogue. */
export interface Rarity {
  /** Papers in the catalogue. */
  papers: number;
  /** Papers that have a term (see `text/tokens`). */
  having(term: string): number;
}

export interface QuestionTerm {
  term: string;
  /** Inverse document frequency, at least a little above 0. */
  weight: number;
}

export interface Question {
  text: string;
  kind: QuestionKind;
  /** Whether yes or no would answer it; a comparison may ask so too. */
  asksWhether: boolean;
  /** Without stop words, each once, in order. */
  terms: readonly QuestionTerm[];
  /** Those of the terms that a question adds to what was asked before; none without that. */
  added: ReadonlySet<string>;
  /** Every word, stop words too. */
  tokens: readonly Token[];
  words: readonly string[];
}

/** Words that ask, and say nothing about the subject: rare ones too, in a small catalogue. */
const asking = termsOf(
  'paper papers study studies work works research article articles author authors literature people tell show list find give know known many much often explain describe define mean meaning definition effect effects evidence need improve help hurt good work use',
);
/** What a comparison is by, not what is compared. */
export const comparing = termsOf(
  'better worse faster slower larger smaller higher lower cheaper safer stronger weaker differ difference compare comparison outperform perform good best',
);

/** What was asked before counts less than what is asked. */
const BEFORE = 0.6;

/** `subject` is what the conversation is about: words of it are asked for too. */
export function readQuestion(text: string, rarity: Rarity, subject = ''): Question {
  const kind = kindOf(text);
  // A sentence has its compounds in both readings; the question needs one.
  const found = readings(text).apart;
  const terms = new Map<string, QuestionTerm>();
  const take = (tokens: readonly Token[], isClaim: boolean, share: number) => {
    for (const { term } of tokens) {
      if (isStopWord(term) || terms.has(term)) continue;
      if (!isClaim && asking.has(term)) continue;
      if (kind === 'comparison' && comparing.has(term)) continue;
      terms.set(term, { term, weight: share * weightOf(term, rarity) });
    }
  };
  take(found, kind === 'claim', 1);
  const before = readings(subject).apart;
  const known = new Set(before.map(({ term }) => term));
  const added = before.length ? [...terms.keys()].filter((term) => !known.has(term)) : [];
  take(before, false, BEFORE);
  return {
    text,
    kind,
    asksWhether: asksWhether(text),
    terms: [...terms.values()],
    added: new Set(added),
    tokens: found,
    words: found.map(({ word }) => word),
  };
}

function termsOf(words: string): ReadonlySet<string> {
  return new Set(tokens(words).map(({ term }) => term));
}

function weightOf(term: string, rarity: Rarity): number {
  const count = Math.min(rarity.having(term), rarity.papers);
  return Math.log(1 + (rarity.papers - count + 0.5) / (count + 0.5));
}
