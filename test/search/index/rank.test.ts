import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { noPaper } from '../../../src/query/ast.ts';
import type { Saved } from '../../../src/search/engine.ts';
import { Bitset } from '../../../src/search/index/bitset.ts';
import type { Entry } from '../../../src/search/index/entry.ts';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { questionOf } from '../../../src/search/index/question.ts';
import { rank } from '../../../src/search/index/rank.ts';
import { Shelf } from '../../../src/search/index/shelf.ts';
import { loadSnapshot, saveSnapshot } from '../../../src/search/index/snapshot.ts';
import { bruteScores } from './brute.ts';

const about = { now: new Date('2026-01-01'), keyOf: () => undefined };

const words =
  `model merging evolution few-shot fewshot learning GPT-4 attention is all you need the graph neural
  network networks protein folding optimal transport C++ quantum 3D survey of an`.split(/\s+/);
/** Some words are said often, most seldom. */
const word = fc
  .nat({ max: words.length ** 2 - 1 })
  .map((n) => words[Math.floor(Math.sqrt(n))] ?? '');
const text = (maxLength: number) => fc.array(word, { maxLength }).map((all) => all.join(' '));

const entry = (key: fc.Arbitrary<number>): fc.Arbitrary<Entry> =>
  fc.record({
    key,
    title: text(8),
    abstract: text(60),
    authors: fc.array(text(3), { maxLength: 3 }),
    labels: fc.constant([]),
  });

type Step = { put: Entry[] } | { remove: number[] } | 'settle' | 'restart';
const key = fc.integer({ min: 1, max: 60 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ put: fc.array(entry(key), { maxLength: 12 }) }),
  },
  { weight: 2, arbitrary: fc.record({ remove: fc.array(key, { maxLength: 6 }) }) },
  { weight: 1, arbitrary: fc.constantFrom('settle' as const, 'restart' as const) },
);

function termsOf(asked: readonly (readonly [string, number])[]): Map<string, number> {
  return new Map(
    asked.flatMap(([said, share]) => [...questionOf([said]).terms.keys()].map((t) => [t, share])),
  );
}

const folder = await mkdtemp(join(tmpdir(), 'paperboy-'));
afterAll(() => rm(folder, { recursive: true }));

/** What a new process would make of the index. */
async function restarted({ shelves }: PaperIndex): Promise<PaperIndex> {
  const file = join(folder, 'index');
  const segments = shelves.map(({ segment }) => segment);
  await saveSnapshot(file, '', { segments, gone: shelves.map(({ gone }) => gone.bits) });
  const loaded = await loadSnapshot(file, '');
  if (!('value' in loaded)) throw new Error(loaded.reason);
  const saved = loaded.value as Pick<Saved, 'segments' | 'gone'>;
  const index = new PaperIndex();
  for (const [i, segment] of saved.segments.entries()) {
    const shelf = new Shelf(segment);
    shelf.remove(new Bitset(saved.gone[i] ?? 0).list());
    index.take(segment, shelf);
  }
  return index;
}

test('the ten best are those of BM25F by the book, whatever was put, replaced, removed, merged and restarted', async () => {
  let compared = 0;
  let common = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      fc.array(fc.tuple(word, fc.constantFrom(1, 1, 0.5)), { minLength: 1, maxLength: 5 }),
      async (steps, asked) => {
        let index = new PaperIndex();
        const truth = new Map<number, Entry>();
        for (const each of steps) {
          if (each === 'settle') await index.settled();
          else if (each === 'restart') index = await restarted(index);
          else if ('put' in each) {
            index.put(each.put);
            for (const paper of each.put) truth.set(paper.key, paper);
          } else {
            index.remove(each.remove);
            for (const gone of each.remove) truth.delete(gone);
          }
        }
        expect(index.size).toBe(truth.size);
        const terms = termsOf(asked);
        const scores = bruteScores([...truth.values()], terms);
        const question = { terms, row: [], title: 0 };
        const { papers, beyond } = rank(
          index,
          { question, where: noPaper, beyond: 'anything', first: 10 },
          about,
        );
        expect(beyond).toBe(scores.size);
        const best = [...scores.values()].sort((a, b) => b - a).slice(0, 10);
        expect(papers.length).toBe(best.length);
        const bar = (best.at(-1) ?? 0) * 0.995;
        compared += papers.length;
        common += papers.filter(({ key }) => (scores.get(key) ?? 0) >= bar).length;
        for (const { key, score } of papers) expect(score).toBeCloseTo(scores.get(key) ?? -1, 9);
      },
    ),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(500);
  expect(common / compared).toBeGreaterThanOrEqual(0.999);
});

test('who comes among the first does not depend on how many are asked for', () => {
  fc.assert(
    fc.property(
      fc.array(entry(fc.constant(0)), { minLength: 33, maxLength: 80, size: 'max' }),
      fc.array(word, { minLength: 1, maxLength: 4 }),
      (given, asked) => {
        const index = new PaperIndex();
        index.put(given.map((paper, i) => ({ ...paper, key: i + 1, day: 20_000 - i * 30 })));
        const question = questionOf(asked);
        const first = (many: number) =>
          rank(index, { question, where: noPaper, beyond: 'anything', first: many }, about).papers;
        // Where all candidates are wanted, all are read.
        expect(first(5)).toEqual(first(32).slice(0, 5));
      },
    ),
    { numRuns: 300 },
  );
});

test('the title that is the question comes first, however much others say of it', () => {
  const index = new PaperIndex();
  const others = Array.from({ length: 60 }, (_, i) => ({
    key: i + 2,
    title: 'Merging merging merging',
    abstract: 'Merging merging merging merging.',
    authors: ['Merging Merging'],
    labels: [],
  }));
  const abstract = 'On graphs and proteins and whatever else fills an abstract. '.repeat(40);
  const one = { key: 1, title: 'Merging', abstract, authors: [], labels: [] };
  index.put([...others, one]);
  const where = { kind: 'word', text: 'merging' } as const;
  const { papers } = rank(index, { question: questionOf(['merging']), where, first: 5 }, about);
  expect(papers[0]?.key).toBe(1);
});
