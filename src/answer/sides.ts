/** The two things a question compares, so that both are quoted. */
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';

/** Terms of each side that the other has not. */
export type Sides = readonly [first: ReadonlySet<string>, second: ReadonlySet<string>];

/** "Is A better than B", "A vs B", "differences between A and B", "A compared with B", "A or B". */
const dividers =
  /\b(?:than|versus|vs\.?|compared? (?:to|with|against)|differs? from|outperforms?|over|instead of|rather than|against|or)\b/i;
const between = /\bbetween\s+(.+?)\s+and\s+(.+)/i;

/** Undefined when the question names no two things that can be told apart. */
export function sidesOf(question: string): Sides | undefined {
  const [, left, right] = between.exec(question) ?? [];
  const at = question.search(dividers);
  const parts =
    left && right
      ? [left, right]
      : at < 0
        ? undefined
        : [question.slice(0, at), question.slice(at).replace(dividers, '')];
  if (!parts) return undefined;
  const [first = new Set<string>(), second = new Set<string>()] = parts.map(termsOf);
  const sides = [first.difference(second), second.difference(first)] as const;
  return sides.every(({ size }) => size > 0) ? sides : undefined;
}

function termsOf(text: string): Set<string> {
  const terms = readings(text).apart.map(({ term }) => term);
  return new Set(terms.filter((term) => !isStopWord(term) && !comparing.has(term)));
}

/** What the comparison is by, not what is compared. */
const comparing: ReadonlySet<string> = new Set(
  readings(
    'better worse faster slower larger smaller higher lower cheaper safer stronger weaker differ difference compare comparison outperform perform work good best',
  ).apart.map(({ term }) => term),
);
