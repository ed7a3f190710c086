/** Orama's own functions over our index. */
import { count, insert, remove, search } from '@orama/orama';
import { expect, it } from 'vitest';
import { PaperIndex } from '../../src/search/index/paper-index.ts';
import { createOrama } from '../../src/search/orama.ts';

async function filled() {
  const { db } = createOrama(new PaperIndex(), { now: () => new Date('2025-01-01') });
  const titles = ['Model merging', 'Merging of models at scale', 'Protein folding', 'Graphs'];
  for (const [i, title] of titles.entries()) {
    await insert(db, {
      id: `paper-${i}`,
      title,
      abstract: 'An abstract about merging.'.repeat(i),
      authors: ['Ada Lovelace'],
      labels: i % 2 ? ['category:cs.CL', 'category:cs.LG'] : ['category:cs.LG'],
      day: 20_000 + i,
      ...(i && { upvotes: i * 10 }),
    });
  }
  return db;
}

const idsOf = ({ hits }: { hits: { id: string }[] }) => hits.map(({ id }) => id).sort();

it('finds by words, best first, as soon as a paper is inserted', async () => {
  const db = await filled();
  const { hits, count: found } = await search(db, { term: 'model merging' });
  expect(found).toBe(4);
  expect(hits[0]?.id).toBe('paper-0');
  expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? Number.POSITIVE_INFINITY);
});

it('counts all that is found, and makes facets and an order of all of it', async () => {
  const { db } = createOrama(new PaperIndex(), { now: () => new Date('2025-01-01') });
  const many = 2_500;
  for (let i = 0; i < many; i += 1) {
    await insert(db, {
      id: `paper-${i}`,
      title: `Merging ${i}`,
      abstract: '',
      authors: [],
      labels: ['category:cs.LG', ...(i % 5 ? [] : ['has:code'])],
      day: i,
      upvotes: many - i,
    });
  }
  const found = await search(db, {
    term: 'merging',
    limit: 3,
    facets: { labels: {}, day: { ranges: [{ from: 0, to: 1_199 }] } },
    sortBy: ([, , a], [, , b]) => Number(a.upvotes) - Number(b.upvotes),
  });
  expect(found.count).toBe(many);
  expect(found.facets?.labels?.values).toEqual({ 'category:cs.LG': many, 'has:code': many / 5 });
  expect(found.facets?.day?.values).toEqual({ '0-1199': 1_200 });
  expect(found.hits.map(({ id }) => id)).toEqual(['paper-2499', 'paper-2498', 'paper-2497']);
});

it('forgets what is removed and counts what is left', async () => {
  const db = await filled();
  await remove(db, 'paper-0');
  expect(idsOf(await search(db, { term: 'model' }))).toEqual(['paper-1']);
  expect(count(db)).toBe(3);
});

it('replaces a paper that is inserted again', async () => {
  const db = await filled();
  await insert(db, { id: 'paper-0', title: 'Zebras', abstract: '', authors: [], labels: [] });
  expect(idsOf(await search(db, { term: 'zebra' }))).toEqual(['paper-0']);
  expect(count(db)).toBe(4);
});

it.each([
  [{ upvotes: { gt: 10 } }, ['paper-2', 'paper-3']],
  [{ upvotes: { between: [10, 20] as [number, number] } }, ['paper-1', 'paper-2']],
  [{ day: { lte: 20_000 } }, ['paper-0']],
  [{ labels: { containsAll: ['category:cs.CL'] } }, ['paper-1', 'paper-3']],
  [
    { and: [{ labels: { containsAny: ['category:cs.CL'] } }, { upvotes: { eq: 30 } }] },
    ['paper-3'],
  ],
  [{ or: [{ upvotes: { eq: 30 } }, { day: { lt: 20_001 } }] }, ['paper-0', 'paper-3']],
  [{ not: { labels: { containsAny: ['category:cs.CL'] } } }, ['paper-0', 'paper-2']],
])('filters with where %j', async (where, ids) => {
  const db = await filled();
  expect(idsOf(await search(db, { term: '', where }))).toEqual(ids);
  const words = await search(db, { term: 'merging', where });
  expect(idsOf(words)).toEqual(ids.filter((id) => id !== 'paper-x'));
});

it('refuses a filter on what papers do not have', async () => {
  const db = await filled();
  const where = JSON.parse('{"colour": {"eq": 1}}');
  expect(() => search(db, { term: 'merging', where })).toThrow('colour');
});
