/** Search by words and by meaning: on the real bot with a scripted endpoint, and its parts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PaperId } from '../../src/model/paper.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { fused } from '../../src/search/hybrid.ts';
import { Vectors } from '../../src/search/vectors.ts';
import { createVectorStore } from '../../src/store/vectors.ts';
import { type EmbeddingsFake, startEmbeddings } from '../fakes/embeddings.ts';
import { type House, openHouse } from '../house.ts';
import { engines } from '../store/databases.ts';
import { catalogueOf, seedPapers } from './seed.ts';

const medicine = /medic\w*|clinic\w*|physician\w*/gi;
/** Of the 96 papers those that speak of it, in no order. */
const MEDICAL = seedPapers
  .filter(({ title, abstract }) => `${title} ${abstract}`.match(medicine))
  .map(({ id }) => id as string)
  .sort();
const page = { offset: 0, limit: 96 };
const everything = () => true;

async function openMeaning(stateDir?: string, more: Record<string, string> = {}) {
  const fake = await startEmbeddings([medicine]);
  const env = { EMBEDDING_BASE_URL: fake.url, EMBEDDING_MODEL: 'fake', ...more };
  const house = await openHouse(env, stateDir === undefined ? {} : { stateDir });
  return { fake, house };
}

const find = ({ services }: House, query: string) =>
  services.catalogue.search(parseQuery(query), page);
const idsOf = async (house: House, query: string) =>
  (await find(house, query)).hits.map(({ paper }) => paper.id as string).sort();
const embedded = ({ asked }: EmbeddingsFake) =>
  asked.flat().filter((text) => text.includes('\n\n'));

describe('where an endpoint is configured', () => {
  test('a word that no paper has finds those near in meaning, for questions too, and filters and counts stay right', async () => {
    const { fake, house } = await openMeaning(undefined, { EMBEDDING_API_KEY: 'sk-test-1' });
    await expect.poll(() => idsOf(house, 'physicians'), { timeout: 10_000 }).toEqual(MEDICAL);
    expect(MEDICAL.length).toBeGreaterThan(2);
    const { total } = await find(house, 'physicians');
    expect(total).toBe(MEDICAL.length);
    const words = await find(house, 'physicians OR impact sort:new');
    const both = await find(house, 'physicians OR impact');
    expect(both.exact).toBe(true);
    expect(both.onlyNear).toBeGreaterThan(0);
    expect(both.total).toBe(words.total + (both.onlyNear ?? 0));
    const [slip, meant] = [
      await find(house, 'imapct OR medicxx'),
      await find(house, 'impact OR medicxx'),
    ];
    expect(meant.onlyNear).toBeGreaterThan(0);
    expect([slip.isMeant, slip.total, slip.onlyNear]).toEqual([true, meant.total, meant.onlyNear]);
    const impact = new Set(
      (await find(house, 'impact sort:new')).hits.map(({ paper }) => paper.id),
    );
    expect(await idsOf(house, 'physicians -impact')).toEqual(
      MEDICAL.filter((id) => !impact.has(id as PaperId)),
    );
    const recent = seedPapers.filter(({ published = '' }) => published >= '2024-11-01');
    expect(await idsOf(house, 'physicians since:2024-11-01')).toEqual(
      MEDICAL.filter((id) => recent.some((paper) => paper.id === id)),
    );
    const asked = await house.services.catalogue.about('Do physicians prosper?', {}, page);
    expect(asked.hits.map(({ paper }) => paper.id as string).sort()).toEqual(MEDICAL);
    expect(fake.authorization).toContain('Bearer sk-test-1');
    expect(new Set(embedded(fake)).size).toBe(96);
    expect(embedded(fake)).toHaveLength(96);
  });

  test.each(['down', 'silent', 'nonsense'] as const)(
    'an endpoint that is %s costs the nearness and nothing else',
    async (mood) => {
      const { fake, house } = await openMeaning();
      await expect.poll(() => idsOf(house, 'physicians'), { timeout: 10_000 }).toEqual(MEDICAL);
      const lexical = await catalogueOf(seedPapers);
      fake.mood = mood;
      for (const query of ['medical adaptation', 'model merging', 'clinics']) {
        const { hits } = await find(house, query);
        const { hits: byWords } = await lexical.search(parseQuery(query), page);
        expect(hits.map(({ paper }) => paper.id)).toEqual(byWords.map(({ paper }) => paper.id));
      }
    },
  );

  test('nothing is asked for twice, over restarts too, but what another model made', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-vectors-'));
    onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
    const first = await openMeaning(stateDir);
    first.fake.limited = 1;
    await expect.poll(() => idsOf(first.house, 'physicians'), { timeout: 10_000 }).toEqual(MEDICAL);
    await first.house.stop();
    const second = await openMeaning(stateDir);
    await expect
      .poll(() => idsOf(second.house, 'physicians'), { timeout: 10_000 })
      .toEqual(MEDICAL);
    expect(embedded(second.fake)).toEqual([]);
    await second.house.stop();
    const third = await openMeaning(stateDir, { EMBEDDING_MODEL: 'other' });
    await expect.poll(() => idsOf(third.house, 'physicians'), { timeout: 10_000 }).toEqual(MEDICAL);
    expect(embedded(third.fake)).toHaveLength(96);
  });
});

