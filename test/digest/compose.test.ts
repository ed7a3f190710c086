/** What a digest says of the papers it chose from. */
import { expect, test } from 'vitest';
import { compose } from '../../src/digest/compose.ts';
import { channelRef } from '../../src/model/channel.ts';
import { paperIdOf } from '../../src/model/paper.ts';
import type { Pick } from '../../src/model/pick.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import type { ChannelSettings } from '../../src/model/settings.ts';
import { toPlain } from '../../src/reply/text.ts';

const pick = (title: string): Pick => ({
  paper: { id: paperIdOf({ title }), title, abstract: '', authors: [], categories: [] },
  topics: ['tea'],
  terms: [],
  regard: undefined,
});
const settings: ChannelSettings = {
  channel: channelRef({ platform: 'local', workspace: 'local', channel: 'tea-room' }),
  name: '#tea-room',
  schedule: defaultSchedule('UTC'),
  since: '2026-11-23T00:00:00.000Z',
};
const noteOf = (picked: number, looked: number, matched: number, more: object = {}) => {
  const picks = ['On Tea', 'On Cups'].slice(0, picked).map(pick);
  const selection = { picks, looked, matched };
  const { reply } = compose(selection, { ...settings, ...more }, { date: '23 Nov 2026' });
  return reply.blocks.flatMap((block) => (block.kind === 'note' ? toPlain(block.text) : []));
};

test.each([
  [2, 96, 2, '2 of the 96 new papers of the last 7 days match what #tea-room follows.'],
  [1, 96, 1, '1 of the 96 new papers of the last 7 days matches what #tea-room follows.'],
  [1, 1, 1, 'The one new paper of the last 7 days matches what #tea-room follows.'],
  [
    2,
    1_200,
    9,
    '9 of the 1,200 new papers of the last 7 days match what #tea-room follows; here are the best 2.',
  ],
])(
  'a digest of %i papers, out of %i new ones of which %i match, says so',
  (picked, looked, matched, note) => {
    expect(noteOf(picked, looked, matched)).toEqual([note]);
  },
);

test('papers that had to wait for votes are said to be of the days before that', () => {
  expect(noteOf(1, 96, 1, { delayHours: 48 })).toEqual([
    '1 of the 96 new papers of the 7 days up to 2 days ago matches what #tea-room follows.',
  ]);
});

test('as a thread, the titles stand in the channel and the papers under them', () => {
  const selection = { picks: [pick('On Tea'), pick('On Cups')], looked: 9, matched: 2 };
  const { reply, thread } = compose(
    selection,
    { ...settings, layout: 'thread' },
    { date: '23 Nov 2026' },
  );
  expect(reply.blocks.map(({ kind }) => kind)).toEqual(['heading', 'list', 'note', 'buttons']);
  expect(thread?.blocks.map((block) => block.kind === 'paper' && block.title)).toEqual([
    'On Tea',
    'On Cups',
  ]);
});

test.each([
  ['daily', 'Papers for 23 Nov 2026'],
  ['weekly', 'Top of the week, 23 Nov 2026'],
  ['instant', 'New papers, 23 Nov 2026'],
] as const)('a digest that is %s is headed so', (frequency, heading) => {
  const selection = { picks: [pick('On Tea')], looked: 9, matched: 1 };
  const schedule = { ...settings.schedule, frequency };
  const { reply } = compose(selection, { ...settings, schedule }, { date: '23 Nov 2026' });
  expect(reply.blocks[0]).toEqual({ kind: 'heading', text: heading });
});
