import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Paper, type PaperId, paperIdOf } from '../../../src/model/paper.ts';
import { type Condition, facts } from '../../../src/query/ast.ts';
import { testOf } from '../../../src/query/match.ts';
import { createPercolator } from '../../../src/query/percolate.ts';
import { entryOf } from '../../../src/search/index/entry.ts';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { papersFor } from '../../../src/search/index/rank.ts';
import { atOnce } from '../../../src/sliced.ts';
import { isStopWord } from '../../../src/text/stopwords.ts';

const now = new Date('2025-03-14T09:00:00Z');
const ids: PaperId[] = Array.from({ length: 40 }, (_, i) =>
  paperIdOf({ arxiv: `2401.${10_000 + i}`, title: '' }),
);
const keyOf = (id: PaperId) => ids.indexOf(id) + 1 || undefined;

const words =
  `few-shot fewshot few shot learning learn GPT-4 gpt4 merging the of to state-of-the-art C++ C
  naïve Schrödinger 模型合并 model`.split(/\s+/);
const names = [
  'Geoffrey Hinton',
  'G. Hinton',
  'Wei-Lin Li',
  'Li Wei',
  'Ada',
  'J. Williams',
  '李 飞',
];
const word = fc.constantFrom(...words);
const hasSubject = (said: string) => said.split(' ').some((each) => each && !isStopWord(each));
const text = (maxLength: number) => fc.array(word, { maxLength }).map((all) => all.join(' '));

const paper: fc.Arbitrary<Paper> = fc.record(
  {
    id: fc.constantFrom(...ids),
    title: text(5),
    abstract: text(15),
    authors: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
    categories: fc.array(fc.constantFrom('cs.CL', 'cs.LG', 'stat.ML', 'q-bio'), { maxLength: 2 }),
    published: fc.constantFrom(
      '2024',
      '2024-05',
      '2024-05-17',
      '2025-03-13T23:30:00Z',
      '2025-02-20',
    ),
    upvotes: fc.nat({ max: 4 }),
    code: fc.constant('https://example.org/code'),
    aiSummary: fc.constant('Merged.'),
    sources: fc.subarray(['arxiv', 'feed:https://example.org', 'huggingface']),
  },
  { requiredKeys: ['id', 'title', 'abstract', 'authors', 'categories'] },
);

const one: fc.Arbitrary<Condition> = fc.oneof(
  word.filter(hasSubject).map((said) => ({ kind: 'word' as const, text: said })),
  text(3)
    .filter((said) => said.trim() !== '')
    .map((said) => ({ kind: 'phrase' as const, text: said })),
  fc
    .constantFrom(
      'hinton',
      'geoffrey hinton',
      'g hinton',
      'li',
      'wei li',
      'weilin',
      'w',
      'ada',
      'william',
    )
    .map((name) => ({ kind: 'author' as const, name })),
  fc
    .constantFrom('cs.CL', 'cs', 'cs.*', '*', 'stat.*L')
    .map((pattern) => ({ kind: 'category' as const, pattern })),
  fc
    .tuple(
      fc.constantFrom('since' as const, 'until' as const),
      fc.constantFrom('2024', '2024-05', '2024-05-17', '30d', 'last-week', 'yesterday'),
    )
    .map(([kind, period]) => ({ kind, period })),
  fc
    .tuple(
      fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
      fc.nat({ max: 4 }),
    )
    .map(([compare, count]) => ({ kind: 'upvotes' as const, compare, count })),
  fc.constantFrom(...ids).map((id) => ({ kind: 'paper' as const, id })),
  fc.constantFrom(...facts).map((fact) => ({ kind: 'has' as const, fact })),
  fc
    .constantFrom('arxiv', 'feed', '*', 'hugging*', 'cs.CL')
    .map((pattern) => ({ kind: 'source' as const, pattern })),
  fc.constantFrom({ kind: 'seen' as const }, { kind: 'saved' as const }),
);

const asker = { seen: new Set(ids.slice(0, 15)), saved: new Set(ids.slice(10, 20)) };
const about = { now, keyOf, asker };

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    one,
    fc
      .array(tie('condition'), { minLength: 2, maxLength: 3 })
      .map((of) => ({ kind: 'all' as const, of })),
    fc
      .array(tie('condition'), { minLength: 2, maxLength: 3 })
      .map((of) => ({ kind: 'any' as const, of })),
    tie('condition').map((that) => ({ kind: 'not' as const, that })),
    tie('condition').map((means) => ({ kind: 'topic' as const, name: 'soups', means })),
  ),
}));

test('index and percolation find exactly the papers for which a condition holds, after any changes', () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(fc.array(paper, { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.constantFrom(...ids), { maxLength: 5 }),
      fc.array(condition, { minLength: 1, maxLength: 6 }),
      (batches, gone, conditions) => {
        const index = new PaperIndex();
        const truth = new Map<PaperId, Paper>();
        for (const batch of batches) {
          index.put(batch.map((each) => entryOf(each, keyOf(each.id) ?? 0)));
          for (const each of batch) truth.set(each.id, each);
        }
        index.remove(gone.flatMap((id) => keyOf(id) ?? []));
        for (const id of gone) truth.delete(id);
        for (const each of conditions) {
          const held = index.shelves.flatMap((shelf) =>
            Array.from(papersFor(each, shelf, about), (n) => shelf.segment.keys[n] ?? 0),
          );
          const right = [...truth.values()]
            .filter(testOf(each, about))
            .map(({ id }) => keyOf(id) ?? 0);
          expect(held.sort((a, b) => a - b)).toEqual(right.sort((a, b) => a - b));
          const percolator = createPercolator([...truth.values()]);
          const percolated = atOnce(percolator.holding({ where: each }, about)).map(
            ({ id }) => keyOf(id) ?? 0,
          );
          expect(percolated.sort((a, b) => a - b)).toEqual(right);
          found += held.length;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(found).toBeGreaterThan(1_000);
});