describe('vectors in memory', () => {
  const id = (n: number) => `arxiv:2411.${String(n).padStart(5, '0')}` as PaperId;
  const unit = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: 24,
    maxLength: 24,
  });

  test('give the nearest, as exact arithmetic does but for ties', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(unit, { minLength: 30, maxLength: 80 }),
        unit,
        async (all, asked) => {
          const vectors = new Vectors();
          for (const [n, vector] of all.entries()) vectors.put(id(n), Float32Array.from(vector));
          const cosine = (a: readonly number[]) =>
            a.reduce((sum, x, i) => sum + x * (asked[i] ?? 0), 0) /
            (Math.hypot(...a) || 1) /
            (Math.hypot(...asked) || 1);
          const best = Math.max(...all.map(cosine));
          const [nearest] = await vectors.nearest(Float32Array.from(asked), 5, everything);
          if (nearest === undefined) return;
          const found = all[Number(nearest.slice(-5))] ?? [];
          expect(cosine(found)).toBeGreaterThan(best - 0.02);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('leave out what is gone, not allowed, or near by no more than an average paper', async () => {
    const vectors = new Vectors();
    for (let n = 0; n < 40; n += 1) vectors.put(id(n), Float32Array.of(1, n < 3 ? 5 : 0));
    const asked = Float32Array.of(1, 5);
    const nearest = () => vectors.nearest(asked, 10, (one) => one !== id(2));
    expect(await nearest()).toEqual([id(0), id(1)]);
    vectors.remove(id(0));
    expect(await nearest()).toEqual([id(1)]);
    expect(await vectors.nearest(Float32Array.of(1, 5, 0), 10, everything)).toEqual([]);
    vectors.put(id(50), Float32Array.of(1, 2, 3));
    expect(vectors.count).toBe(1);
  });

  test.each(engines)('come back from %s as they were put', async (_, open) => {
    const store = createVectorStore(await open());
    const one = { paper: id(1), model: 'a', textHash: 'h', vector: Float32Array.of(0.1, -2, 3e-9) };
    await store.put([one, { ...one, paper: id(2) }]);
    await store.put([{ ...one, textHash: 'other' }]);
    expect(await store.get('a', [id(1)])).toEqual([{ ...one, textHash: 'other' }]);
    expect(await store.get('b', [id(1), id(2)])).toEqual([]);
  });
});

test('fusion keeps every paper once, a typed title first, and what both lists have before the rest', () => {
  const found = (name: string, score: number) => ({ id: `title:${name}` as PaperId, score });
  const near = ['c', 'x', 'a'].map((name) => `title:${name}` as PaperId);
  const names = (all: readonly { id: PaperId }[]) => all.map(({ id }) => id.slice(-1)).join('');
  expect(names(fused([found('a', 9), found('b', 8), found('c', 7)], near))).toBe('acbx');
  expect(names(fused([found('b', 1_000_008), found('a', 9), found('c', 7)], near))).toMatch(/^b/);
  expect(names(fused([], near))).toBe('cxa');
  const words = [found('a', 9), found('b', 8)];
  expect(fused(words, [])).toBe(words);
});
