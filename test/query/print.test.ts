import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { PaperId } from '../../src/model/paper.ts';
import { type Condition, facts, type Query } from '../../src/query/ast.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom('merging', 'GPT-4', 'C++', "don't", '模型', '3:1', 'O(n)')
    .map((text) => ({ kind: 'word' as const, text })),
  fc
    .constantFrom('model merging', 'all you need', 'a: b OR (c')
    .map((text) => ({ kind: 'phrase' as const, text })),
  fc
    .constantFrom('arxiv:2407.09435', 'doi:10.1000/x(1)')
    .map((id) => ({ kind: 'paper' as const, id: PaperId.parse(id) })),
  fc
    .constantFrom('hinton', 'geoffrey hinton', 'G. Hinton')
    .map((name) => ({ kind: 'author' as const, name })),
  fc
    .constantFrom('cs.CL', 'cs.*', 'molecular biology')
    .map((pattern) => ({ kind: 'category' as const, pattern })),
  fc.record({
    kind: fc.constantFrom('since' as const, 'until' as const),
    period: fc.constantFrom('2024', '2024-05', '30d', 'last-week'),
  }),
  fc.record({
    kind: fc.constant('upvotes' as const),
    compare: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
    count: fc.nat(999),
  }),
  fc.record({ kind: fc.constant('has' as const), fact: fc.constantFrom(...facts) }),
  fc.record({
    kind: fc.constant('source' as const),
    pattern: fc.constantFrom('arxiv', '*rxiv', 'feed:https://example.org/a?b=c'),
  }),
  fc.constant({
    kind: 'topic' as const,
    name: 'soups',
    means: { kind: 'phrase' as const, text: 'model soup' },
  }),
  fc.constantFrom({ kind: 'seen' as const }, { kind: 'saved' as const }),
);

const topics = new Map([['soups', '"model soup"']]);

/** Nested as `ast.ts` says: nothing in its own kind. */
const { condition } = fc.letrec<{
  condition: Condition;
  all: Condition;
  any: Condition;
  not: Condition;
}>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf,
    tie('all'),
    tie('any'),
    tie('not'),
  ),
  all: fc
    .array(fc.oneof(leaf, tie('any'), tie('not')), { minLength: 2, maxLength: 3 })
    .map((of) => ({ kind: 'all', of })),
  any: fc
    .array(fc.oneof(leaf, tie('all'), tie('not')), { minLength: 2, maxLength: 3 })
    .map((of) => ({ kind: 'any', of })),
  not: fc.oneof(leaf, tie('all'), tie('any')).map((that) => ({ kind: 'not', that })),
}));

const query: fc.Arbitrary<Query> = fc.oneof(
  condition.map((where) => ({ where })),
  fc.record({
    where: condition,
    sort: fc.constantFrom('new' as const, 'top' as const, 'relevance' as const),
  }),
);

it('a printed query reads as the same query', () => {
  fc.assert(
    fc.property(query, (given) => {
      const text = printQuery(given);
      fc.pre(text.length <= 500);
      expect(parseQuery(text, topics)).toEqual(given);
    }),
    { numRuns: 500 },
  );
});

it('whatever can be read prints as what reads the same, and prints so again', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      '(',
      ')',
      '-',
      ' OR ',
      ' AND ',
      ' ',
      'author:',
      'merging',
      ':',
      '.',
      'f(',
      'the ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const read = tryParse(pieces.join(''));
      fc.pre(read !== undefined);
      const text = printQuery(read);
      expect(parseQuery(text)).toEqual(read);
      expect(printQuery(parseQuery(text))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

function tryParse(text: string): Query | undefined {
  try {
    return parseQuery(text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
