/** help, what a wrong command gets, and what every command keeps to. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { offered } from '../../src/command/description.ts';
import { expectMistakes, isMistake } from './mistakes.ts';
import { labelsOf, openScene, wordsOf } from './scene.ts';

/** So that `read` finds its example without asking arXiv. */
const PAPERBOY_PAPERS_DIR = fileURLToPath(new URL('../fixtures/papers', import.meta.url));

test('help lists every command, and an empty line is help', async () => {
  const { say, house } = await openScene();
  const help = await say('help');
  expect(help.visibility).toBe('asker');
  for (const { name, describe } of offered(house.desk.commands))
    expect.soft(wordsOf(help)).toContain(`/paper ${name}: ${describe}`);
  expect(await say('')).toEqual(help);
});

test('help explains each command: what it takes, an example of each, and right lines', async () => {
  const { say, house } = await openScene();
  for (const { name, describe, examples, rights } of house.desk.commands) {
    const words = wordsOf(await say(`help ${name}`));
    expect.soft(words).toContain(`${describe}.`);
    for (const example of examples) expect.soft(words).toContain(`/paper ${example}`);
    expect.soft(words.includes('Needs the right to manage'), name).toBe(rights === 'manage');
  }
  const subscribe = wordsOf(await say('help subscribe'));
  expect(subscribe).toContain('top (optional): At most this many of its papers a digest');
  expect(subscribe).not.toContain('anyway');
  expect(wordsOf(await say('help /paper subscribe'))).toBe(subscribe);
  expect(wordsOf(await say('help SUBSCRIBE'))).toBe(subscribe);
});

test('every example that help shows works', async () => {
  const { say, house } = await openScene({ PAPERBOY_PAPERS_DIR });
  await say('subscribe model-merging');
  for (const { name, examples } of house.desk.commands) {
    for (const example of examples) {
      const words = wordsOf(await say(example));
      expect.soft(isMistake(words), `${example} → ${words}`).toBe(false);
      if (name === 'unsubscribe') await say('subscribe model-merging');
    }
  }
});

test('a mistake leads to the help of its command, one about help to all of it', async () => {
  const { say } = await openScene();
  for (const [line, help] of [
    ['show', '/paper help show shows'],
    ['/paper show', '/paper help show shows'],
    ['help schdule', '/paper help shows'],
  ] as const)
    expect.soft(wordsOf(await say(line)), line).toContain(help);
});

test('a word that is nearly a command offers it, any other a search', async () => {
  const { say, press } = await openScene();
  for (const [line, says, label] of [
    ['serach merging', 'Did you mean /paper search merging?', 'Run search'],
    ['subscibe model-merging', 'Did you mean /paper subscribe model-merging?', 'Run subscribe'],
    ['statis', 'Did you mean /paper status?', 'Run status'],
    ['model merging', 'Did you mean /paper search model merging?', 'Run search'],
  ] as const) {
    const reply = await say(line);
    expect.soft(reply.summary, line).toContain(says);
    expect.soft(labelsOf(reply), line).toEqual([label, 'Ask it', 'Help']);
    expect.soft(wordsOf(reply), line).toContain('The commands are search, ask, show,');
    expect.soft(isMistake(wordsOf(await press(reply, label))), line).toBe(false);
  }
  const help = await press(await say('xyzzy'), 'Help');
  expect(wordsOf(help)).toContain('Paperboy brings research papers');
});

test('a suggestion that does not fit its command leads to help for it', async () => {
  const { say, press } = await openScene();
  const reply = await say('statsu of this channel');
  expect(wordsOf(await press(reply, 'Run status'))).toContain('/paper status\nHow this channel');
});

test('help for what is no command names the nearest', async () => {
  await expectMistakes(await openScene(), [
    {
      wrong: 'help subscrbe',
      sentence: 'There is no command “subscrbe”. Did you mean “help subscribe”?',
      example: 'help subscribe',
      right: 'help subscribe',
    },
    {
      wrong: 'help xyzzy',
      sentence: 'There is no command “xyzzy”. “help” lists them all.',
      example: 'help',
      right: 'help',
    },
  ]);
});

test('a button of a command that is gone is answered in words', async () => {
  const { house, actor, place } = await openScene();
  const reply = await house.desk.dispatch.invocation({ command: 'poll', args: {} }, actor, place);
  expect(reply.summary).toBe('There is no command “poll” any more; see “help”.');
});

test('arguments come typed as well as written', async () => {
  const { house, actor, place, say } = await openScene();
  const invoke = (command: string, args: Record<string, string | number | boolean>) =>
    house.desk.dispatch.invocation({ command, args }, actor, place);
  expect((await invoke('search', { query: 'model', page: 2, share: true })).summary).toBe(
    (await say('search model page:2 share:yes')).summary,
  );
  expect((await invoke('subscribe', { topic: 'pruning', top: 2 })).summary).toContain(
    'now follows pruning (at most 2 a digest)',
  );
  expect((await invoke('subscribe', { topic: 'pruning', top: 2.5 })).summary).toBe(
    'top must be a whole number from 1 to 20, for example top:3.',
  );
});

test('who may not manage the channel changes nothing there, and may do all else', async () => {
  const scene = await openScene({ PAPERBOY_PAPERS_DIR });
  await scene.say('subscribe model-merging');
  const { channels, editions } = scene.house.services;
  const state = async () => [
    await channels.settings(scene.place.channel),
    await channels.subscriptions(scene.place.channel),
    await editions.latest(scene.place.channel),
  ];
  const before = await state();
  const guest = scene.as({ actor: { mayManage: async () => false } });
  for (const { name, rights, examples } of scene.house.desk.commands) {
    const reply = await guest.say(examples[0]);
    if (rights === 'manage') {
      expect
        .soft(reply.summary, name)
        .toBe(`Only people who may manage #general can use “${name}” here; ask one of them.`);
      expect.soft(reply.visibility, name).toBe('asker');
    } else expect.soft(isMistake(wordsOf(reply)), name).toBe(false);
  }
  expect(await state()).toEqual(before);
  const managed = scene.house.desk.commands.filter(({ rights }) => rights === 'manage');
  expect(managed.map(({ name }) => name)).toEqual([
    'subscribe',
    'unsubscribe',
    'schedule',
    'pause',
    'resume',
    'digest',
    'owner',
    'settings',
    'source',
  ]);
});

test('where the bot cannot post, nothing that would make it post is accepted', async () => {
  const scene = await openScene();
  const obstacle = async () => 'Invite me to #general first, then try again.';
  const out = scene.as({ place: { obstacle } });
  expect((await out.say('subscribe model-merging')).summary).toBe(await obstacle());
  expect(await scene.house.services.channels.settings(scene.place.channel)).toBeUndefined();
  expect((await out.say('search model merging')).summary).toBe('3 papers for model merging.');
});
