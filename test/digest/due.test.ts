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
  due([{ ...weekly, since }], new Date(instant)).map(({ slot }) => slot);

test('of the slots that have come, the newest is due', () => {
  expect(slotsAt('2026-11-23T08:59:59.999Z')).toEqual(['2026-11-16T09:00:00.000Z']);
  expect(slotsAt('2026-11-23T09:00:00.000Z')).toEqual(['2026-11-23T09:00:00.000Z']);
});

test('a slot that came before the schedule held is not due', () => {
  expect(slotsAt('2026-11-24T00:00:00Z', '2026-11-23T09:00:00.000Z')).toEqual([]);
  expect(slotsAt('2026-11-24T00:00:00Z', '2026-11-23T08:59:59.999Z')).toHaveLength(1);
});
