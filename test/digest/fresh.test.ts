import { describe, expect, test } from 'vitest';
import { createFresh } from '../../src/digest/fresh.ts';
import { createVerdicts } from '../../src/digest/verdicts.ts';
import { Paper } from '../../src/model/paper.ts';
import type { Query } from '../../src/query/ast.ts';
import { createPaperStore, type PaperStore } from '../../src/store/papers.ts';
import { engines } from '../store/databases.ts';

const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;
const paper = (n: number, more: object = {}) =>
  Paper.parse({
    id: `arxiv:2407.0000${n}`,
    title: `Paper ${n}`,
    abstract: 'We merge models.',
    authors: [],
    categories: [],
    sources: ['file'],
    ...more,
  });
const tell = (store: PaperStore, papers: readonly Paper[], hour: number) =>
  Array.fromAsync(
    store.put(
      papers.map((each) => ({ paper: each, kind: 'new' })),
      { source: 'file', now: at(hour) },
    ),
  );

describe.each(engines)('new papers on %s', (_, open) => {
  test('are those of the time asked for, as they are now, and the same object while nothing changes', async () => {
    const store = createPaperStore(await open());
    const fresh = createFresh(store);
    await tell(store, [paper(1)], 1);
    await tell(store, [paper(2), paper(3)], 3);
    const papersSince = async (hour: number) =>
      (await fresh.since(at(hour))).map(({ paper: each }) => each);
    const before = await papersSince(2);
    expect(before).toEqual([paper(2), paper(3)]);
    await tell(store, [paper(3, { upvotes: 9 }), paper(1, { upvotes: 1 })], 4);
    const after = await papersSince(2);
    expect(after).toEqual([paper(2), paper(3, { upvotes: 9 })]);
    expect(after[0]).toBe(before[0]);
    expect(await fresh.since(at(1))).toHaveLength(3);
    expect(await fresh.since(at(4))).toEqual([]);
  });

  test('that another process stores, or that turn out to be one, are noticed', async () => {
    const db = await open();
    const [store, other] = [createPaperStore(db), createPaperStore(db)];
    const fresh = createFresh(store);
    await tell(store, [paper(1, { id: 'doi:10.1000/1' })], 1);
    expect(await fresh.since(at(0))).toHaveLength(1);
    await tell(other, [paper(1, { doi: '10.1000/1' })], 2);
    expect(await fresh.since(at(0))).toEqual([
      expect.objectContaining({ paper: paper(1, { doi: '10.1000/1' }) }),
    ]);
  });
});

test('a verdict is remembered for the day and for the paper as it is', async () => {
  const { query, judge } = createVerdicts();
  const holds = async (asked: Query, on: string, of: Paper) =>
    (await judge([asked], [of], new Date(on)))(asked)(of);
  const recent = query('since:2d');
  expect(query('since:2d')).toBe(recent);
  const old = paper(1, { published: '2026-11-21' });
  expect(await holds(recent, at(1), old)).toBe(true);
  expect(await holds(recent, at(23), old)).toBe(true);
  expect(await holds(recent, '2026-11-24T01:00:00Z', old)).toBe(false);
  const popular = query('upvotes:>5');
  expect(await holds(popular, at(1), paper(1, { upvotes: 5 }))).toBe(false);
  expect(await holds(popular, at(1), paper(1, { upvotes: 6 }))).toBe(true);
});
