import { expect, test } from 'vitest';
import { noPaper } from '../../src/command/nothing-found.ts';
import { startEmbeddings } from '../fakes/embeddings.ts';
import { expectMistakes } from './mistakes.ts';
import { labelsOf, openScene, papersOf, runOf, titlesOf, wordsOf } from './scene.ts';

test('a search says how many papers it found and shows the best first', async () => {
  const { say } = await openScene();
  for (const [line, says, first] of [
    ['search model merging', '3 papers for model merging.', /^Evolutionary Optimization/],
    ['search “model merging”', '3 papers for "model merging".', /./],
    ['search merging -evolutionary', '2 papers for merging -evolutionary.', /Financ/],
    ['search author:akiba', '1 paper for author:akiba.', /^Evolutionary Optimization/],
    ['search 2407.09435', '1 paper for 2407.09435.', /^MUSCLE/],
    ['search category:cs.NE sort:top', '3 papers for category:cs.NE sort:top.', /^Evolutionary/],
    ['search upvotes:>34', '1 paper for upvotes:>34.', /^NVLM/],
  ] as const) {
    const reply = await say(line);
    expect.soft(reply.summary, line).toBe(says);
    expect.soft(titlesOf(reply)[0], line).toMatch(first);
    expect.soft(reply.visibility, line).toBe('asker');
  }
});

test('a paper found reads well: facts, a snippet with what was searched in bold, and its buttons', async () => {
  const { say } = await openScene();
  const [paper] = papersOf(await say('search "model merging"'));
  expect(paper?.facts).toEqual([
    'Takuya Akiba, Makoto Shing, Yujin Tang et al.',
    '19 Mar 2024',
    'cs.NE',
    '▲ 22',
  ]);
  const bold = paper?.body.filter((span) => span.kind === 'text' && span.style === 'bold');
  expect(bold?.map(({ text }) => text)).toEqual(expect.arrayContaining(['model merging']));
  expect(paper?.buttons.map(({ label }) => label)).toEqual(['Show', 'Similar', 'Save']);
});

test('when no paper has everything those that come closest are shown, and said to be that', async () => {
  const { say } = await openScene();
  const closest = await say('search merging zzzqqq');
  expect(closest.summary).toBe('No paper has all of merging zzzqqq; these come closest.');
  expect(papersOf(closest).length).toBeGreaterThan(0);
  const none = await say('search zzzqqq');
  expect(none.summary).toBe(
    'None of the 96 papers I know fits zzzqqq. Try fewer or other words, for example /paper search model merging.',
  );
});

test('where nothing is found, each part that stands in the way can be left out', async () => {
  const { say, press } = await openScene();
  const none = await say('search "model merging" has:code -survey since:2024');
  expect(none.summary).toBe(
    'None of the 96 papers I know fits all of "model merging" has:code -survey since:2024; without one part of it there are some.',
  );
  expect(labelsOf(none)).toEqual(['Without has:code: 3 papers']);
  const some = await press(none, 'Without has:code: 3 papers');
  expect(some.summary).toBe('3 papers for "model merging" -survey since:2024.');
  const excluded = await say('search "model merging" -model');
  expect(labelsOf(excluded)).toContain('With model: 3 papers');
  expect((await press(excluded, 'With model: 3 papers')).summary).toBe(
    '3 papers for "model merging".',
  );
  for (const line of ['search has:code source:arxiv', 'search has:code']) {
    expect.soft(labelsOf(await say(line)), line).toEqual([]);
  }
});

test('where nothing is found, no endpoint is asked how many papers there would be otherwise', async () => {
  const fake = await startEmbeddings([/physician\w*/gi]);
  const { say } = await openScene({ EMBEDDING_BASE_URL: fake.url, EMBEDDING_MODEL: 'fake' });
  const asked = () => fake.asked.flat().filter((text) => !text.includes('\n\n'));
  const hasAsked = async () => {
    await say('search physician');
    return asked().includes('physician');
  };
  await expect.poll(hasAsked, { timeout: 10_000 }).toBe(true);
  const none = await say('search language model has:code since:2024');
  expect(labelsOf(none)).toEqual([expect.stringMatching(/^Without has:code: \d+ papers$/)]);
  expect(asked().filter((text) => text !== 'physician')).toEqual(['language model']);
});

test('one paper is not counted', () => {
  expect(noPaper(1, 'fits')).toBe('The one paper I know does not fit');
  expect(noPaper(1, 'is')).toBe('The one paper I know is not');
});

