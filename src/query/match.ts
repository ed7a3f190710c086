/** Whether a query holds for one paper: new papers against topics, and the truth behind every search. */
import { assertNever } from '../errors.ts';
import type { Paper } from '../model/paper.ts';
import type { Condition, Query } from './ast.ts';
import { dayOf, periodOf } from './period.ts';
import { proseOf, spellings } from './prose.ts';

type Test = (paper: Paper) => boolean;

/** Whether the whole query holds for the paper; `now` is what `30d` counts from. */
export function matches(query: Query, paper: Paper, { now }: { now: Date }): boolean {
  return matcher(query, { now })(paper);
}

/** The last test made of each query, good for the same moment. */
const made = new WeakMap<Query, { now: number; test: Test }>();

/** The same for many papers, the query prepared once. */
function matcher(query: Query, { now }: { now: Date }): Test {
  const known = made.get(query);
  if (known?.now === now.getTime()) return known.test;
  const test: Test = query.where ? testOf(query.where, now) : () => true;
  made.set(query, { now: now.getTime(), test });
  return test;
}

/** The test of a condition on its own. */
export function testOf(condition: Condition, now: Date): Test {
  switch (condition.kind) {
    case 'all': {
      const tests = condition.of.map((each) => testOf(each, now));
      return (paper) => tests.every((test) => test(paper));
    }
    case 'any': {
      const tests = condition.of.map((each) => testOf(each, now));
      return (paper) => tests.some((test) => test(paper));
    }
    case 'not': {
      const test = testOf(condition.that, now);
      return (paper) => !test(paper);
    }
    case 'word':
    case 'phrase': {
      const ways = spellings(condition.text, ({ term }) => term);
      return (paper) => {
        const { text } = proseOf(paper);
        return ways.some((way) => text.includes(way));
      };
    }
    case 'paper':
      return (paper) => paper.id === condition.id;
    case 'author':
      return authorTest(condition.name);
    case 'category': {
      const fits = categoryTest(condition.pattern);
      return (paper) => paper.categories.some(fits);
    }
    case 'since': {
      const { first = '' } = periodOf(condition.period, now) ?? {};
      return (paper) => paper.published !== undefined && dayOf(paper.published) >= first;
    }
    case 'until': {
      const { last = '' } = periodOf(condition.period, now) ?? {};
      return (paper) => paper.published !== undefined && dayOf(paper.published) <= last;
    }
    case 'upvotes':
      return ({ upvotes }) => upvotes !== undefined && compares(upvotes, condition);
    default:
      return assertNever(condition);
  }
}

/** Whether so many upvotes are as many as asked for. */
export function compares(
  upvotes: number,
  { compare, count }: Condition & { kind: 'upvotes' },
): boolean {
  switch (compare) {
    case '>':
      return upvotes > count;
    case '>=':
      return upvotes >= count;
    case '<':
      return upvotes < count;
    case '<=':
      return upvotes <= count;
    default:
      return assertNever(compare);
  }
}

/**
 * All parts of the name in one author's, in any order; beside one whole part, an initial stands for a
 * part and a part for an initial: `geoffrey hinton`, `hinton`, `G. Hinton` find one another.
 */
function authorTest(name: string): Test {
  const ways = spellings(name, ({ word }) => word).map((way) => way.trim().split(' '));
  const isOf = (author: string) => (part: string) => author.includes(` ${part} `);
  return (paper) =>
    proseOf(paper)
      .names.split('|')
      .some((author) =>
        ways.some((parts) => {
          const has = isOf(author);
          const whole = parts.filter((part) => part.length > 1 && has(part));
          const abbreviated = (part: string) =>
            has(part.charAt(0)) || (part.length === 1 && author.includes(` ${part}`));
          return whole.length > 0 && parts.every((part) => has(part) || abbreviated(part));
        }),
      );
}

/** Whatever the case; `*` stands for anything, and an archive's name alone for all of it. */
export function categoryTest(pattern: string): (category: string) => boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  return (given) => {
    const category = given.toLowerCase();
    if (!rest.length) return category === head || category.startsWith(`${head}.`);
    if (!category.startsWith(head)) return false;
    let at = head.length;
    for (const [i, piece] of rest.entries()) {
      const isLast = i === rest.length - 1;
      const found = isLast ? category.length - piece.length : category.indexOf(piece, at);
      if (found < at || !category.startsWith(piece, found)) return false;
      at = found + piece.length;
    }
    return true;
  };
}
