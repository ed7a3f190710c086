/** What of a query can be looked up, and what is left of it when not all of it can be had. */
import { isStopWord } from '../text/stopwords.ts';
import { tokens } from '../text/tokens.ts';
import type { Condition, Query, Sort } from './ast.ts';

/** The words and phrases that papers should have, in order, as typed; not the excluded ones. */
export function wantedWords(
  condition: Condition | undefined,
  kinds: readonly ('word' | 'phrase')[] = ['word', 'phrase'],
): string[] {
  switch (condition?.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap((each) => wantedWords(each, kinds));
    case 'word':
    case 'phrase':
      return kinds.includes(condition.kind) ? [condition.text] : [];
    case 'topic':
      return wantedWords(condition.means, kinds);
    default:
      return [];
  }
}

/** How its papers are ordered: as it says, else by relevance, or newest first where there are no words to be relevant to. */
export function orderOf({ where, sort }: Query): Sort {
  if (sort && sort !== 'relevance') return sort;
  return wantedWords(where).length ? 'relevance' : 'new';
}

/** The terms of words and phrases, for ranking and for bold. */
export function termsOf(texts: readonly string[]): string[] {
  const terms = texts.flatMap((text) => tokens(text).map(({ term }) => term));
  return [...new Set(terms.filter((term) => !isStopWord(term)))];
}

/**
 * The condition without its bare words: phrases, fields and what is excluded stay required. Undefined
 * when nothing is left to require.
 */
export function withoutWords(condition: Condition): Condition | undefined {
  switch (condition.kind) {
    case 'word':
      return undefined;
    case 'all': {
      const of = condition.of.map(withoutWords).filter((each) => each !== undefined);
      return of.length > 1 ? { kind: 'all', of } : of[0];
    }
    case 'any': {
      const of = condition.of.map(withoutWords);
      // One way without requirements opens them all.
      const required = of.filter((each) => each !== undefined);
      return required.length === of.length ? { kind: 'any', of: required } : undefined;
    }
    default:
      return condition;
  }
}

/** The condition without what it keeps out; undefined when nothing is left to ask for. */
export function withoutExclusions(condition: Condition | undefined): Condition | undefined {
  switch (condition?.kind) {
    case 'not':
      return undefined;
    case 'all': {
      const of = condition.of.map(withoutExclusions).filter((each) => each !== undefined);
      return of.length > 1 ? { kind: 'all', of } : of[0];
    }
    case 'any': {
      const of = condition.of.map(withoutExclusions);
      const asked = of.filter((each) => each !== undefined);
      return asked.length === of.length ? { kind: 'any', of: asked } : undefined;
    }
    default:
      return condition;
  }
}

/** The condition with its words replaced, those of phrases too, excluded ones left alone. */
export function replaceWords(condition: Condition, replace: (word: string) => string): Condition {
  switch (condition.kind) {
    case 'word':
      return { kind: 'word', text: replace(condition.text) };
    case 'phrase':
      return { kind: 'phrase', text: condition.text.split(' ').map(replace).join(' ') };
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map((each) => replaceWords(each, replace)) };
    default:
      return condition;
  }
}

/** The condition with its phrases as bare words, excluded ones left alone. */
export function loosened(condition: Condition): Condition {
  switch (condition.kind) {
    case 'phrase':
      return { kind: 'word', text: condition.text };
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map(loosened) };
    default:
      return condition;
  }
}

/** Whether a condition of that kind stands anywhere in it. */
export function mentions(condition: Condition | undefined, kind: Condition['kind']): boolean {
  if (condition?.kind === kind) return true;
  switch (condition?.kind) {
    case 'all':
    case 'any':
      return condition.of.some((each) => mentions(each, kind));
    case 'not':
      return mentions(condition.that, kind);
    case 'topic':
      return mentions(condition.means, kind);
    default:
      return false;
  }
}