test('where nothing is found, the sentence says what would find something', async () => {
  const { say } = await openScene();
  for (const [line, says] of [
    ['search seen:here', /^No paper was shown in this channel yet; .*\/paper status/],
    ['search merging seen:here', /^No paper was shown in this channel yet;/],
    ['search saved:me', /^You have saved no paper yet; .*\/paper save 2407\.09435\.$/],
    ['search 2403.99999', /is 2403\.99999; \/paper submit 2403\.99999 brings it from arXiv\.$/],
    ['search since:2030', /^None of the 96 papers .* since:2030; the newest is of 19 Jan 2025\.$/],
    ['search zzzqqq -seen:here', /^None of the 96 papers I know fits all of/],
  ] as const) {
    expect.soft((await say(line)).summary, line).toMatch(says);
  }
});

test('a query of very many words says which of them count less', async () => {
  const { say } = await openScene();
  const slips =
    'modle mergign langauge lerning nueral evolutionry optimzation instrution tunning pretrainig';
  expect(wordsOf(await say(`search ${slips}`))).toContain(
    'Your query is long: 2 unusual words were not checked for slips; with fewer words, all of them count.',
  );
  const common =
    'model language learn train data task use show method result approach paper perform large propose new evaluate improve experiment base instruction fine tune pretrain prompt reason code math generate knowledge benchmark domain quality human open source parameter cost efficient survey text image vision scale small token context feature question attention transformer architecture memory agent safety policy weight layer optimizer';
  expect(wordsOf(await say(`search ${common}`))).toMatch(
    /Your query is long: \d common words were left out of the ranking; with fewer words, all of them count\./,
  );
  expect(wordsOf(await say('search modle merging'))).not.toContain('is long');
});

test('the very title of a paper is no slip, and neither is a word that only shares its stem with another', async () => {
  const { say } = await openScene();
  const title = 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution';
  expect((await say(`search ${title}`)).summary).toBe(`1 paper for ${title}.`);
  expect((await say('search compatible')).summary).not.toContain('Did you mean');
});

test('a phrase that no paper has is followed by what comes closest to it, its slips mended', async () => {
  const { say } = await openScene();
  const turned = await say('search "merging model"');
  expect(turned.summary).toMatch(/^No paper has all of "merging model"; these come closest\./);
  expect(titlesOf(turned)[0]).toMatch(/^Evolutionary Optimization/);
  const slip = await say('search "modle merging"');
  expect(slip.summary).toBe(
    'Showing 3 papers for "model merging", since none has all of "modle merging".',
  );
});

test('without a word to rank by, the newest come first, and that is said', async () => {
  const { say } = await openScene();
  const newest = await say('search category:cs.CL');
  expect(newest.summary).toMatch(/^\d+ papers for category:cs\.CL, newest first\. Page 1/);
  expect(titlesOf(newest)).toEqual(titlesOf(await say('search category:cs.CL sort:new')));
  const asked = await say('search category:cs.CL sort:relevance');
  expect(asked.summary).toContain('sort:relevance, newest first.');
  expect(titlesOf(asked)).toEqual(titlesOf(newest));
  expect((await say('search author:akiba')).summary).toBe('1 paper for author:akiba.');
});

test('where hardly any paper has all of the words, those that have some of them follow apart', async () => {
  const { say } = await openScene();
  const words = 'make small language models use tools';
  const found = await say(`search ${words}`);
  expect(found.summary).toBe(`1 paper for ${words}.`);
  expect(wordsOf(found)).toContain('These come close:');
  expect(titlesOf(found)).toHaveLength(4);
  expect(new Set(titlesOf(found)).size).toBe(4);
  expect(titlesOf(found)[1]).toMatch(/^Small LLMs Are Weak Tool Learners/);
  const others = ['search UL2', 'search UL2: Unifying Language Learning Paradigms'];
  for (const line of [...others, `search ${words} sort:new`, 'search author:akiba'])
    expect.soft(wordsOf(await say(line)), line).not.toContain('These come close');
  expect(wordsOf(await say('search mixture of experts'))).toContain('These come close');
});

test('a slip of a letter is taken for the word that was meant, and said so, and can be searched as typed', async () => {
  const { say, press } = await openScene();
  const taken = await say('search modle merging');
  expect(taken.summary).toBe(
    'Showing 3 papers for model merging, since none has all of modle merging.',
  );
  expect(titlesOf(taken)).toEqual(titlesOf(await say('search model merging')));
  expect(labelsOf(taken)).toEqual(['Search as typed', 'Share here']);
  const typed = await press(taken, 'Search as typed');
  expect(typed.summary).toBe('No paper has all of modle merging; these come closest.');
  expect(papersOf(typed).length).toBeGreaterThan(0);
  expect(labelsOf(typed)).not.toContain('Search as typed');
});

test('as typed is offered only where that finds something', async () => {
  const { say } = await openScene();
  const taken = await say('search evolutionry');
  expect(taken.summary).toMatch(
    /^Showing \d+ papers? for evolutionary, since none has all of evolutionry\.$/,
  );
  expect(labelsOf(taken)).toEqual(['Share here']);
});

