import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { parseQuery } from '../../../src/query/parse.ts';
import { catalogueOf, seedPapers } from '../seed.ts';

const catalogue = await catalogueOf(
  Array.from({ length: 20 }, (_, i) =>
    seedPapers.map((paper) => ({ ...paper, title: `${paper.title} ${i}` })),
  ).flat(),
);
const page = { offset: 0, limit: 10 };

/** An answer, or the sentence that refuses it. */
async function answer(text: string): Promise<string> {
  try {
    const { total } = await catalogue.search(parseQuery(text), page);
    return `${total} papers`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

/** However a text comes to the catalogue, it is answered. */
async function answers(text: string): Promise<void> {
  const { total } = await catalogue.about(text, {}, page);
  expect(total).toBe(catalogue.size);
  expect(['one', 'many', 'none']).toContain((await catalogue.resolve(text)).kind);
  expect((await catalogue.suggest(text, 10)).length).toBeLessThanOrEqual(10);
}

it.each([
  ['ten thousand characters', 'attention '.repeat(1_000)],
  ['ten thousand ORs', Array(10_000).fill('model').join(' OR ')],
  ['as many ORs as fit', Array(70).fill('model').join(' OR ')],
  ['only stop words', 'the of and to be or not'],
  ['a phrase of stop words', '"to be or not to be"'],
  ['only punctuation', '?!… -- ::'],
  ['a lone quote', '"'],
  ['emoji', '🤖🧠 model 🚀'],
  ['control characters', 'model\u0000\u0007\u001b[31m merging'],
  ['right to left', 'نموذج לימוד \u202emodel'],
  ['a regular expression', '^(a+)+$ .*'],
  ['SQL', "'; DROP TABLE papers; -- "],
  ['a word of five hundred letters', 'a'.repeat(500)],
  ['words that objects have', 'constructor __proto__ toString hasOwnProperty'],
  ['many negations', Array(80).fill('-model').join(' ')],
  ['deep parentheses', `${'('.repeat(200)}model${')'.repeat(200)}`],
  ['nothing that is a letter', '\ud800 \udfff'],
  ['many misspelt words', Array(30).fill('transfromer lerning netwrok').join(' ')],
  ['ten thousand misspelt words', Array(10_000).fill('transfromer').join(' ')],
  [
    'ten thousand short prefixes',
    Array.from({ length: 10_000 }, (_, i) => i.toString(36)).join(' '),
  ],
])('%s: an answer or one sentence', async (_, text) => {
  expect((await answer(text)).split('\n')).toHaveLength(1);
  await answers(text);
});

it('answers or refuses whatever is typed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
      expect(await answer(text)).not.toBe('');
      await answers(text);
    }),
    { numRuns: 300 },
  );
});
