/** Papers like one, those most upvoted, those begun to be typed and those meant. */
import { describe, expect, it } from 'vitest';
import { catalogueOf, everything, paper, seedPapers, titles } from './seed.ts';

describe('similar', () => {
  it('finds what shares the weighty words and says which', async () => {
    const catalogue = await catalogueOf(seedPapers);
    for (const { id } of seedPapers.slice(0, 20)) {
      const { hits } = await catalogue.similar(id, everything);
      expect(hits.map((hit) => hit.paper.id)).not.toContain(id);
      for (const hit of hits) expect(hit.terms.length).toBeGreaterThanOrEqual(1);
    }
  });

  it('lets two weighty words tell more than three that stand anywhere', async () => {
    const filler = 'We discover a wide variety of content in many settings.';
    const merging = paper('Merging models by evolution', {
      abstract: `Evolutionary merging. ${filler}`,
    });
    const catalogue = await catalogueOf([
      merging,
      paper('Merging by evolutionary search', { abstract: 'Merging, evolved.' }),
      paper('On cooking', { abstract: filler }),
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((title) =>
        paper(title, { abstract: 'Something else.' }),
      ),
    ]);
    const { hits } = await catalogue.similar(merging.id, everything);
    expect(hits[0]?.paper.title).toBe('Merging by evolutionary search');
  });

  it('finds nothing for a paper that is not there', async () => {
    const catalogue = await catalogueOf(seedPapers);
    expect((await catalogue.similar(paper('x').id, everything)).total).toBe(0);
  });
});

describe('trending', () => {
  const papers = [
    paper('Old favourite', { published: '2020-01-01', upvotes: 90 }),
    paper('New', { published: '2025-03-10', upvotes: 5 }),
    paper('Newer', { published: '2025-03-12T08:00:00Z', upvotes: 5 }),
    paper('Unvoted', { published: '2025-03-13' }),
    paper('Undated', { upvotes: 99 }),
  ];

  it('goes by upvotes, then date', async () => {
    const catalogue = await catalogueOf(papers);
    expect(titles(await catalogue.trending(undefined, everything))).toEqual([
      'Undated',
      'Old favourite',
      'Newer',
      'New',
      'Unvoted',
    ]);
  });

  it('begins with the day it is told', async () => {
    const catalogue = await catalogueOf(papers);
    expect(titles(await catalogue.trending('2025-03-10T17:00:00Z', everything))).toEqual([
      'Newer',
      'New',
      'Unvoted',
    ]);
    expect(await catalogue.trending('2025-03-14', everything)).toEqual({
      hits: [],
      total: 0,
      exact: false,
    });
  });
});

describe('suggest', () => {
  it.each([
    ['merg', 'Evolutionary Optimization of Model Merging Recipes'],
    ['recipes mer', 'Evolutionary Optimization of Model Merging Recipes'],
    ['akiba evol', 'Evolutionary Optimization of Model Merging Recipes'],
    ['models merging rec', 'Evolutionary Optimization of Model Merging Recipes'],
    ['ting-yao', 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution'],
    ['2407.094', 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution'],
  ])('%s → %s', async (typed, title) => {
    const catalogue = await catalogueOf(seedPapers);
    expect((await catalogue.suggest(typed, 5)).map((each) => each.title)).toContain(title);
  });

  it('offers titles that begin so before others, and the most upvoted when nothing is typed', async () => {
    const catalogue = await catalogueOf([
      paper('On merging', { upvotes: 50 }),
      paper('Merging it', { upvotes: 1 }),
    ]);
    expect((await catalogue.suggest('merg', 5)).map(({ title }) => title)).toEqual([
      'Merging it',
      'On merging',
    ]);
    expect((await catalogue.suggest('', 1)).map(({ title }) => title)).toEqual(['On merging']);
    expect(await catalogue.suggest('zebra', 5)).toEqual([]);
  });
});

describe('resolve', () => {
  const muscle = 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution';

  it.each([
    '2407.09435',
    'arxiv:2407.09435',
    'https://arxiv.org/abs/2407.09435v3',
    'https://huggingface.co/papers/2407.09435',
    muscle,
    muscle.toUpperCase(),
    'muscle',
    'model update strategy',
  ])('knows %s', async (text) => {
    const found = await (await catalogueOf(seedPapers)).resolve(text);
    expect(found.kind === 'one' && found.paper.title).toBe(muscle);
  });

  it('prefers the whole title to titles that contain it', async () => {
    const catalogue = await catalogueOf([paper('Merging models fast'), paper('Merging models')]);
    const found = await catalogue.resolve('merging models');
    expect(found.kind === 'one' && found.paper.title).toBe('Merging models');
  });

  it('gives all that might be meant', async () => {
    const found = await (await catalogueOf(seedPapers)).resolve('instruction tuning');
    expect(found.kind === 'many' && found.papers.length).toBeGreaterThan(1);
  });

  it('offers what is nearest to a title it does not know', async () => {
    const catalogue = await catalogueOf(seedPapers);
    const found = await catalogue.resolve('evolutionary optimzation of zebras');
    expect(found.kind === 'none' && found.nearest[0]?.title).toMatch(/^Evolutionary Optimization/);
    for (const text of ['2999.99999', 'zzzz', '', '?!']) {
      expect(await catalogue.resolve(text)).toEqual({ kind: 'none', nearest: [] });
    }
  });
});
