import { expect, test } from 'vitest';
import type { Block } from '../../src/reply/reply.ts';
import { expectMistakes } from './mistakes.ts';
import { labelsOf, openScene, papersOf, titlesOf, wordsOf } from './scene.ts';

const codesOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'code' ? [block.text] : []));

test('a paper is saved by a button of it, once however often it is pressed, and taken back', async () => {
  const scene = await openScene();
  const { say, press, house } = scene;
  expect((await say('saved')).summary).toMatch(/^You saved no paper yet; /);
  const [paper] = papersOf(await say('search "model merging"'));
  const button = paper?.buttons.find(({ label }) => label === 'Save');
  if (button?.kind !== 'run') throw new Error('no Save button');
  const pressed = () => house.desk.dispatch.invocation(button.invocation, scene.actor, scene.place);
  const saved = await pressed();
  expect(saved.summary).toMatch(/^Saved Evolutionary Optimization/);
  expect(saved.visibility).toBe('asker');
  expect((await pressed()).summary).toMatch(/is on your list already/);
  await say('save 2407.09435');
  const list = await press(saved, 'Your list');
  expect(list.summary).toBe('You saved 2 papers, the newest first.');
  expect(titlesOf(list)).toHaveLength(2);
  expect((await press(saved, 'Undo')).summary).toMatch(/is off your list\.$/);
  expect((await press(saved, 'Undo')).summary).toMatch(/is not on your list\.$/);
  expect(titlesOf(await say('saved'))).toEqual([expect.stringMatching(/^MUSCLE/)]);
  const back = await press(await say('save 2407.09435 remove:yes'), 'Undo');
  expect(back.summary).toMatch(/^Saved MUSCLE/);
});

test('saved:me finds what the asker saved, and nobody else’s', async () => {
  const scene = await openScene();
  const bo = scene.as({ actor: { id: 'U2', name: 'Bo' } });
  await scene.say('save 2407.09435');
  await bo.say('save 2403.13187');
  expect(titlesOf(await scene.say('search saved:me'))).toEqual([expect.stringMatching(/^MUSCLE/)]);
  expect((await scene.say('search saved:me merging')).summary).toMatch(/^No(?:ne| paper)/);
  expect((await bo.say('search saved:me merging')).summary).toBe('1 paper for saved:me merging.');
  const others = await bo.say('search merging -saved:me');
  expect(others.summary).toMatch(/^\d papers for merging -saved:me\./);
  expect(titlesOf(others).join()).not.toMatch(/Evolutionary Optimization/);
});

test('the list is cited as BibTeX, page by page', async () => {
  const { say, press } = await openScene();
  for (const paper of papersOf(await say('search model sort:top'))) await say(`save ${paper.id}`);
  for (const paper of papersOf(await say('search model sort:top page:2')))
    await say(`save ${paper.id}`);
  const list = await say('saved');
  expect(labelsOf(list)).toEqual(['Next ▶', 'BibTeX']);
  const cited = await press(list, 'BibTeX');
  expect(codesOf(cited.blocks)).toHaveLength(5);
  expect(codesOf(cited.blocks)[0]).toMatch(/^@misc\{[a-z]+\d{4}[a-z]+,\n {2}title = \{\{/);
  const next = await press(cited, 'Next ▶');
  expect(next.summary).toContain('Page 2 of 2.');
  expect(codesOf(next.blocks)).toHaveLength(5);
});

test('a vote counts once in a channel, is changed by another and undone to what it was', async () => {
  const scene = await openScene();
  const { say, press } = scene;
  const show = await say('show 2407.09435');
  const [paper] = papersOf(show);
  expect(paper?.buttons.map(({ label }) => label)).toContain('👎');
  expect((await say('vote 2407.09435')).summary).toMatch(/^You are for MUSCLE.* 👍 1, 👎 0\.$/);
  expect(labelsOf(await say('vote 2407.09435 vote:up'))).toEqual([]);
  const bo = scene.as({ actor: { id: 'U2', name: 'Bo' } });
  await bo.say('vote 2407.09435');
  const down = await say('vote 2407.09435 vote:down');
  expect(down.summary).toMatch(/^You are against MUSCLE.* in #general: 👍 1, 👎 1\.$/);
  expect((await press(down, 'Undo')).summary).toMatch(/^You are for .*👍 2, 👎 0\.$/);
  const none = await say('vote 2407.09435 vote:none');
  expect(none.summary).toMatch(/^You are neither for nor against .*👍 1, 👎 0\.$/);
});

test('a wrong argument gets a sentence with a right example', async () => {
  const scene = await openScene();
  await expectMistakes(scene, [
    {
      wrong: 'save 2407.09435 remove:maybe',
      sentence: 'remove must be yes or no, for example remove:yes.',
      example: 'remove:yes',
      right: 'save 2407.09435 remove:yes',
    },
    {
      wrong: 'vote 2407.09435 vote:maybe',
      sentence: 'vote must be one of up, down, none, for example vote:down.',
      example: 'vote:down',
      right: 'vote 2407.09435 vote:down',
    },
    {
      wrong: 'saved format:ris',
      sentence: 'format must be one of papers, bibtex, for example format:bibtex.',
      example: 'format:bibtex',
      right: 'saved format:bibtex',
    },
  ]);
  await scene.say('save 2407.09435');
  expect(wordsOf(await scene.say('saved format:bibtex'))).toContain('@misc{');
});
