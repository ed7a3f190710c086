import { expect, test } from 'vitest';
import { readDays, readTime, readTimezone } from '../../src/model/schedule.ts';

test.each([
  ['9', '09:00'],
  ['09:00', '09:00'],
  ['9am', '09:00'],
  ['9:30 pm', '21:30'],
  ['12am', '00:00'],
  ['12 p.m.', '12:00'],
  ['17.30', '17:30'],
  ['17h30', '17:30'],
  ['noon', '12:00'],
  ['23:59', '23:59'],
])('%s is the time %s', (text, time) => {
  expect(readTime(text)).toBe(time);
});

test.each(['24:00', '9:60', '13pm', '0am', 'soon', '', '9:5', '25', '-1', '9am9'])(
  '%j is no time',
  (text) => {
    expect(readTime(text)).toBeUndefined();
  },
);

test.each([
  ['daily', 'mon,tue,wed,thu,fri,sat,sun'],
  ['weekdays', 'mon,tue,wed,thu,fri'],
  ['Weekend', 'sat,sun'],
  ['mon,wed,fri', 'mon,wed,fri'],
  ['Fridays and Mondays', 'mon,fri'],
  ['mon-thu', 'mon,tue,wed,thu'],
  ['Monday to Friday', 'mon,tue,wed,thu,fri'],
  ['sat – mon', 'mon,sat,sun'],
])('%s means %s', (text, days) => {
  expect(readDays(text)?.join()).toBe(days);
});

test.each(['', 'someday', 'mon,foo', 'm', 'mon-', 'mon-tue-wed'])('%j names no days', (text) => {
  expect(readDays(text)).toBeUndefined();
});

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['berlin', 'Europe/Berlin'],
  ['new york', 'America/New_York'],
  ['utc', 'UTC'],
])('%s is the zone %s', (text, zone) => {
  expect(readTimezone(text)).toBe(zone);
});

test.each(['Mars/Phobos', 'nowhere', '', '+25:00', '<!channel>'])('%j is no zone', (text) => {
  expect(readTimezone(text)).toBeUndefined();
});
