/** What a channel's settings do to its digests, by a clock that the test sets. */

import { beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../src/reply/reply.ts';
import { tell } from '../commands/papers.ts';
import { openScene, type Scene, titlesOf, wordsOf } from '../commands/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ PAPERBOY_TIMEZONE: 'UTC' });
  scene = scene.as({ actor: { timezone: async () => 'UTC' } });
  await scene.say('subscribe kernels anyway:yes');
});

/** New papers, with so many upvotes each. */
const bring = (...papers: readonly [n: number, upvotes: number][]) =>
  tell(
    scene.house,
    papers.map(([n, upvotes]) => ({ id: `2611.0000${n}`, title: `Kernels ${n}`, upvotes })),
  );

function at(instant: string): void {
  scene.house.clock.now = new Date(`${instant}Z`);
}

async function tick(instant: string): Promise<void> {
  at(instant);
  await scene.house.services.digests.tick();
}

async function posted(): Promise<Reply[]> {
  const messages = await scene.house.messages.page('general', 50);
  return messages.flatMap(({ said }) => (said?.by === 'paperboy' ? said.reply : []));
}

test('a paper waits for the delay, comes once, and with the votes it has by then', async () => {
  await scene.say('schedule delay:2d on:daily');
  await bring([1, 0], [2, 5]);
  await tick('2026-11-24T09:00');
  expect(await posted()).toEqual([]);
  await bring([1, 9], [2, 5]);
  await tick('2026-11-25T09:00');
  await tick('2026-11-26T09:00');
  expect((await posted()).map(titlesOf)).toEqual([['Kernels 1', 'Kernels 2']]);
});

test('a delay taken away loses no paper that the last weekly digest did not reach', async () => {
  await scene.say('schedule frequency:weekly on:mon delay:3d');
  at('2026-11-28T12:00');
  await bring([1, 1]);
  await tick('2026-11-30T09:00');
  expect(await posted()).toEqual([]);
  await scene.say('schedule delay:none');
  await tick('2026-12-07T09:00');
  expect((await posted()).map(titlesOf)).toEqual([['Kernels 1']]);
});

test('the minimum of the channel holds for topics without their own', async () => {
  await scene.say('schedule min-upvotes:5');
  await scene.say('subscribe pruning min-upvotes:0 anyway:yes');
  await bring([1, 4], [2, 5]);
  await tick('2026-11-23T09:00');
  expect((await posted()).flatMap(titlesOf)).toContain('Kernels 2');
  expect((await posted()).flatMap(titlesOf)).not.toContain('Kernels 1');
});

test('instant digests come with the minute, never over the top an hour, and none is empty', async () => {
  await scene.say('schedule frequency:instant top:2');
  await tick('2026-11-23T06:01');
  expect(await posted()).toEqual([]);
  await bring([1, 1]);
  await tick('2026-11-23T06:02');
  await bring([2, 2], [3, 3], [4, 4]);
  await tick('2026-11-23T06:03');
  await tick('2026-11-23T06:04');
  expect((await posted()).map(titlesOf)).toEqual([['Kernels 1'], ['Kernels 4']]);
  await tick('2026-11-23T07:04');
  await tick('2026-11-23T07:05');
  expect((await posted()).map(titlesOf)).toEqual([
    ['Kernels 1'],
    ['Kernels 4'],
    ['Kernels 3', 'Kernels 2'],
  ]);
});

test('an instant channel that was quiet hears of a topic, of votes and of papers it could not have yet', async () => {
  await scene.say('schedule frequency:instant top:9 min-upvotes:3');
  const gardening = { id: '2611.00009', title: 'Gardening', upvotes: 3 };
  await tell(scene.house, [gardening]);
  await bring([1, 2]);
  await tick('2026-11-23T06:01');
  await tick('2026-11-23T06:02');
  expect(await posted()).toEqual([]);
  await scene.say('subscribe gardening anyway:yes');
  await tick('2026-11-23T06:03');
  await bring([1, 3]);
  await tick('2026-11-23T06:04');
  // Stored by an instance whose clock is ahead.
  at('2026-11-23T06:07');
  await bring([2, 4]);
  await tick('2026-11-23T06:05');
  await tick('2026-11-23T06:06');
  const titles = async () => (await posted()).map(titlesOf);
  expect(await titles()).toEqual([['Gardening'], ['Kernels 1']]);
  await tick('2026-11-23T06:07');
  expect(await titles()).toEqual([['Gardening'], ['Kernels 1'], ['Kernels 2']]);
});

test('a channel that turns from daily to instant to weekly gets every paper once', async () => {
  await bring([1, 1]);
  await tick('2026-11-23T09:00');
  at('2026-11-23T10:00');
  await bring([2, 1]);
  at('2026-11-23T11:00');
  await scene.say('schedule frequency:instant');
  await tick('2026-11-23T11:01');
  at('2026-11-23T11:02');
  await bring([3, 1]);
  await scene.say('schedule frequency:weekly on:sun');
  await tick('2026-11-29T09:00');
  expect((await posted()).map(titlesOf)).toEqual([['Kernels 1'], ['Kernels 2'], ['Kernels 3']]);
});

test('the last digest of a week tells of its days without papers, where the channel wants that', async () => {
  await scene.say('schedule empty:weekly');
  for (const day of [23, 24, 25, 26]) await tick(`2026-11-${day}T09:00`);
  expect(await posted()).toEqual([]);
  await tick('2026-11-27T09:00');
  const [summary] = await posted();
  if (!summary) throw new Error('No summary was posted');
  expect(wordsOf(summary).split('\n')).toEqual([
    'Days without papers this week:',
    ...[23, 24, 25, 26, 27].map((day) => `${day} Nov 2026: 96 new papers looked at, none matched`),
  ]);
  at('2026-11-30T08:00');
  await bring([1, 1]);
  await tick('2026-11-30T09:00');
  for (const day of ['01', '02', '03']) await tick(`2026-12-${day}T09:00`);
  at('2026-12-04T08:00');
  await bring([2, 1]);
  await tick('2026-12-04T09:00');
  const [, monday, friday] = await posted();
  expect(monday && wordsOf(monday)).not.toContain('Days without papers');
  expect(friday && wordsOf(friday)).toContain('Days without papers this week:\n1 Dec 2026: ');
});

test('a thread has its titles in the channel and its papers under them', async () => {
  await scene.say('schedule layout:thread');
  await bring([1, 3], [2, 1]);
  await tick('2026-11-23T09:00');
  const [head, papers] = await posted();
  expect(head && wordsOf(head)).toContain('Kernels 1 ▲ 3\nKernels 2 ▲ 1');
  expect(papers && titlesOf(papers)).toEqual(['Kernels 1', 'Kernels 2']);
});
