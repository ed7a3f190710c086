/** Which papers of a shelf satisfy a condition of a query: exactly those `query/match.ts` says. */
import { assertNever } from '../../errors.ts';
import type { PaperId } from '../../model/paper.ts';
import type { Condition } from '../../query/ast.ts';
import { matchAuthor } from './match-author.ts';
import { anyOf, matchCategory, matchDays, matchKey, matchUpvotes } from './match-column.ts';
import { matchText } from './match-text.ts';
import type { Shelf } from './shelf.ts';

/** Sorted numbers of papers. Lists given to a matcher become its own to change. */
export type Papers = Uint32Array<ArrayBuffer>;

/** May name papers that are gone. */
export interface Matcher {
  /** At least as many papers as there are. */
  most: number;
  list(): Papers;
  /** Those of a list that satisfy it. */
  keep(papers: Papers): Papers;
}

export interface Surroundings {
  /** What `30d` counts from. */
  now: Date;
  keyOf(id: PaperId): number | undefined;
}

export function matcherOf(condition: Condition, shelf: Shelf, about: Surroundings): Matcher {
  const size = shelf.segment.keys.length;
  switch (condition.kind) {
    case 'all':
      return allOf(condition.of.map((each) => matcherOf(each, shelf, about)));
    case 'any':
      return anyOf(
        condition.of.map((each) => matcherOf(each, shelf, about)),
        size,
      );
    case 'not':
      return not(matcherOf(condition.that, shelf, about), size);
    case 'word':
    case 'phrase':
      return matchText(condition.text, shelf);
    case 'paper':
      return matchKey(shelf, about.keyOf(condition.id));
    case 'author':
      return matchAuthor(condition.name, shelf);
    case 'category':
      return matchCategory(condition.pattern, shelf);
    case 'since':
    case 'until':
      return matchDays(condition, shelf, about.now);
    case 'upvotes':
      return matchUpvotes(condition, shelf);
    default:
      return assertNever(condition);
  }
}

/** Begins with the rarest, so that the others look at few papers. */
function allOf(matchers: readonly Matcher[]): Matcher {
  const [rarest, ...others] = matchers.toSorted((a, b) => a.most - b.most);
  const narrow = (papers: Papers) =>
    others.reduce((left, each) => (left.length ? each.keep(left) : left), papers);
  return {
    most: rarest?.most ?? 0,
    list: () => narrow(rarest?.list() ?? new Uint32Array()),
    keep: (papers) => narrow(rarest?.keep(papers) ?? papers),
  };
}

function not(that: Matcher, size: number): Matcher {
  const keep = (papers: Papers) => {
    const out = that.keep(papers.slice());
    let kept = 0;
    let at = 0;
    for (const paper of papers) {
      if (out[at] === paper) at += 1;
      else {
        papers[kept] = paper;
        kept += 1;
      }
    }
    return papers.subarray(0, kept);
  };
  return { most: size, list: () => keep(Uint32Array.from({ length: size }, (_, i) => i)), keep };
}
