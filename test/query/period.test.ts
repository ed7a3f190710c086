import { expect, it } from 'vitest';
import { dayOf, periodOf } from '../../src/query/period.ts';

// A Wednesday, still Tuesday in New York.
const now = new Date('2024-03-13T02:00:00Z');

it.each([
  ['2024', '2024-01-01', '2024-12-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2024-2', '2024-02-01', '2024-02-29'],
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['30d', '2024-02-12', '2024-02-12'],
  ['2w', '2024-02-28', '2024-02-28'],
  ['1m', '2024-02-13', '2024-02-13'],
  ['1y', '2023-03-13', '2023-03-13'],
  ['today', '2024-03-13', '2024-03-13'],
  ['yesterday', '2024-03-12', '2024-03-12'],
  ['last-week', '2024-03-04', '2024-03-10'],
  ['last-month', '2024-02-01', '2024-02-29'],
  ['last-year', '2023-01-01', '2023-12-31'],
])('%s is %s to %s', (text, first, last) => {
  expect(periodOf(text, now)).toEqual({ first, last });
});

it.each([
  '',
  '24',
  '2024-13',
  '2023-02-29',
  '2024-00',
  '30',
  '30x',
  'd',
  'last-decade',
  '2024-05-17T10:00',
  'constructor',
])('%j is no period', (text) => {
  expect(periodOf(text, now)).toBeUndefined();
});

it.each([
  ['2024', '2024-01-01'],
  ['2024-05', '2024-05-01'],
  ['2024-05-17', '2024-05-17'],
  ['2025-01-15T23:57:55Z', '2025-01-15'],
  ['2025-01-15T23:57:55-02:00', '2025-01-16'],
])('%s was published on the UTC day %s', (published, day) => {
  expect(dayOf(published)).toBe(day);
});
