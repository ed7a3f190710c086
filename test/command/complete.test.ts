/** What a query offers while it is typed, over the real bot. */
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createComplete } from '../../src/command/complete.ts';
import { channelRef } from '../../src/model/channel.ts';
import { openScene } from '../commands/scene.ts';

const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'general' });

async function open() {
  const scene = await openScene();
  await scene.say('subscribe merging OR recipes');
  const complete = createComplete(commands, scene.house.services);
  return async (typed: string, kind: 'query' | 'topic' = 'query') =>
    (await complete(kind, typed, channel, 8)).map(({ value }) => value);
}

test('a query offers its fields, then their values, and keeps what stands before', async () => {
  const offered = await open();
  expect(await offered('')).toContain('author:');
  expect((await offered('model merging s')).slice(0, 5)).toEqual(
    ['since', 'source', 'seen', 'saved', 'sort'].map((name) => `model merging ${name}:`),
  );
  expect(await offered('merging -(CAT')).toEqual(['merging -(category:']);
  expect(await offered('merging -category:cs.c')).toEqual([
    'merging -category:cs.CL',
    'merging -category:cs.CV',
  ]);
  expect(await offered('sort:n')).toEqual(['sort:new']);
  expect(await offered('sort:new')).toEqual([]);
  expect(await offered('"an open phrase s')).toEqual([]);
});

test('a query of words alone offers the papers whose title or authors they may be', async () => {
  const offered = await open();
  const merging = 'arxiv:2403.13187';
  for (const typed of [
    'evolutionary opt',
    'merging evol',
    'akiba merg',
    'Evolutionary Optimization of Model',
  ])
    expect.soft(await offered(typed), typed).toContain(merging);
  for (const typed of ['evo', '"evolutionary opt', 'evolutionary -opt', 'category:cs.NE evol'])
    expect.soft(await offered(typed), typed).not.toContain(merging);
  expect(await offered('UL2: unif')).toEqual(['arxiv:2205.05131']);
  expect(await offered('evolutionary opt', 'topic')).not.toContain(merging);
});

test('topics of the channel and curated ones are values, and so are authors, in quotes', async () => {
  const offered = await open();
  expect(await offered('x topic:merging')).toEqual(
    expect.arrayContaining(['x topic:model-merging', 'x topic:merging-recipes']),
  );
  expect(await offered('author:akib')).toEqual(['author:"Takuya Akiba"']);
  expect(await offered('merging-r', 'topic')).toEqual(['merging-recipes']);
  expect(await offered('diffusion cat', 'topic')).toEqual(['diffusion category:']);
});
