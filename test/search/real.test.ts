/** What a reader of the first catalogue types, and what must come. */
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/query/parse.ts';
import { asWritten } from '../../src/text/snippet.ts';
import { catalogueOf, seedPapers } from './seed.ts';

const catalogue = await catalogueOf(seedPapers);
const find = (query: string, limit = 3) =>
  catalogue.search(parseQuery(query), { offset: 0, limit });
const idOf = (title: string) => {
  const paper = seedPapers.find((each) => each.title.startsWith(title));
  if (!paper) throw new Error(`no paper ${title}`);
  return paper.id;
};

describe('searching the 96 papers', () => {
  it.each([
    ['model merging', 'Evolutionary Optimization of Model Merging Recipes'],
    ['how do small language models learn to use tools', 'Small LLMs Are Weak Tool Learners'],
    ['pruning and distillation', 'Compact Language Models via Pruning'],
    ['low-rank pretraining', 'SLTrain'],
    ['mixture of experts', 'A Survey on Mixture of Experts'],
    ['what makes in-context learning work', 'Supervised Knowledge Makes'],
    ['"chain of thought" prompting zero-shot', 'Large Language Models are Zero-Shot Reasoners'],
    ['pretraining data quality', 'Programming Every Example'],
    ['multilingual -survey', 'GeMQuAD'],
    ['tabular data understanding', 'Towards Foundation Models for Learning on Tabular Data'],
    ['differential privacy', 'Privately Fine-Tuning'],
    ['survey of large language models', 'A Survey of Large Language Models'],
    ['category:cs.* since:2024 sort:top', 'NVLM'],
    ['https://arxiv.org/abs/2407.09435', 'MUSCLE'],
  ])('%s: first comes %s', async (query, title) => {
    const { hits, exact } = await find(query);
    expect(exact).toBe(true);
    expect(hits[0]?.paper.title.startsWith(title)).toBe(true);
  });

  it.each([
    ['evolutionry model mergng', 'Evolutionary Optimization of Model Merging Recipes'],
    ['financial sentiment in tweets', 'A Comparative Analysis of Instruction Fine-Tuning LLMs'],
  ])('%s: nothing fits, and %s comes closest', async (query, title) => {
    const { hits, exact } = await find(query);
    expect(exact).toBe(false);
    expect(hits[0]?.paper.title.startsWith(title)).toBe(true);
  });

  it('finds nothing where nothing is', async () => {
    expect(await find('quantum chromodynamics')).toEqual({ hits: [], total: 0, exact: false });
  });

  it('brings the paper whose title is the query first, for every title', async () => {
    for (const { title, id } of seedPapers) {
      const { hits } = await find(title.replaceAll(/["()]/g, ' '), 1);
      expect(hits[0]?.paper.id).toBe(id);
    }
  });

  it('knows what is like MUSCLE, and why', async () => {
    const { hits } = await catalogue.similar(idOf('MUSCLE'), { offset: 0, limit: 3 });
    const port = hits.find(({ paper }) => paper.title.startsWith('PortLLM'));
    if (!port) throw new Error('PortLLM is not among them');
    expect(asWritten(port.paper.abstract, port.terms, 2)).toContain('frequently updated');
    expect(hits.map(({ paper }) => paper.id)).not.toContain(idOf('MUSCLE'));
  });

  it('takes a word of the title for more than words that stand anywhere', async () => {
    const id = idOf('Evolutionary Optimization of Model Merging');
    const { hits } = await catalogue.similar(id, { offset: 0, limit: 60 });
    const found = hits.map(({ paper }) => paper.title);
    expect(found.slice(0, 3)).toContainEqual(expect.stringMatching(/^A Comparative Analysis of/));
    expect(found).not.toContainEqual(expect.stringMatching(/^(Weaver|MME-Survey|LLM2LLM)/));
  });
});
