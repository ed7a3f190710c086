import { expect, test } from 'vitest';
import { type Choice, type Regards, select, type TestOf } from '../../src/digest/select.ts';
import { Paper, type PaperId } from '../../src/model/paper.ts';
import type { Regard } from '../../src/model/regard.ts';
import { matches } from '../../src/query/match.ts';
import { parseQuery } from '../../src/query/parse.ts';

const paper = (n: number, title: string, upvotes?: number, more: object = {}) =>
  Paper.parse({
    id: `arxiv:2407.0000${n}`,
    title,
    abstract: '',
    authors: [],
    categories: [],
    upvotes,
    ...more,
  });
const want = (topic: string, more: { top?: number; minUpvotes?: number } = {}) => ({
  topic,
  query: parseQuery(topic),
  top: more.top,
  minUpvotes: more.minUpvotes,
});
const papers = [
  paper(1, 'Merging models', 3),
  paper(2, 'Merging recipes', 9),
  paper(3, 'Reasoning chains', 5),
  paper(4, 'Merging and reasoning', 7),
  paper(5, 'Vision'),
];
const now = new Date('2026-11-23T08:00:00Z');
const testOf: TestOf = (query) => (each) => matches(query, each, { now });
const run = (
  wanted: ReturnType<typeof want>[],
  {
    top = 5,
    by = 'turns' as const,
    seen = new Set(),
    regards = new Map(),
  }: Partial<Choice & { seen: Set<PaperId>; regards: Regards }> = {},
) => {
  const choice = { top, by };
  const { picks, order, lists, ...counts } = select({
    wanted,
    papers,
    seen,
    regards,
    choice,
    testOf,
  });
  return { picks: picks.map((pick) => [pick.paper.title, pick.topics]), ...counts };
};

test('each pick says which topics it matches, the most upvoted first', () => {
  expect(run([want('merging'), want('reasoning')])).toEqual({
    picks: [
      ['Merging recipes', ['merging']],
      ['Merging and reasoning', ['merging', 'reasoning']],
      ['Reasoning chains', ['reasoning']],
      ['Merging models', ['merging']],
    ],
    looked: 5,
    matched: 4,
  });
});

test('topics take turns, so that a busy one does not crowd out a quiet one', () => {
  const { picks, matched } = run([want('merging'), want('reasoning -merging')], { top: 2 });
  expect(picks.map(([title]) => title)).toEqual(['Merging recipes', 'Reasoning chains']);
  expect(matched).toBe(4);
});

test('for the top of a week all topics are one list by votes', () => {
  const { picks } = run([want('merging'), want('reasoning -merging')], { top: 2, by: 'votes' });
  expect(picks.map(([title]) => title)).toEqual(['Merging recipes', 'Merging and reasoning']);
});

test('a topic keeps its own top and minimum', () => {
  expect(run([want('merging', { top: 1 })]).picks).toEqual([['Merging recipes', ['merging']]]);
  expect(run([want('merging', { minUpvotes: 8 })]).picks).toEqual([
    ['Merging recipes', ['merging']],
  ]);
  expect(run([want('vision', { minUpvotes: 1 })]).picks).toEqual([]);
});

test('what the channel has seen is not looked at again', () => {
  const seen = new Set([paper(2, 'Merging recipes').id, paper(4, 'Merging and reasoning').id]);
  expect(run([want('merging')], { seen })).toMatchObject({ looked: 3, matched: 1 });
});

const said = (n: number, regard: Partial<Regard>) =>
  new Map([[paper(n, 'Said').id, { up: 0, down: 0, saves: 0, ...regard }]]);
const titlesOf = ({ picks }: ReturnType<typeof run>) => picks.map(([title]) => title);

test('between equals the channel’s votes and saves decide, and never against upvotes', () => {
  const equal = [want('reasoning'), want('merging')];
  const plain = titlesOf(run(equal));
  expect(plain).toEqual([
    'Merging recipes',
    'Merging and reasoning',
    'Reasoning chains',
    'Merging models',
  ]);
  expect(titlesOf(run(equal, { regards: said(1, { up: 9 }) }))).toEqual(plain);
  const silent = papers.map(({ upvotes: _, ...each }) => each);
  const titles = (regards: Regards) =>
    select({
      wanted: [want('merging')],
      papers: silent,
      seen: new Set(),
      regards,
      choice: { top: 2, by: 'turns' },
      testOf,
    }).picks.map(({ paper: { title } }) => title);
  expect(titles(new Map())).toEqual(['Merging models', 'Merging recipes']);
  expect(titles(said(4, { up: 1 }))).toEqual(['Merging and reasoning', 'Merging models']);
  expect(titles(said(4, { saves: 1 }))).toEqual(['Merging and reasoning', 'Merging models']);
  expect(titles(said(4, { up: 1, down: 1 }))).toEqual(['Merging models', 'Merging recipes']);
});

test('what the channel declined comes after all else of every topic, and is lost only for want of room', () => {
  const regards = said(2, { down: 1 });
  for (const by of ['turns', 'votes'] as const) {
    const [want1, want2] = [want('recipes'), want('merging')];
    expect(titlesOf(run([want1, want2], { by, regards }))).toEqual([
      'Merging and reasoning',
      'Merging models',
      'Merging recipes',
    ]);
    expect(titlesOf(run([want1, want2], { by, regards, top: 2 }))).toEqual([
      'Merging and reasoning',
      'Merging models',
    ]);
  }
});