test('an abbreviation is searched with what it stands for, and the other way round, where that finds more', async () => {
  const { say, press } = await openScene();
  for (const [typed, both] of [
    ['moe', 'moe OR "mixture of experts"'],
    ['large language model', 'large language model OR llm'],
    ['llm since:2024', '(llm OR "large language model") since:2024'],
  ]) {
    const one = await say(`search ${typed}`);
    const alike = await press(one, 'Short and long form');
    expect(alike.summary).toContain(` for ${both}.`);
    expect(labelsOf(alike)).not.toContain('Short and long form');
  }
  for (const nothing of ['model merging', 'mixture of experts']) {
    expect(labelsOf(await say(`search ${nothing}`))).not.toContain('Short and long form');
  }
});

test('a word that hardly any paper has asks whether a usual one was meant', async () => {
  const { say, press } = await openScene();
  const found = await say('search draining');
  expect(found.summary).toBe('1 paper for draining. Did you mean training?');
  expect(labelsOf(found)).toEqual(['Search that', 'Share here']);
  const meant = await press(found, 'Search that');
  expect(meant.summary).toMatch(/^\d\d papers for training\./);
});

test('a long list turns its pages, and repeats no paper', async () => {
  const { say, press } = await openScene();
  const first = await say('search model sort:top');
  expect(first.summary).toMatch(/Page 1 of \d\d\.$/);
  expect(labelsOf(first)).toEqual(['Next ▶', 'Share here']);
  const second = await press(first, 'Next ▶');
  expect(second.summary).toContain('Page 2 of');
  expect(labelsOf(second)).toEqual(['◀ Previous', 'Next ▶', 'Share here']);
  expect(papersOf(second).map(({ number }) => number)).toEqual([6, 7, 8, 9, 10]);
  const both = [...titlesOf(first), ...titlesOf(second)];
  expect(new Set(both).size).toBe(10);
  expect(titlesOf(await press(second, '◀ Previous'))).toEqual(titlesOf(first));
});

test('a page past the end is the last page', async () => {
  const { say } = await openScene();
  const { summary } = await say('search model');
  const last = Number(/of (\d+)\.$/.exec(summary)?.[1]);
  const past = await say('search model page:9999');
  expect(past).toEqual({ ...(await say(`search model page:${last}`)), blocks: expect.anything() });
  expect(past.summary).toContain(`Page ${last} of ${last}.`);
  expect(papersOf(past)[0]?.number).toBe((last - 1) * 5 + 1);
  expect(labelsOf(past)).toEqual(['◀ Previous', 'Share here']);
  expect((await say('search "model merging" page:10')).summary).toBe(
    '3 papers for "model merging".',
  );
});

test('only who shares a search shows it to everyone, and its pages stay shared', async () => {
  const { say, press } = await openScene();
  const own = await say('search model share:no');
  expect(own.visibility).toBe('asker');
  const shared = await press(own, 'Share here');
  expect(shared.visibility).toBe('channel');
  expect(labelsOf(shared)).toEqual(['Next ▶']);
  expect((await press(shared, 'Next ▶')).visibility).toBe('channel');
  expect(await say('search model share:yes')).toEqual(shared);
  expect(runOf(own, 'Next ▶').invocation.args).not.toHaveProperty('share');
});

test('a wrong argument gets a sentence with a right example', async () => {
  const scene = await openScene();
  await expectMistakes(scene, [
    {
      wrong: 'search',
      sentence: 'query is missing, for example “model merging since:2024”.',
      example: 'model merging since:2024',
      right: 'search model merging since:2024',
    },
    {
      wrong: 'search model share:banana',
      sentence: 'share must be yes or no, for example share:yes.',
      example: 'share:yes',
      right: 'search model share:yes',
    },
    {
      wrong: 'search model page:0',
      sentence: 'page must be a whole number from 1 to 10000, for example page:2.',
      example: 'page:2',
      right: 'search model page:2',
    },
    {
      wrong: 'search "model merging',
      sentence: 'Character 1: this quote is never closed; for example: "model merging"',
      example: '"model merging"',
      right: 'search "model merging"',
    },
    {
      wrong: 'search merging since:soon',
      sentence:
        'Character 9: since: takes a date or a time back, such as 2024, 2024-05-17, 30d, 2w or last-week, not “soon”; for example: since:30d',
      example: 'since:30d',
      right: 'search merging since:30d',
    },
    {
      wrong: 'search colour:red',
      sentence:
        'Character 1: there is no field “colour:”, only author:, category:, since:, until:, upvotes:, has:, source:, topic:, seen:, saved:, sort:; quotes make it text; for example: "colour:red"',
      example: '"colour:red"',
      right: 'search "colour:red"',
    },
  ]);
  const long = await scene.say(`search ${'a'.repeat(501)}`);
  expect(wordsOf(long)).toContain('query is longer than 500 characters; shorten it.');
});
