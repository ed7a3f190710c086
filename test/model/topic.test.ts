import { expect, test } from 'vitest';
import { Topic, topicNameOf } from '../../src/model/topic.ts';

test.each([
  ['model merging', 'model-merging'],
  ['"model merging" OR evolution -survey category:cs.CL', 'model-merging-evolution'],
  ['reasoning -"large scale" -author:smith upvotes:>5', 'reasoning'],
  ['few-shot', 'few-shot'],
  ['category:cs.CL', 'category-cs-cl'],
  ['大模型 合并', '大模型-合并'],
  ['データ OR “हिन्दी”', 'データ-हिन्दी'],
  ['𠮷'.repeat(80), '𠮷'.repeat(30)],
  [`a${'𠮷'.repeat(80)}`, `a${'𠮷'.repeat(29)}`],
  ['???', 'topic'],
])('the query %j is called %s', (query, name) => {
  expect(topicNameOf(query)).toBe(name);
});

test('whatever letters a query is made of, its name is one that can be stored and read again', () => {
  const letters = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /[\p{L}\p{M}\p{N}]/u.test(character));
  const refused = letters.filter((letter) => {
    const name = topicNameOf(`a${letter}b`);
    return !Topic.shape.name.safeParse(name).success || topicNameOf(name) !== name;
  });
  expect(refused).toEqual([]);
});
