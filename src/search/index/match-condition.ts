/** Which papers of a shelf satisfy a condition of a query: exactly those `query/match.ts` says. */
import { assertNever } from '../../errors.ts';
import type { Condition } from '../../query/ast.ts';
import type { Asker } from '../../query/match.ts';
import { matchAuthor } from './match-author.ts';
import { anyOf, matchDays, matchKey, matchKeys, matchLabel, matchUpvotes } from './match-column.ts';
import { matchText } from './match-text.ts';
import type { Matcher, Surroundings } from './matcher.ts';
import { difference, everyone, type Papers } from './paper-lists.ts';
import type { Shelf } from './shelf.ts';

export function matcherOf(condition: Condition, shelf: Shelf, about: Surroundings): Matcher {
  const size = shelf.segment.keys.length;
  switch (condition.kind) {
    case 'all':
      return allOf(condition.of.map((each) => matcherOf(each, shelf, about)));
    case 'any':
      return anyOf(condition.of.map((each) => matcherOf(each, shelf, about)));
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
      return matchLabel(shelf, 'category', condition.pattern, '.');
    case 'source':
      return matchLabel(shelf, 'source', condition.pattern, ':');
    case 'has':
      return matchLabel(shelf, 'has', condition.fact, ':');
    case 'topic':
      return matcherOf(condition.means, shelf, about);
    case 'seen':
    case 'saved':
      return matchKeys(shelf, keysOf(about.asker?.[condition.kind], about));
    case 'since':
    case 'until':
      return matchDays(condition, shelf, about.now);
    case 'upvotes':
      return matchUpvotes(condition, shelf);
    default:
      return assertNever(condition);
  }
}

function keysOf(papers: Asker['seen'] | undefined, { keyOf }: Surroundings): Set<number> {
  const keys = new Set<number>();
  for (const id of papers?.keys() ?? []) {
    const key = keyOf(id);
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

/** Reading a paper takes as long as looking at so many postings. */
const READING = 50;

/** Begins with what is least work, and reads only what is left at the end. */
function allOf(matchers: readonly Matcher[]): Matcher {
  const work = ({ most, isRead }: Matcher) => (isRead ? most * READING : most);
  const [first, ...others] = matchers.toSorted((a, b) => work(a) - work(b));
  const quickFirst = others.toSorted((a, b) => Number(a.isRead ?? 0) - Number(b.isRead ?? 0));
  const narrow = (papers: Papers) =>
    quickFirst.reduce((left, each) => (left.length ? each.keep(left) : left), papers);
  return {
    most: matchers.reduce((most, each) => Math.min(most, each.most), Infinity),
    isRead: matchers.some(({ isRead }) => isRead),
    list: () => narrow(first?.list() ?? new Uint32Array()),
    keep: (papers) => narrow(first?.keep(papers) ?? papers),
  };
}

function not(that: Matcher, size: number): Matcher {
  const keep = (papers: Papers) => {
    const isListed = !that.isRead && that.most < papers.length;
    return difference(papers, isListed ? that.list() : that.keep(papers.slice()));
  };
  return {
    most: size,
    isRead: that.isRead ?? false,
    list: () => keep(everyone(size)),
    keep,
  };
}
