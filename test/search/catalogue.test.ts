import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Paper, type PaperId, paperIdOf } from '../../src/model/paper.ts';
import { matches } from '../../src/query/match.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { catalogueOf, emptyCatalogue, now, seedPapers } from './seed.ts';

let made = 0;
function paper(title: string, given: Partial<Paper> = {}): Paper {
  made += 1;
  const id = paperIdOf({ arxiv: `2401.${String(made).padStart(5, '0')}`, title });
  return { id, title, abstract: '', authors: [], categories: [], ...given };
}

const everything = { offset: 0, limit: 1_000 };
const titles = ({ hits }: { hits: readonly { paper: Paper }[] }) =>
  hits.map((hit) => hit.paper.title);

async function search(papers: readonly Paper[], query: string) {
  return (await catalogueOf(papers)).search(parseQuery(query), everything);
}

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

describe('similar', () => {
  it('finds what shares the weighty words and says which', async () => {
    const catalogue = await catalogueOf(seedPapers);
    for (const { id } of seedPapers.slice(0, 20)) {
      const { hits } = await catalogue.similar(id, everything);
      expect(hits.map((hit) => hit.paper.id)).not.toContain(id);
      for (const hit of hits) expect(hit.terms.length).toBeGreaterThanOrEqual(2);
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
