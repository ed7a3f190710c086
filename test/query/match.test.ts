import { describe, expect, it } from 'vitest';
import { type Paper, type PaperId, paperIdOf } from '../../src/model/paper.ts';
import { matches } from '../../src/query/match.ts';
import { parseQuery } from '../../src/query/parse.ts';

const now = new Date('2024-04-20T12:00:00Z');

function paper(given: Partial<Paper> = {}): Paper {
  const title = given.title ?? 'Evolutionary Optimization of Model Merging Recipes';
  return {
    id: paperIdOf({ arxiv: '2403.13187', title }),
    title,
    abstract:
      'We merge few-shot fine-tuned LLaMA-2 models. No training is needed: all you need is search.',
    authors: ['Takuya Akiba', 'Geoffrey E. Hinton', 'Ting-Yao Hu'],
    published: '2024-03-19T10:00:00Z',
    categories: ['cs.NE', 'cs.CL'],
    upvotes: 22,
    code: 'https://github.com/example/merge',
    sources: ['arxiv', 'feed:https://example.org/rss', 'huggingface'],
    ...given,
  };
}

const topics = new Map([['soups', 'merging OR "model soup"']]);
const asker = { seen: new Set([paper().id]), saved: new Set<PaperId>() };

const holds = (query: string, given?: Partial<Paper>) =>
  matches(parseQuery(query, topics), paper(given), { now, asker });

describe('matches', () => {
  it.each([
    'merging',
    'merged models',
    'evolutionary OR pruning',
    'fewshot',
    '"few shot"',
    'finetuning',
    'LLaMA2',
    'llama',
    '"model merging"',
    '"merging recipe"',
    '"all you need"',
    '"fine-tuned LLaMA-2 models"',
    '"finetuned llama2"',
    'merging -survey',
    'merging -"merging models"',
    '-(survey merging)',
    '(survey OR merging) search',
    'the merging of the models',
    'Akiba',
    '"Takuya Akiba"',
    'author:hinton',
    'author:"geoffrey hinton"',
    'author:"Hinton, Geoffrey"',
    'author:"G. Hinton"',
    'author:"Tingyao Hu"',
    'author:"Ting Yao Hu"',
    'category:cs.cl',
    'category:cs',
    'category:cs.*',
    'category:*.CL',
    'category:c*N*',
    'since:2024-03-19 until:2024-03-19',
    'since:2024 until:2024-03',
    'since:32d until:32d',
    'since:last-month',
    'upvotes:>21 upvotes:22 upvotes:<=22 upvotes:<23',
    'arxiv:2403.13187',
    'https://arxiv.org/pdf/2403.13187v2',
    'has:code has:abstract -has:project -has:summary',
    'source:arxiv source:feed source:hugging* -source:biorxiv',
    'source:"feed:https://example.org/rss"',
    'topic:soups -topic:soups OR topic:soups',
    'seen:here -saved:me',
    'sort:new',
  ])('%s holds', (query) => {
    expect(holds(query)).toBe(true);
  });

  it.each([
    'survey',
    'merging survey',
    'mer',
    '"merging model"',
    '"recipes we"',
    'merging -models',
    'merging -akiba',
    '-(survey OR merging)',
    'author:merging',
    'author:takuya-hinton',
    'author:"takuya hinton"',
    'author:geoff',
    'author:e',
    'author:"akiba hu"',
    'category:cs.C',
    'category:CL',
    'category:cs.*G',
    'since:2024-03-20',
    'until:2024-03-18',
    'since:31d',
    'until:33d',
    'upvotes:>22',
    'upvotes:<22',
    'arxiv:2403.13188',
    'has:project',
    'source:arx',
    'topic:soups survey',
    'saved:me',
  ])('%s does not hold', (query) => {
    expect(holds(query)).toBe(false);
  });

  it('knows nothing of what the source did not say', () => {
    const { published: _, upvotes: __, ...rest } = paper();
    const bare: Paper = { ...rest, authors: [], categories: [], abstract: '' };
    for (const query of [
      'since:1900',
      'until:2999',
      'upvotes:0',
      'upvotes:<5',
      'author:akiba',
      'category:*',
    ]) {
      expect(matches(parseQuery(query), bare, { now })).toBe(false);
    }
    expect(matches(parseQuery('merging'), bare, { now })).toBe(true);
  });

  it('counts days back from the moment it is asked', () => {
    const query = parseQuery('since:7d');
    const of = (published: string) => paper({ published });
    expect(matches(query, of('2024-04-13'), { now })).toBe(true);
    expect(matches(query, of('2024-04-13'), { now: new Date('2024-04-21T00:00:00Z') })).toBe(false);
  });

  it('ends with patterns that keep regular expressions busy for years', () => {
    const categories = ['a'.repeat(5_000)];
    expect(holds(`category:${'*a'.repeat(100)}*b`, { categories })).toBe(false);
  });

  it('bears the deepest query there can be', () => {
    expect(holds(`${'-(x '.repeat(80)}merging${')'.repeat(80)}`)).toBe(true);
  });

  it('has seen and saved nothing where nobody asks', () => {
    for (const query of ['seen:here', 'saved:me']) {
      expect(matches(parseQuery(query), paper(), { now })).toBe(false);
    }
  });

  it('looks for stop words alone in titles and names only', () => {
    const title = 'How to Merge';
    expect(holds('"how to"', { title })).toBe(true);
    expect(holds('"how to"', { title: 'Merging', abstract: 'We show how to merge.' })).toBe(false);
  });
});
