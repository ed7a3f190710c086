/** Whether a query holds for one paper: new papers against topics, and the truth behind every search. */
import { assertNever } from '../errors.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Condition, Fact, Query } from './ast.ts';
import { dayOf, periodOf } from './period.ts';
import { proseOf, spellings } from './prose.ts';
import { termsOf } from './terms.ts';

/** What a condition is held against beside the paper. */
export interface About {
  /** What `30d` counts from. */
  now: Date;
  /** Undefined where nobody asks from anywhere, as of a topic: nothing is seen or saved. */
  asker?: Asker | undefined;
}

/** What `here` was shown and `me` saved. */
export interface Asker {
  seen: Papers;
  saved: Papers;
}

/** As sets have them, and maps. */
export interface Papers {
  has(id: PaperId): boolean;
  keys(): Iterable<PaperId>;
}

export type Test = (paper: Paper) => boolean;

/** Whether the whole query holds for the paper. */
export function matches(query: Query, paper: Paper, about: About): boolean {
  return !query.where || testOf(query.where, about)(paper);
}

/** The test of a condition. */
export function testOf(condition: Condition, about: About): Test {
  switch (condition.kind) {
    case 'all': {
      const tests = condition.of.map((each) => testOf(each, about));
      return (paper) => tests.every((test) => test(paper));
    }
    case 'any': {
      const tests = condition.of.map((each) => testOf(each, about));
      return (paper) => tests.some((test) => test(paper));
    }
    case 'not': {
      const test = testOf(condition.that, about);
      return (paper) => !test(paper);
    }
    case 'topic':
      return testOf(condition.means, about);
    case 'word':
    case 'phrase':
      return textTest(condition.text);
    case 'paper':
      return (paper) => paper.id === condition.id;
    case 'author':
      return authorTest(condition.name);
    case 'category': {
      const fits = nameTest(condition.pattern, '.');
      return (paper) => paper.categories.some(fits);
    }
    case 'source': {
      const fits = nameTest(condition.pattern, ':');
      return ({ sources = [] }) => sources.some(fits);
    }
    case 'has':
      return (paper) => hasFact(paper, condition.fact);
    case 'since': {
      const { first = '' } = periodOf(condition.period, about.now) ?? {};
      return (paper) => paper.published !== undefined && dayOf(paper.published) >= first;
    }
    case 'until': {
      const { last = '' } = periodOf(condition.period, about.now) ?? {};
      return (paper) => paper.published !== undefined && dayOf(paper.published) <= last;
    }
    case 'upvotes':
      return ({ upvotes }) => upvotes !== undefined && compares(upvotes, condition);
    case 'seen':
      return ({ id }) => about.asker?.seen.has(id) ?? false;
    case 'saved':
      return ({ id }) => about.asker?.saved.has(id) ?? false;
    default:
      return assertNever(condition);
  }
}

/** Stop words alone, "how to", stand in every abstract: they are looked for in titles. */
function textTest(text: string): Test {
  const ways = spellings(text, ({ term }) => term);
  const isOfTitles = !termsOf([text]).length;
  return (paper) => {
    const { head, abstract } = proseOf(paper);
    return ways.some((way) => head.includes(way) || (!isOfTitles && abstract.includes(way)));
  };
}

/** Whether a source told of the paper what `has:` asks for. */
export function hasFact(paper: Paper, fact: Fact): boolean {
  switch (fact) {
    case 'code':
      return paper.code !== undefined;
    case 'project':
      return paper.project !== undefined;
    case 'summary':
      return paper.aiSummary !== undefined;
    case 'abstract':
      return paper.abstract.trim() !== '';
    default:
      return assertNever(fact);
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

/**
 * The names that fit a pattern, whatever the case; `*` stands for anything, and a name alone for all that go on
 * with the divider: `cs` for `cs.CL`, `feed` for `feed:https://example.org`.
 */
export function nameTest(pattern: string, divider: string): (name: string) => boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  return (given) => {
    const name = given.toLowerCase();
    if (!rest.length) return name === head || name.startsWith(`${head}${divider}`);
    if (!name.startsWith(head)) return false;
    let at = head.length;
    for (const [i, piece] of rest.entries()) {
      const isLast = i === rest.length - 1;
      const found = isLast ? name.length - piece.length : name.indexOf(piece, at);
      if (found < at || !name.startsWith(piece, found)) return false;
      at = found + piece.length;
    }
    return true;
  };
}
