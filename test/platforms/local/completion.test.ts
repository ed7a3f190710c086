import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { channelRef } from '../../../src/model/channel.ts';
import { complete } from '../../../src/platforms/local/completion.ts';

const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'general' });
const topics = ['model-merging', 'model-editing', 'reasoning'];

/** The real commands, over three topics and one paper. */
const desk: Parameters<typeof complete>[2] = {
  commands,
  complete: async (kind, typed) => {
    if (kind === 'paper') return [{ value: 'arxiv:2407.09435', label: 'MUSCLE: A Model Update' }];
    if (kind === 'query') return [{ value: `${typed}hor:`, label: 'author: takes a name' }];
    if (kind === 'timezone') return [{ value: 'Europe/Berlin', label: 'Europe/Berlin' }];
    return topics
      .filter((topic) => topic.startsWith(typed))
      .map((topic) => ({ value: topic, label: `${topic}: All about it` }));
  },
};

const texts = async (typed: string) =>
  (await complete(typed, channel, desk)).items.map(({ text }) => text);
const likely = async (typed: string) =>
  (await complete(typed, channel, desk)).items.filter(({ isLikely }) => isLikely);

describe('a command', () => {
  let all: string[];
  beforeAll(() => {
    all = commands.flatMap(({ name, group }) => (group === 'buttons' ? [] : `/paper ${name} `));
  });

  test.each(['/', '/pap', '/paper', '/paper '])(
    'is offered after “%s”, every one',
    async (typed) => {
      expect(await texts(typed)).toEqual(all);
      expect(await likely(typed)).toEqual([]);
    },
  );

  test('that begins like the word comes first and is what Enter takes', async () => {
    expect(await texts('/paper subs')).toEqual(['/paper subscribe ', '/paper unsubscribe ']);
    expect((await likely('/paper subs')).map(({ text }) => text)).toEqual(['/paper subscribe ']);
  });

  test('that is written out is left to be sent', async () => {
    expect(await likely('/paper status')).toEqual([]);
  });

  test('is offered after a mention too', async () => {
    expect(await texts('@Paperboy stat')).toEqual(['@Paperboy status ']);
  });

  test('is not offered in ordinary talk', async () => {
    expect(await texts('hello /paper')).toEqual([]);
    expect(await texts('/paperweight ')).toEqual([]);
  });
});

describe('after the command', () => {
  test('come the values of its words, then its other arguments', async () => {
    expect(await texts('/paper subscribe mod')).toEqual([
      '/paper subscribe model-merging ',
      '/paper subscribe model-editing ',
    ]);
    const { hint, items } = await complete('/paper subscribe ', channel, desk);
    expect(hint).toMatch(/^topic: /);
    expect(items.map(({ label }) => label)).toEqual([...topics, 'top:', 'min-upvotes:']);
    expect(items[0]?.detail).toBe('All about it');
  });

  test('a paper is offered by its title and becomes its id, other arguments staying', async () => {
    const { items } = await complete('/paper show share:yes muscle', channel, desk);
    expect(items[0]).toMatchObject({
      label: 'MUSCLE: A Model Update',
      text: '/paper show arxiv:2407.09435 share:yes ',
      isLikely: false,
    });
  });

  test('an argument’s name is finished by Enter and not offered twice', async () => {
    expect((await likely('/paper subscribe model-merging to')).map(({ text }) => text)).toEqual([
      '/paper subscribe model-merging top:',
    ]);
    expect(await texts('/paper subscribe model-merging top:3 to')).toEqual([]);
  });

  test('an argument has its values', async () => {
    expect(await texts('/paper schedule 9:00 timezone:ber')).toEqual([
      '/paper schedule 9:00 timezone:Europe/Berlin ',
    ]);
    expect(await texts('/paper search tea share:')).toEqual([
      '/paper search tea share:yes ',
      '/paper search tea share:no ',
    ]);
  });

  test('a field of a query is left open for its value, behind other arguments', async () => {
    expect(await texts('/paper search share:yes tea -aut')).toEqual([
      '/paper search share:yes tea -author:',
    ]);
  });

  test('arguments that only buttons carry stay unsaid', async () => {
    expect((await texts('/paper search tea pag')).join()).not.toContain('page');
  });
});
