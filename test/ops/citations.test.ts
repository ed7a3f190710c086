import { expect, test } from 'vitest';
import { Paper, PaperId } from '../../src/model/paper.ts';
import { countCitations } from '../../src/ops/citations.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { engines } from '../store/databases.ts';

test('citations are added, and nothing else of the paper or its sources changes', async () => {
  const [[, open] = []] = engines;
  if (!open) throw new Error('no engine');
  const store = createPaperStore(await open());
  const now = new Date('2026-11-23T09:00:00Z');
  const keep = async (told: Parameters<typeof store.put>[0], source: string) =>
    void (await Array.fromAsync(store.put(told, { source, now: now.toISOString() })));
  const paper = Paper.parse({
    id: 'arxiv:2407.09435',
    title: 'On the Merging of Models',
    abstract: 'We merge.',
    authors: ['Ada'],
    categories: ['cs.LG'],
  });
  await keep([{ paper, kind: 'new' }], 'huggingface');
  const scholar = {
    citations: async () => new Map([[PaperId.parse('arxiv:2407.09435'), 7]]),
    recommendations: async () => undefined,
  };
  expect(await countCitations({ papers: store, scholar, keep, now })).toBe(1);
  expect(await store.get([paper.id])).toEqual([
    { ...paper, sources: ['huggingface'], citations: 7 },
  ]);
  const { revision } = (await store.addedSince('2026'))[0] ?? {};
  await countCitations({ papers: store, scholar, keep, now });
  expect((await store.addedSince('2026'))[0]?.revision).toBe(revision);
});
