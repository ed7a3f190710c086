/** owner, and settings export, import and copy. */
import { expect, test } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import { expectMistakes } from './mistakes.ts';
import { openScene, runOf, type Scene, wordsOf } from './scene.ts';

const subscriptions = ({ house, place }: Scene) =>
  house.services.channels.subscriptions(place.channel);
const owners = async (scene: Scene) =>
  (await subscriptions(scene)).map(({ topic, owner, ownerName }) => [topic, owner, ownerName]);

async function exported(scene: Scene): Promise<string> {
  const block = (await scene.say('settings export')).blocks.find(({ kind }) => kind === 'code');
  if (block?.kind !== 'code') throw new Error('Nothing was exported');
  return block.text;
}

const elsewhere = (scene: Scene) =>
  scene.as({
    place: {
      channel: channelRef({ platform: 'local', workspace: 'local', channel: 'reading' }),
      name: '#reading',
    },
  });

test.each([
  ['<@U2|grace>', 'U2', 'grace'],
  ['<@!80351110224678912>', '80351110224678912', undefined],
  ['@grace', 'grace', 'grace'],
])('a channel is handed over to %s, and back', async (written, id, name) => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('subscribe pruning');
  const given = await scene.say(`owner ${written}`);
  expect(given.summary).toBe(
    `${name ?? id} now owns model-merging, pruning in #general, and is told when a digest cannot be posted.`,
  );
  expect(await owners(scene)).toEqual([
    ['model-merging', id, name],
    ['pruning', id, name],
  ]);
  await scene.press(given, 'Undo');
  expect(await owners(scene)).toEqual([
    ['model-merging', 'U1', 'Ada'],
    ['pruning', 'U1', 'Ada'],
  ]);
});

test('where people and channels have ids a bare name names nobody, and nothing is handed over', async () => {
  const scene = (await openScene()).as({ place: { hasReferences: true } });
  await scene.say('subscribe model-merging');
  expect((await scene.say('owner @grace')).summary).toBe(
    '“@grace” names no one person I can find; type @ and take the name from the list, for example “owner @ada”.',
  );
  expect((await scene.say('settings copy papers')).summary).toBe(
    '“papers” names no one channel; say for example “settings copy #papers”.',
  );
  expect(await owners(scene)).toEqual([['model-merging', 'U1', 'Ada']]);
});

test('one topic is handed over alone, and anybody who manages the channel sees who owns what', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('subscribe pruning');
  await scene.say('owner <@U2|grace> topic:pruning');
  expect((await scene.say('owner')).summary).toBe(
    'Owned in #general: model-merging by Ada, pruning by grace.',
  );
});

test('settings go from one channel to another by their text, after the difference was seen, and come back', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging top:2');
  await scene.say('subscribe topic:model-merging -survey');
  await scene.say('schedule at:07:30 delay:2d empty:line answers:channel');
  const json = await exported(scene);
  const there = elsewhere(scene);
  await there.say('subscribe pruning');
  const before = await exported(there);
  const asked = await there.say(`settings import ${json}`);
  expect(wordsOf(asked).split('\n').slice(0, -1)).toEqual([
    'This would change #reading:',
    '− every weekday at 09:00 (Europe/Berlin)',
    expect.stringMatching(/^− pruning: /),
    '+ every weekday at 07:30 (Europe/Berlin)',
    '+ 2 days after a paper came, so that votes collect',
    '+ with a line on days without papers',
    '+ with questions answered in the channel',
    expect.stringMatching(/^\+ model-merging: .*, at most 2 a digest$/),
    '+ topic-model-merging: topic:model-merging -survey',
  ]);
  expect(await exported(there)).toBe(before);
  const done = await there.press(asked, 'Change it');
  expect(await exported(there)).toBe(json);
  await there.press(done, 'Undo');
  expect(await exported(there)).toBe(before);
});

