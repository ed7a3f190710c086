/**
 * Orama's own filters, over our columns: `{ day: { between: [20000, 20365] }, labels: { containsAny: ['category:cs.CL'] } }`,
 * `and`, `or`, `not`. https://docs.orama.com/docs/orama-js/search/filters
 */
import { KeySet } from './key-set.ts';
import type { PaperIndex } from './paper-index.ts';
import { NO_DAY, NO_UPVOTES, type Segment } from './segment.ts';

type Test = (paper: number) => boolean;

export function keysWhere(index: PaperIndex, filters: object): KeySet {
  const keys = new KeySet(index.largestKey);
  for (const { segment, gone } of index.shelves) {
    const test = testOf(filters, segment);
    for (const [paper, key] of segment.keys.entries()) {
      if (!gone.has(paper) && test(paper)) keys.add(key);
    }
  }
  return keys;
}

function testOf(filters: object, segment: Segment): Test {
  const tests = Object.entries(filters).map(([name, value]): Test => {
    const branches = () => [value].flat().map((branch) => testOf(Object(branch), segment));
    switch (name) {
      case 'and': {
        const all = branches();
        return (paper) => all.every((test) => test(paper));
      }
      case 'or': {
        const any = branches();
        return (paper) => any.some((test) => test(paper));
      }
      case 'not': {
        const test = testOf(Object(value), segment);
        return (paper) => !test(paper);
      }
      case 'day':
        return onNumber(segment.days, NO_DAY, Object(value));
      case 'upvotes':
        return onNumber(segment.upvotes, NO_UPVOTES, Object(value));
      case 'labels':
        return onLabels(segment, Object(value));
      default:
        throw new Error(`Papers have no ${name} to filter by; they have day, upvotes, labels`);
    }
  });
  return (paper) => tests.every((test) => test(paper));
}

function onNumber(column: Int32Array, none: number, operations: object): Test {
  const tests = Object.entries(operations).map(([name, given]) => comparison(name, given));
  return (paper) => {
    const value = column[paper] ?? none;
    return value !== none && tests.every((test) => test(value));
  };
}

function comparison(name: string, given: unknown): (value: number) => boolean {
  if (name === 'between' && Array.isArray(given)) {
    const [from, to] = given.map(Number);
    return (value) => value >= (from ?? 0) && value <= (to ?? 0);
  }
  const bound = Number(given);
  switch (name) {
    case 'gt':
      return (value) => value > bound;
    case 'gte':
      return (value) => value >= bound;
    case 'lt':
      return (value) => value < bound;
    case 'lte':
      return (value) => value <= bound;
    case 'eq':
      return (value) => value === bound;
    default:
      throw new Error(`Numbers are not filtered by ${name}`);
  }
}

function onLabels(segment: Segment, operations: object): Test {
  const { labels, labelEnds, labelNames } = segment;
  const of = (paper: number) => labels.subarray(labelEnds[paper - 1] ?? 0, labelEnds[paper]);
  const tests = Object.entries(operations).map(([name, given]): Test => {
    const wanted = [given].flat().map((each) => labelNames.indexOf(String(each)));
    if (name === 'containsAll') return (paper) => wanted.every((each) => of(paper).includes(each));
    if (name === 'containsAny') return (paper) => wanted.some((each) => of(paper).includes(each));
    throw new Error(`Labels are not filtered by ${name}`);
  });
  return (paper) => tests.every((test) => test(paper));
}
