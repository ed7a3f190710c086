/** The two things a question compares, so that both are quoted. */
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';
import { comparing, type Question } from './question.ts';

/** Terms of each side that the other has not. */
export type Sides = readonly [first: ReadonlySet<string>, second: ReadonlySet<string>];

/** "Is A better than B", "A vs B", "A compared with B", "A or B". */
const dividers =
  /\b(?:than|versus|vs\.?|compared? (?:to|with|against)|differs? from|outperforms?|instead of|rather than|against|or)\b/i;
const between = /\bbetween\s+(.+?)\s+and\s+(.+)/i;

/** Undefined when the question names no two things that can be told apart. */
export function sidesOf(question: string): Sides | undefined {
  const [left, right] = halvesOf(question) ?? [];
  if (!left || !right) return undefined;
  const first = phraseIn(termsOf(left).reverse());
  const second = phraseIn(termsOf(right));
  const sides = [first.difference(second), second.difference(first)] as const;
  return sides.every(({ size }) => size > 0) ? sides : undefined;
}

/** The question as it would be asked of each side alone. */
export function aboutEach(question: Question, [first, second]: Sides): [Question, Question] {
  const without = (side: ReadonlySet<string>): Question => ({
    ...question,
    terms: question.terms.filter(({ term }) => !side.has(term)),
  });
  return [without(second), without(first)];
}

/** What stands before the divider, and after it. */
function halvesOf(question: string): [string, string] | undefined {
  const [, left, right] = between.exec(question) ?? [];
  if (left && right) return [left, right];
  const divider = dividers.exec(question);
  if (!divider) return undefined;
  return [question.slice(0, divider.index), question.slice(divider.index + divider[0].length)];
}

/** The words nearest the divider up to the next one that no name has: "B" of "B on long documents". */
function phraseIn(terms: readonly string[]): Set<string> {
  const isName = (term: string) => !isStopWord(term) && !comparing.has(term);
  const start = terms.findIndex(isName);
  if (start < 0) return new Set();
  const end = terms.findIndex((term, at) => at > start && !isName(term));
  return new Set(terms.slice(start, end < 0 ? undefined : end));
}

function termsOf(text: string): string[] {
  return readings(text).apart.map(({ term }) => term);
}
