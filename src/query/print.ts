/** A query as text again, in one canonical spelling: `parseQuery(printQuery(query))` is the same query. */
import { assertNever } from '../errors.ts';
import type { Condition, Query } from './ast.ts';

export function printQuery({ where, sort }: Query): string {
  const text = where ? printed(where) : '';
  if (!sort) return text;
  // Side by side binds tighter than OR, but sort: orders the whole wherever it stands.
  return text ? `${text} sort:${sort}` : `sort:${sort}`;
}

function printed(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.map((each) => grouped(each, each.kind === 'any')).join(' ');
    case 'any':
      return condition.of.map(printed).join(' OR ');
    case 'not': {
      const { that } = condition;
      return `-${grouped(that, that.kind === 'all' || that.kind === 'any')}`;
    }
    case 'word':
      return condition.text;
    case 'phrase':
      return `"${condition.text}"`;
    case 'paper':
      return condition.id;
    case 'author':
      return `author:${value(condition.name)}`;
    case 'category':
      return `category:${value(condition.pattern)}`;
    case 'since':
    case 'until':
      return `${condition.kind}:${condition.period}`;
    case 'upvotes':
      return `upvotes:${condition.compare}${condition.count}`;
    case 'has':
      return `has:${condition.fact}`;
    case 'source':
      return `source:${value(condition.pattern)}`;
    case 'topic':
      return `topic:${condition.name}`;
    case 'seen':
      return 'seen:here';
    case 'saved':
      return 'saved:me';
    default:
      return assertNever(condition);
  }
}

const grouped = (condition: Condition, isGroup: boolean) =>
  isGroup ? `(${printed(condition)})` : printed(condition);

const value = (text: string) => (/^[\p{L}\p{N}.*_'’-]+$/u.test(text) ? text : `"${text}"`);
