import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Schedule, weekdays } from '../../src/model/schedule.ts';
import { lastSlot, nextSlot } from '../../src/schedule/slots.ts';

const berlin = (more: Partial<Schedule> = {}): Schedule => ({
  frequency: 'daily',
  at: '09:00',
  on: [...weekdays],
  timezone: 'Europe/Berlin',
  top: 5,
  ...more,
});
const next = (schedule: Schedule, after: string) =>
  nextSlot(schedule, new Date(after)).toISOString();
const last = (schedule: Schedule, at: string) => lastSlot(schedule, new Date(at)).toISOString();

test('the next slot is strictly after, the last one at or before', () => {
  expect(next(berlin(), '2026-11-23T07:59:59Z')).toBe('2026-11-23T08:00:00.000Z');
  expect(next(berlin(), '2026-11-23T08:00:00Z')).toBe('2026-11-24T08:00:00.000Z');
  expect(last(berlin(), '2026-11-23T08:00:00Z')).toBe('2026-11-23T08:00:00.000Z');
  expect(last(berlin(), '2026-11-23T07:59:59Z')).toBe('2026-11-22T08:00:00.000Z');
});

test('weekdays are those of the channel, not of UTC', () => {
  const auckland = berlin({ timezone: 'Pacific/Auckland', on: ['mon'] });
  expect(next(auckland, '2026-11-21T12:00:00Z')).toBe('2026-11-22T20:00:00.000Z');
});

test('a time that daylight saving skips moves forward by the gap', () => {
  expect(next(berlin({ at: '02:30' }), '2026-03-29T00:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
});

test('a time that occurs twice means the first, once', () => {
  expect(next(berlin({ at: '02:30' }), '2026-10-25T00:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(next(berlin({ at: '02:30' }), '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
});

test('there is no slot between the last and the next, anywhere, at any time', () => {
  const schedules = fc.record({
    at: fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
    on: fc.subarray([...weekdays], { minLength: 1 }),
    timezone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    ),
    top: fc.constant(5),
  });
  const dates = fc.date({
    min: new Date('2011-12-01'),
    max: new Date('2030-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(schedules, dates, (schedule, now) => {
      const before = lastSlot(schedule, now);
      const after = nextSlot(schedule, now);
      expect(before.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(after.getTime()).toBeGreaterThan(now.getTime());
      expect(nextSlot(schedule, before)).toEqual(after);
    }),
  );
});
