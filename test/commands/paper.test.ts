/** show, similar and trending. */
import { expect, test } from 'vitest';
import { expectMistakes } from './mistakes.ts';
import { labelsOf, openScene, papersOf, titlesOf, wordsOf } from './scene.ts';

const MUSCLE = 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution';

test('a paper is shown by its id, its link or words of its title', async () => {
  const { say } = await openScene();
  for (const wanted of [
    '2407.09435',
    'arxiv:2407.09435v2',
    'https://arxiv.org/abs/2407.09435',
    'https://arxiv.org/pdf/2407.09435v1.pdf',
    'https://huggingface.co/papers/2407.09435',
    'muscle model update strategy',
    MUSCLE,
  ]) {
    const reply = await say(`show ${wanted}`);
    expect.soft(titlesOf(reply), wanted).toEqual([MUSCLE]);
    expect.soft(reply.summary, wanted).toBe(MUSCLE);
  }
});

test('a paper without an id of its own is found by its title and shown by its button', async () => {
  const { say, house, actor, place } = await openScene();
  const { hits } = await house.services.catalogue.trending(undefined, { offset: 0, limit: 96 });
  const untold = hits.map(({ paper }) => paper).find(({ id }) => id.startsWith('title:'));
  if (!untold) throw new Error('Every paper has an id');
  const invocation = { command: 'show', args: { paper: untold.id } };
  const shown = await house.desk.dispatch.invocation(invocation, actor, place);
  expect(titlesOf(shown)).toEqual([untold.title]);
  expect(titlesOf(await say(`show ${untold.title}`))).toEqual([untold.title]);
});

test('a paper on its own shows more of its abstract, and no button to show it', async () => {
  const { say } = await openScene();
  const [paper] = papersOf(await say('show 2407.09435'));
  expect(paper?.buttons.map(({ label }) => label)).toEqual(['Similar', 'Save', '👍', '👎', 'Link']);
  expect(paper?.body.map(({ text }) => text).join('')).toMatch(/^Large Language Models/);
  expect(paper?.body.map(({ text }) => text).join('').length).toBeGreaterThan(600);
  expect(paper).toMatchObject({ url: 'https://arxiv.org/abs/2407.09435' });
});

test('words that fit several papers are answered with those', async () => {
  const { say } = await openScene();
  const reply = await say('show models');
  expect(reply.summary).toBe('Several papers fit models; which one?');
  expect(titlesOf(reply)).toHaveLength(5);
  const [first] = papersOf(reply);
  expect(first?.buttons.map(({ label }) => label)).toContain('Show');
});

test('similar papers say what they share, leave out the paper itself and turn pages', async () => {
  const { say, press } = await openScene();
  const first = await say('similar 2407.09435');
  expect(first.summary).toMatch(/^Similar to MUSCLE: .*\. Page 1 of \d+\.$/);
  expect(titlesOf(first)).not.toContain(MUSCLE);
  expect(wordsOf(first)).toMatch(/\nshares \w+/);
  const second = await press(first, 'Next ▶');
  expect(second.summary).toContain('Page 2 of');
  expect(titlesOf(second).some((title) => titlesOf(first).includes(title))).toBe(false);
  const past = await say('similar 2407.09435 page:10000');
  expect(past.summary).toMatch(/Page (\d+) of \1\.$/);
  expect(papersOf(past).length).toBeGreaterThan(0);
});

test('what is trending is counted from now, and of all time where the period has nothing', async () => {
  const { say, house } = await openScene();
  house.clock.now = new Date('2024-10-10T12:00:00Z');
  for (const [line, says] of [
    ['trending month', 'The most upvoted papers of the last month.'],
    ['trending', 'The most upvoted papers of the last week.'],
    ['trending fortnight', 'period must be one of day, week, month, year, all'],
    ['trending ALL', 'The most upvoted papers of all time. Page 1 of 20.'],
    ['trending all', 'The most upvoted papers of all time. Page 1 of 20.'],
  ] as const) {
    expect.soft((await say(line)).summary, line).toContain(says);
  }
  house.clock.now = new Date('2026-11-23T06:00:00Z');
  const none = await say('trending year');
  expect(none.summary).toBe(
    'No paper of the last year yet; the most upvoted of all time. Page 1 of 20.',
  );
  expect(titlesOf(none)[0]).toMatch(/^NVLM/);
  const votes = papersOf(none).map(({ facts }) => Number(facts.at(-1)?.replace('▲ ', '')));
  expect(votes).toEqual(votes.toSorted((a, b) => b - a));
});

test('what is trending turns pages, the last one past the end', async () => {
  const { say, press } = await openScene();
  const past = await say('trending all page:400');
  expect(past.summary).toContain('Page 20 of 20.');
  expect(papersOf(past).map(({ number }) => number)).toEqual([96]);
  const before = await press(past, '◀ Previous');
  expect(papersOf(before).map(({ number }) => number)).toEqual([91, 92, 93, 94, 95]);
});

test('each is shared by who chooses to', async () => {
  const { say, press } = await openScene();
  for (const line of ['show 2407.09435', 'similar 2407.09435', 'trending all']) {
    const own = await say(line);
    expect.soft(own.visibility, line).toBe('asker');
    expect.soft((await press(own, 'Share here')).visibility, line).toBe('channel');
    const shared = await say(`${line} share:true`);
    expect.soft(shared.visibility, line).toBe('channel');
    expect.soft(labelsOf(shared), line).not.toContain('Share here');
  }
});

test('a paper of arXiv that is not known is one that can be brought', async () => {
  const { say } = await openScene();
  expect((await say('show https://arxiv.org/abs/9999.99999v2')).summary).toBe(
    'There is no “https://arxiv.org/abs/9999.99999v2” among the 96 papers I know; “submit 9999.99999” brings it from arXiv.',
  );
});

test('a wrong argument gets a sentence with a right example', async () => {
  const unknown = (wanted: string) =>
    `There is no “${wanted}” among the 96 papers I know; give an arXiv id or words of a title, for example “show 2407.09435”.`;
  const example = '2407.09435';
  await expectMistakes(await openScene(), [
    {
      wrong: 'show',
      sentence: 'paper is missing, for example “2407.09435”.',
      example,
      right: 'show 2407.09435',
    },
    { wrong: 'show zzzqqq', sentence: unknown('zzzqqq'), example, right: 'show 2407.09435' },
    {
      wrong: 'similar',
      sentence: 'paper is missing, for example “2407.09435”.',
      example,
      right: 'similar 2407.09435',
    },
    { wrong: 'similar zzzqqq', sentence: unknown('zzzqqq'), example, right: 'similar 2407.09435' },
    {
      wrong: 'similar 2407.09435 page:first',
      sentence: 'page must be a whole number from 1 to 10000, for example page:2.',
      example: 'page:2',
      right: 'similar 2407.09435 page:2',
    },
    {
      wrong: 'show 2407.09435 share:banana',
      sentence: 'share must be yes or no, for example share:yes.',
      example: 'share:yes',
      right: 'show 2407.09435 share:yes',
    },
    {
      wrong: 'trending decade',
      sentence: 'period must be one of day, week, month, year, all, for example trending month.',
      example: 'trending month',
      right: 'trending month',
    },
    {
      wrong: 'trending share:maybe',
      sentence: 'share must be yes or no, for example share:yes.',
      example: 'share:yes',
      right: 'trending share:yes',
    },
  ]);
});
