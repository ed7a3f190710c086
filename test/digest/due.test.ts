import { expect, test } from 'vitest';
import { due } from '../../src/digest/due.ts';
import { channelRef } from '../../src/model/channel.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';

const channel = channelRef({ platform: 'slack', workspace: 'T1', channel: 'C1' });
const weekly = {
  channel,
  name: '#papers',
  schedule: { ...defaultSchedule('UTC'), on: ['mon' as const] },
  since: '2026-01-01T00:00:00.000Z',
};
const slotsAt = (instant: string, since = weekly.since) =>
  due([{ ...weekly, since }], new Date(instant)).editions.map(({ slot }) => slot);

test('of the slots that have come, the newest is due', () => {
  expect(slotsAt('2026-11-23T08:59:59.999Z')).toEqual(['2026-11-16T09:00:00.000Z']);
  expect(slotsAt('2026-11-23T09:00:00.000Z')).toEqual(['2026-11-23T09:00:00.000Z']);
});

test('a slot that came before the schedule held is not due', () => {
  expect(slotsAt('2026-11-24T00:00:00Z', '2026-11-23T09:00:00.000Z')).toEqual([]);
  expect(slotsAt('2026-11-24T00:00:00Z', '2026-11-23T08:59:59.999Z')).toHaveLength(1);
});

test('a channel with a timezone that is none keeps no other from its edition', () => {
  const bad = channelRef({ platform: 'slack', workspace: 'T1', channel: 'C0' });
  const broken = { ...weekly, channel: bad, schedule: defaultSchedule('Mars/Phobos') };
  const { editions, faults } = due([broken, weekly], new Date('2026-11-23T09:00:00.000Z'));
  expect(editions).toEqual([{ channel, slot: '2026-11-23T09:00:00.000Z' }]);
  expect(faults).toEqual([{ channel: bad, error: expect.any(RangeError) }]);
});
