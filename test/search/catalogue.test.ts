/** What is put into the catalogue and taken out of it. */
import { describe, expect, it } from 'vitest';
import type { Paper, PaperId } from '../../src/model/paper.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { catalogueOf, emptyCatalogue, everything, paper, seedPapers, titles } from './seed.ts';

describe('put', () => {
  it('replaces a paper that is there, words and all', async () => {
    const old = paper('Model merging', { abstract: 'Evolution', authors: ['Takuya Akiba'] });
    const catalogue = await catalogueOf([old, paper('Something else')]);
    await catalogue.put([
      { ...old, title: 'Pruning', abstract: 'Distillation', authors: ['Ada Ng'] },
    ]);
    const find = async (query: string) =>
      titles(await catalogue.search(parseQuery(query), everything));
    expect(catalogue.size).toBe(2);
    expect(await find('pruning distillation ng')).toEqual(['Pruning']);
    for (const gone of ['merging', 'evolution', 'akiba']) expect(await find(gone)).toEqual([]);
  });

  it('takes new upvotes and categories along', async () => {
    const old = paper('Model merging', { upvotes: 1 });
    const catalogue = await catalogueOf([old]);
    await catalogue.put([{ ...old, upvotes: 9, categories: ['cs.CL'] }]);
    const { exact } = await catalogue.search(parseQuery('upvotes:9 category:cs.CL'), everything);
    expect(exact).toBe(true);
  });

  it('does not mind what becomes of the objects it was given', async () => {
    const given = paper('Model merging');
    const catalogue = await catalogueOf([given]);
    given.title = 'Pruning';
    await catalogue.put([given]);
    expect(titles(await catalogue.search(parseQuery('pruning'), everything))).toEqual(['Pruning']);
    expect(titles(await catalogue.search(parseQuery('merging'), everything))).toEqual([]);
  });

  it('goes on after a paper that cannot be indexed, and tells of it', async () => {
    const bad: PaperId[] = [];
    const catalogue = emptyCatalogue((id) => bad.push(id));
    const broken: Paper = { ...paper('x'), title: JSON.parse('null') };
    await catalogue.put([paper('Merging one'), broken, paper('Merging two')]);
    expect(bad).toEqual([broken.id]);
    expect(catalogue.size).toBe(2);
    expect((await catalogue.search(parseQuery('merging'), everything)).total).toBe(2);
  });

  it('lets timers run while it works', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) => {
      const seed = seedPapers[i % seedPapers.length] ?? paper('x');
      return paper(`${seed.title} ${i}`, { abstract: seed.abstract });
    });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const catalogue = await catalogueOf(many);
    clearInterval(timer);
    expect(catalogue.size).toBe(1_500);
    // It pauses every few milliseconds of its work.
    expect(ticks).toBeGreaterThan(10);
  });

  it('answers while it is being filled', async () => {
    const catalogue = emptyCatalogue();
    await catalogue.put([paper('Merging before')]);
    const filling = catalogue.put(Array.from({ length: 599 }, (_, i) => paper(`Merging ${i}`)));
    const during = await catalogue.search(parseQuery('merging'), everything);
    // Papers that are indexed together are found together.
    expect([1, 501, 600]).toContain(during.total);
    await filling;
    expect((await catalogue.search(parseQuery('merging'), everything)).total).toBe(600);
  });
});

describe('what changes while papers are put', () => {
  it('stands: a paper that is removed stays away, one that is put again is the later one', async () => {
    const many = Array.from({ length: 300 }, (_, i) => paper(`Merging ${i}`));
    const [gone, changed] = [many[100], many[200]];
    if (!gone || !changed) throw new Error('no papers');
    const catalogue = await catalogueOf([changed]);
    const filling = catalogue.put(many);
    catalogue.remove(gone.id);
    await catalogue.put([{ ...changed, title: 'Pruning instead' }]);
    await filling;
    const { total, hits } = await catalogue.search(parseQuery('merging'), everything);
    expect(total).toBe(298);
    expect(hits.map((hit) => hit.paper.id)).not.toContain(gone.id);
    expect((await catalogue.search(parseQuery('pruning'), everything)).total).toBe(1);
  });
});

describe('remove', () => {
  it('leaves nothing of the paper behind, and the others as they were', async () => {
    const [one, two] = [paper('Model merging one'), paper('Model merging two')];
    const catalogue = await catalogueOf([one, two]);
    catalogue.remove(one.id);
    catalogue.remove(one.id);
    expect(await catalogue.papers([one.id])).toEqual([]);
    expect(catalogue.size).toBe(1);
    const { hits } = await catalogue.search(parseQuery('merging'), everything);
    expect(hits.map((hit) => hit.paper.id)).toEqual([two.id]);
    expect(hits[0]?.score).toBeGreaterThan(0);
  });

  it('empties the catalogue, which can be filled again', async () => {
    const one = paper('Model merging');
    const catalogue = await catalogueOf([one]);
    catalogue.remove(one.id);
    expect(await catalogue.search(parseQuery('merging'), everything)).toEqual({
      hits: [],
      total: 0,
      exact: false,
    });
    await catalogue.put([one]);
    expect(
      (await catalogue.search(parseQuery('merging'), everything)).hits[0]?.score,
    ).toBeGreaterThan(0);
  });
});