test('whoever undoes an import of settings leaves each topic to its owner before', async () => {
  const scene = await openScene();
  await scene.say('subscribe pruning');
  await scene.say('subscribe model-merging');
  await scene.say('owner <@U2|grace> topic:pruning');
  const before = await owners(scene);
  const eve = scene.as({ actor: { id: 'U9', name: 'Eve' } });
  const json = await exported(elsewhere(scene));
  const asked = await eve.say(`settings import ${json}`);
  const done = await eve.press(asked, 'Change it');
  expect(await owners(scene)).toEqual([]);
  await eve.press(done, 'Undo');
  expect((await owners(scene)).toSorted()).toEqual(before.toSorted());
});

test('settings are copied from a channel in which the person owns a topic, and from no other', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const there = elsewhere(scene);
  const stranger = there.as({ actor: { id: 'U9', name: 'Eve' } });
  expect((await stranger.say('settings copy #general')).summary).toContain('are not yours to take');
  const asked = await there.say('settings copy #general');
  await there.press(asked, 'Change it');
  expect(await exported(there)).toBe(await exported(scene));
  expect((await there.say('settings copy #general')).summary).toBe(
    '#reading has exactly these settings already.',
  );
});

test('settings too long to be typed are copied all the same, and undone', async () => {
  const scene = await openScene();
  const words = Array.from({ length: 60 }, (_, i) => `merging${i}`).join(' OR ');
  for (const n of [1, 2, 3, 4])
    await scene.say(`subscribe topic${n} OR ${words.slice(0, 450)} anyway:yes`);
  expect((await scene.say('settings export')).summary).toBe(
    'All of #general is too long for one message; “settings copy” in another channel brings it there.',
  );
  const there = elsewhere(scene);
  const carrier = scene.house.desk.carrier;
  const asked = await there.say('settings copy #general');
  const load = carrier.load(100);
  const carried = load.carry(runOf(asked, 'Change it').invocation);
  await load.save();
  const { dispatch } = scene.house.desk;
  const done = await dispatch.invocation(await carrier.unload(carried), there.actor, there.place);
  expect(done.summary).toBe('#reading is changed:');
  expect(await subscriptions(there)).toHaveLength(4);
  await there.press(done, 'Undo');
  expect(await subscriptions(there)).toEqual([]);
});

test('what is exported names no person and holds its version', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const json = await exported(scene);
  expect(json).not.toContain('U1');
  expect(JSON.parse(json)).toMatchObject({ paperboy: 1, topics: [{ topic: 'model-merging' }] });
});

test('a wrong argument gets a sentence with a right example, and changes nothing', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const json = await exported(scene);
  const fault = (what: string) =>
    `These settings cannot be brought in, because ${what}; take what “settings export” gives.`;
  const right = { example: 'settings export', right: 'settings export' };
  await expectMistakes(scene, [
    { ...right, wrong: 'settings import {"a"', sentence: fault('it is not JSON') },
    {
      ...right,
      wrong: `settings import ${json.replace('"paperboy":1', '"paperboy":2')}`,
      sentence: fault('paperboy is not right'),
    },
    {
      ...right,
      wrong: `settings import ${json.replace('Europe/Berlin', 'Mars/Phobos')}`,
      sentence: fault('schedule.timezone is not right'),
    },
    {
      wrong: 'settings copy #a/b',
      sentence: '“#a/b” names no one channel; say for example “settings copy #papers”.',
      example: 'settings copy #papers',
      right: 'settings copy #papers',
    },
    {
      ...right,
      wrong: 'settings forget',
      sentence: '“forget” is nothing to do with settings; say for example “settings export”.',
    },
    {
      wrong: 'owner <@U1> <@U2>',
      sentence:
        '“<@U1> <@U2>” names no one person I can find; type @ and take the name from the list, for example “owner @ada”.',
      example: 'owner @ada',
      right: 'owner @ada',
    },
  ]);
  expect(await exported(scene)).toBe(json);
});
