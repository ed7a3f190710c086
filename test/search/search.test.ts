/** What a query or a question finds, and in which order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper, PaperId } from '../../src/model/paper.ts';
import { matches } from '../../src/query/match.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { catalogueOf, everything, now, paper, seedPapers, titles } from './seed.ts';

async function search(papers: readonly Paper[], query: string) {
  return (await catalogueOf(papers)).search(parseQuery(query), everything);
}

describe('search', () => {
  it('finds exactly the papers the query holds for', async () => {
    const catalogue = await catalogueOf(seedPapers);
    const word = fc.constantFrom(
      'model',
      'merging',
      'survey',
      'fine-tuning',
      '"language model"',
      '"chain of thought"',
      'category:cs.CL',
      'since:2024',
      'upvotes:>3',
      'GPT-4',
      'Hu',
      'author:li',
      'the',
    );
    const unit = fc.tuple(fc.constantFrom('', '', '-'), word).map((pair) => pair.join(''));
    const text = fc
      .array(fc.tuple(unit, fc.constantFrom(' ', ' ', ' OR ')), { minLength: 1, maxLength: 5 })
      .map((pairs) => pairs.flat().slice(0, -1).join(''));
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        fc.pre(!/^(?:-?the| OR |\s)+$/.test(typed));
        const query = parseQuery(typed);
        const right = seedPapers
          .filter((each) => matches(query, each, { now }))
          .map(({ id }) => id);
        const { hits, exact, total } = await catalogue.search(query, everything);
        expect(exact).toBe(right.length > 0);
        if (!exact) return;
        expect(total).toBe(right.length);
        expect(hits.map((hit) => hit.paper.id).sort()).toEqual(right.sort());
      }),
      { numRuns: 200 },
    );
  });

  it('ranks a word of the title above one of the abstract, and often above once', async () => {
    const other = 'nothing of note here at all '.repeat(3);
    const found = await search(
      [
        paper('Once', { abstract: `merging ${other}` }),
        paper('Often', { abstract: `merging merging merging ${other}` }),
        paper('Merging', { abstract: other }),
      ],
      'merging',
    );
    expect(titles(found)).toEqual(['Merging', 'Often', 'Once']);
  });

  it('does not take a word for the beginning of another', async () => {
    expect(titles(await search([paper('Modelnet'), paper('Models')], 'model'))).toEqual(['Models']);
  });

  it.each([
    ['Optimization of networks', 'optimizations network'],
    ['Schrödinger bridges', 'SCHRODINGER bridge'],
    ['Schr\\"odinger bridges', 'Schrödinger'],
    ['Few-shot learning', 'fewshot'],
    ['Fewshot learning', 'few-shot'],
    ['Pretraining at scale', 'pre-training'],
    ['GPT-4 technical report', 'gpt4'],
    ['GPT4 technical report', 'GPT-4'],
    ['A model of 7B parameters', '7b'],
    ['Llama2 and friends', 'LLaMA-2'],
    ['The Qwen2.5 family', 'qwen2.5'],
    ['The Qwen2.5 family', 'Qwen 2.5'],
    ['Memory safety in C++', 'c++'],
    ['Beyond $k$-means clustering', 'k-means'],
    ['$\\alpha$-divergence minimisation', 'alpha divergence'],
    ['An $\\mathcal{O}(n \\log n)$ \\emph{fast} transform', 'fast transform'],
    ['大规模语言模型综述', '语言模型'],
    ['大規模言語モデル', 'モデル'],
  ])('finds “%s” by “%s”', async (title, query) => {
    const others = [paper('Another thing'), paper('C compilers'), paper('A model of 70B')];
    const found = await search([...others, paper(title)], query);
    expect(found.exact).toBe(true);
    expect(titles(found)).toEqual([title]);
    const [stored] = found.hits;
    expect(stored && matches(parseQuery(query), stored.paper, { now })).toBe(true);
  });

  it.each([
    ['C', 'C++ compilers'],
    ['mathcal', 'Bounds of $\\mathcal{O}(n)$'],
    ['7B', 'A model of 70B'],
  ])('does not take “%s” for a word of “%s”', async (query, title) => {
    expect((await search([paper(title)], query)).exact).toBe(false);
  });

  it('lets newness and upvotes decide between equals, and never against a better match', async () => {
    const equals = [
      paper('Merging alpha', { published: '2020-01-01', upvotes: 0 }),
      paper('Merging beta', { published: '2025-03-01', upvotes: 0 }),
      paper('Merging gamma', { published: '2025-03-01', upvotes: 50 }),
    ];
    expect(titles(await search(equals, 'merging'))).toEqual([
      'Merging gamma',
      'Merging beta',
      'Merging alpha',
    ]);
    const unequal = [
      paper('A long title that has merging in it among many words', {
        published: '2025-03-13',
        upvotes: 999,
      }),
      paper('Merging', { published: '2001-01-01' }),
    ];
    expect(titles(await search(unequal, 'merging'))[0]).toBe('Merging');
  });

  it('sorts by date or by upvotes when asked', async () => {
    const papers = [
      paper('Merging merging old', { published: '2020-05-01', upvotes: 90 }),
      paper('About merging new', { published: '2024-05-01', upvotes: 1 }),
      paper('About merging unknown'),
    ];
    expect(titles(await search(papers, 'merging sort:new'))).toEqual([
      'About merging new',
      'Merging merging old',
      'About merging unknown',
    ]);
    expect(titles(await search(papers, 'merging sort:top'))).toEqual([
      'Merging merging old',
      'About merging new',
      'About merging unknown',
    ]);
  });

  it('counts and orders all that is found, far beyond a page', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) =>
      paper(`Merging ${i}`, { upvotes: (i * 7) % 1_500 }),
    );
    const catalogue = await catalogueOf(many);
    for (const [offset, upvotes] of [
      [0, [1_499, 1_498]],
      [1_400, [99, 98]],
    ] as const) {
      const query = parseQuery('merging sort:top');
      const { hits, total } = await catalogue.search(query, { offset, limit: 2 });
      expect(total).toBe(1_500);
      expect(hits.map((hit) => hit.paper.upvotes)).toEqual(upvotes);
    }
  });

  it('puts the paper first whose title is the query, however plain its words', async () => {
    const papers = [
      paper('Attention attention attention: all the attention you need', {
        abstract: 'attention need '.repeat(9),
      }),
      paper('Attention Is All You Need'),
    ];
    expect(titles(await search(papers, 'attention is all you need'))[0]).toBe(
      'Attention Is All You Need',
    );
  });

  it('comes closest by some of the words, while phrases, fields and exclusions still hold', async () => {
    const papers = [
      paper('Merging models', { categories: ['cs.CL'], abstract: 'open weights' }),
      paper('Merging models elsewhere', { categories: ['cs.CV'], abstract: 'open weights' }),
      paper('Merging a survey of models', { categories: ['cs.CL'], abstract: 'open weights' }),
      paper('Merging nets', { categories: ['cs.CL'], abstract: 'weights that are open' }),
    ];
    const found = await search(papers, 'merging zebras "open weights" category:cs.CL -survey');
    expect(found.exact).toBe(false);
    expect(titles(found)).toEqual(['Merging models']);
  });

  it('has nothing that comes close when only phrases and fields were asked for', async () => {
    expect(await search([paper('Merging')], '"quantum zebras" category:cs.CL')).toEqual({
      hits: [],
      total: 0,
      exact: false,
    });
  });

  it.each(['mergng', 'merginng', 'mergign', 'mirging', 'transfromer', 'Transfomers'])(
    'understands %s, which no paper has',
    async (typed) => {
      const found = await search([paper('Merging transformers'), paper('Pruning')], typed);
      expect(found.exact).toBe(false);
      expect(titles(found)).toEqual(['Merging transformers']);
    },
  );

  it('corrects no word that a paper has, no short word and no number', async () => {
    const papers = [paper('Purging caches'), paper('GPT-4 at large'), paper('A new net')];
    expect(titles(await search([...papers, paper('Merging')], 'purging'))).toEqual([
      'Purging caches',
    ]);
    const using = await search(
      [paper('Merging using weights: we show how')],
      'fusing slow weights',
    );
    expect([using.exact, using.meant]).toEqual([false, undefined]);
    for (const typed of ['met', '4a']) expect((await search(papers, typed)).total).toBe(0);
  });

  it('gives the words to show in bold: wanted ones, corrected, without stop words and excluded ones', async () => {
    const found = await search(
      [paper('Merging few-shot models')],
      'the mergng of few-shot -survey',
    );
    expect(found.hits[0]?.terms.toSorted()).toEqual(['few', 'fewshot', 'merg', 'shot']);
  });

  it('pages without gaps or repetition', async () => {
    const catalogue = await catalogueOf(seedPapers);
    const query = parseQuery('language model');
    const whole = await catalogue.search(query, everything);
    const pages: PaperId[] = [];
    for (let offset = 0; offset < whole.total; offset += 7) {
      const page = await catalogue.search(query, { offset, limit: 7 });
      expect(page.total).toBe(whole.total);
      pages.push(...page.hits.map((hit) => hit.paper.id));
    }
    expect(pages).toEqual(whole.hits.map((hit) => hit.paper.id));
    expect(new Set(pages).size).toBe(pages.length);
  });
});

describe('about', () => {
  const merging = paper('Merging models', { abstract: 'Model merging saves training.' });
  const pruning = paper('Pruning', { abstract: 'Models are pruned.', categories: ['cs.CL'] });
  const bread = paper('Bread', { abstract: 'Flour and water.', categories: ['cs.CL'] });
  const all = [merging, pruning, bread];

  it('finds what speaks of a question, whatever signs of a query are in it, and says how many were looked through', async () => {
    const catalogue = await catalogueOf(all);
    const question = 'Why (and how) does "model merging -work: author:nobody?';
    const { hits, total } = await catalogue.about(question, {}, everything);
    expect(titles({ hits })).toEqual(['Merging models', 'Pruning']);
    expect(total).toBe(3);
    const none = await catalogue.about('zzqq', {}, everything);
    expect(none).toMatchObject({ hits: [], total: 3 });
  });

  it('keeps to the papers of a condition, or to those that are named', async () => {
    const catalogue = await catalogueOf(all);
    const where = parseQuery('category:cs.CL').where;
    const some = await catalogue.about('model merging', { where }, everything);
    expect([titles(some), some.total]).toEqual([['Pruning'], 2]);
    const within = [merging.id, bread.id, paper('Unknown').id];
    const named = await catalogue.about('model merging', { within }, everything);
    expect([titles(named), named.total]).toEqual([['Merging models'], 2]);
  });

  it('does not rank a paper by its title being the question', async () => {
    const catalogue = await catalogueOf(all);
    const { hits } = await catalogue.about('Merging models', {}, everything);
    expect(hits[0]?.score).toBeLessThan(100);
  });

  it('knows how many papers have a term', async () => {
    const catalogue = await catalogueOf(all);
    expect(['model', 'prune', 'zzqq'].map(catalogue.having)).toEqual([2, 1, 0]);
  });
});
