/** A query in words for a person, with what binds how in parentheses. */
import { assertNever } from '../errors.ts';
import type { Compare, Condition, Fact, Query, Sort } from './ast.ts';

/**
 * What a query looks for, to stand after "papers": `with “model merging” as a phrase, or (with “evolutionary” and in
 * cs.CL and not with “survey”), newest first`.
 */
export function explainQuery({ where, sort }: Query): string {
  const conditions = where ? explained(where) : 'of any kind';
  return sort ? `${conditions}, ${orders[sort]}` : conditions;
}

const orders: Readonly<Record<Sort, string>> = {
  relevance: 'best match first',
  new: 'newest first',
  top: 'most upvoted first',
};

const comparisons: Readonly<Record<Compare, string>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'fewer than',
  '<=': 'at most',
};

/** One condition as a phrase: `with “survey”`. */
export function explained(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.map(grouped).join(' and ');
    case 'any':
      return condition.of.map(grouped).join(', or ');
    case 'not':
      return `not ${grouped(condition.that)}`;
    case 'word':
      return `with “${condition.text}”`;
    case 'phrase':
      return `with “${condition.text}” as a phrase`;
    case 'paper':
      return `that are ${condition.id}`;
    case 'author':
      return `by ${condition.name}`;
    case 'category':
      return `in ${condition.pattern}`;
    case 'since':
      return `since ${spelled(condition.period)}`;
    case 'until':
      return `until ${spelled(condition.period)}`;
    case 'upvotes':
      return `with ${comparisons[condition.compare]} ${condition.count} upvote${condition.count === 1 ? '' : 's'}`;
    case 'has':
      return `with ${factWords[condition.fact]}`;
    case 'source':
      return `from ${condition.pattern}`;
    case 'topic':
      return `of the topic ${condition.name}`;
    case 'seen':
      return 'shown here before';
    case 'saved':
      return 'saved by you';
    default:
      return assertNever(condition);
  }
}

const factWords: Readonly<Record<Fact, string>> = {
  code: 'a link to code',
  project: 'a project page',
  summary: 'a summary',
  abstract: 'an abstract',
};

const grouped = (condition: Condition) =>
  condition.kind === 'all' || condition.kind === 'any'
    ? `(${explained(condition)})`
    : explained(condition);

const units: Readonly<Record<string, string>> = { d: 'day', w: 'week', m: 'month', y: 'year' };

function spelled(period: string): string {
  const [, count, unit = ''] = /^(\d+)([dwmy])$/.exec(period) ?? [];
  if (count) return `${count} ${units[unit]}${count === '1' ? '' : 's'} ago`;
  return period.replace('-', /^last/.test(period) ? ' ' : '-');
}
