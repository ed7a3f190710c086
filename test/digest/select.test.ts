import { expect, test } from 'vitest';
import { type Choice, select } from '../../src/digest/select.ts';
import { Paper, type PaperId } from '../../src/model/paper.ts';
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
const run = (
  wanted: ReturnType<typeof want>[],
  {
    top = 5,
    by = 'turns' as const,
    seen = new Set(),
  }: Partial<Choice & { seen: Set<PaperId> }> = {},
) => {
  const choice = { top, by };
  const { picks, order, lists, ...counts } = select({
    wanted,
    papers,
    seen,
    choice,
    now,
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
