import { expect, test } from 'vitest';
import { standsIn } from '../../src/answer/quote.ts';
import type { QuoteBlock, Reply } from '../../src/reply/reply.ts';
import { toPlain } from '../../src/reply/text.ts';
import { readable } from '../../src/text/latex.ts';
import { expectMistakes } from './mistakes.ts';
import { openScene, type Scene, titlesOf, wordsOf } from './scene.ts';

const quotesOf = ({ blocks }: Reply): QuoteBlock[] =>
  blocks.filter((block) => block.kind === 'quote');

/** Every quote that a reply shows stands word for word in the paper it names. */
async function expectVerbatim(reply: Reply, { house }: Scene): Promise<void> {
  const { catalogue } = house.services;
  for (const { quotes, source } of quotesOf(reply)) {
    const link = source.find((span) => span.kind === 'link');
    const found = await catalogue.resolve(link?.url ?? '');
    if (found.kind !== 'one') throw new Error(`No paper behind ${toPlain(source)}`);
    for (const quote of quotes) {
      expect(standsIn(toPlain(quote), readable(found.paper.abstract))).toBe(true);
    }
  }
}

test('a question is answered with quotes that stand in their papers, linked, the matching words bold', async () => {
  const scene = await openScene();
  const reply = await scene.say('ask How much does MUSCLE reduce negative flips?');
  expect(reply.visibility).toBe('channel');
  expect(reply.summary).toMatch(/^\d of 96 papers speaks? to this\.$/);
  const [first] = quotesOf(reply);
  expect(toPlain(first?.quotes[0] ?? [])).toMatch(/up to 40% from Llama 1 to Llama 2/);
  const bold = first?.quotes[0]?.filter((span) => span.kind === 'text' && span.style === 'bold');
  expect(bold?.map(({ text }) => text)).toEqual(expect.arrayContaining(['reduce negative flips']));
  expect(toPlain(first?.source ?? [])).toMatch(/^— MUSCLE: .*, Echterhoff et al\. 2024$/);
  expect(first?.source[1]).toMatchObject({
    kind: 'link',
    url: expect.stringContaining('2407.09435'),
  });
  await expectVerbatim(reply, scene);
});

test('a quote names both of two authors', async () => {
  const { say } = await openScene();
  const sources = quotesOf(await say('ask How are LLMs used in finance?')).map(({ source }) =>
    toPlain(source),
  );
  expect(sources[0]).toMatch(/Hirano and Imajo 2024$/);
});

test('the question is shown with its answer, which a slash command would not show', async () => {
  const { say } = await openScene();
  expect(wordsOf(await say('ask What is model merging?'))).toMatch(
    /^What is model merging\?\n\d of 96 papers/,
  );
});

test('what no paper answers is refused in one sentence with the papers that come nearest', async () => {
  const { say } = await openScene();
  const reply = await say('ask Does aspirin prevent heart attacks?');
  expect(quotesOf(reply)).toEqual([]);
  expect(reply.summary).toBe('None of 96 papers answers this; these come nearest.');
  expect(titlesOf(reply).length).toBeGreaterThan(0);
  const none = await say('ask zzzqqq xxyyzz?');
  expect(none.summary).toBe('None of 96 papers answers this, or comes near it.');
});

test('one paper can be asked alone, and says so when it does not answer', async () => {
  const scene = await openScene();
  const reply = await scene.say('ask What do users build? paper:2407.09435');
  expect(reply.summary).toMatch(/^MUSCLE: .* speaks to this\.$/);
  expect(wordsOf(reply)).toMatch(/users often build a mental model/);
  await expectVerbatim(reply, scene);
  const refused = await scene.say('ask Does sourdough need time? paper:2407.09435');
  expect(refused.summary).toMatch(/^MUSCLE: .* does not answer this\.$/);
  const unknown = await scene.say('ask What is it? paper:qqqzzz');
  expect(unknown.summary).toMatch(/^There is no “qqqzzz” among the 96 papers I know/);
});

test('no more papers are quoted than are said to speak', async () => {
  const reply = await (await openScene()).say('ask How can hallucinations be reduced?');
  const quoted = quotesOf(reply).length;
  expect(quoted).toBeGreaterThan(1);
  expect(reply.summary).toBe(`${quoted} of 96 papers speak to this.`);
});

test('the papers of one topic can be asked alone, and are counted', async () => {
  const { say } = await openScene();
  const reply = await say('ask What is model merging? topic:model-merging');
  expect(reply.summary).toMatch(/^\d of \d papers on model-merging speaks? to this\.$/);
  const own = await say('ask What is model merging? topic:"author:akiba"');
  expect(own.summary).toBe('1 of 1 paper on author:akiba speaks to this.');
  expect(wordsOf(own)).toContain('Evolutionary Optimization of Model Merging Recipes');
  await say('subscribe merging author:akiba');
  const followed = await say('ask What is model merging? topic:merging');
  expect(followed.summary).toBe('1 of 1 paper on merging speaks to this.');
  const outside = await say('ask What is model merging? topic:"category:nowhere.XX"');
  expect(outside.summary).toBe('I know no papers on category:nowhere.XX.');
});

test('a wrong question gets a sentence with a right example', async () => {
  const scene = await openScene();
  await expectMistakes(scene, [
    {
      wrong: 'ask',
      sentence: 'question is missing, for example “What is model merging?”.',
      example: 'What is model merging?',
      right: 'ask What is model merging?',
    },
  ]);
});
