import { expect, test } from 'vitest';
import { topicNameOf } from '../../src/model/topic.ts';

test.each([
  ['model merging', 'model-merging'],
  ['"model merging" OR evolution -survey category:cs.CL', 'model-merging-evolution'],
  ['reasoning -"large scale" -author:smith upvotes:>5', 'reasoning'],
  ['few-shot', 'few-shot'],
  ['category:cs.CL', 'category-cs-cl'],
  ['大模型 合并', '大模型-合并'],
  ['???', 'topic'],
])('the query %j is called %s', (query, name) => {
  expect(topicNameOf(query)).toBe(name);
});
