import { expect, test } from 'vitest';
import { type SourceDay, sourceNow } from '../../src/model/source-day.ts';
import { sourceLines } from '../../src/reply/source-day.ts';
import { toPlain } from '../../src/reply/text.ts';

const at = '2026-11-24T08:00:00.000Z';
const retryAt = '2026-11-24T09:30:00.000Z';
const day = (on: number, more: Partial<SourceDay>): SourceDay => ({
  source: 'arxiv',
  day: `2026-11-${on}`,
  state: 'complete',
  received: 412,
  flaws: 0,
  attempts: 0,
  readAt: at,
  ...more,
});
const lines = (...days: SourceDay[]) =>
  sourceLines(sourceNow({ name: 'arxiv', title: 'arXiv' }, days, '2026-11-24'), 'UTC').map(toPlain);
const failing = (on: number): SourceDay =>
  day(on, { state: 'failing', received: 0, since: at, error: 'broken: answered 503', retryAt });

test.each<[string, Partial<SourceDay>]>([
  ['complete, 412 papers', {}],
  ['complete, 412 papers, 2 items could not be read', { flaws: 2 }],
  [
    '412 of 450 papers so far; the next try is Tue 24 Nov at 09:30 (UTC)',
    { state: 'partial', expected: 450, retryAt },
  ],
  ['no announcement (weekend)', { state: 'no announcement', because: 'weekend' }],
  [
    'an old list again, nothing new; the next try is Tue 24 Nov at 09:30 (UTC)',
    { state: 'stale', retryAt },
  ],
  [
    'failing since Tue 24 Nov at 08:00 (UTC) (broken: answered 503); the next try is Tue 24 Nov at 09:30 (UTC)',
    failing(24),
  ],
])('a day reads “%s”', (words, more) => {
  expect(lines(day(24, more))).toEqual([`arXiv, 2026-11-24: ${words}`]);
});

test('days that are whole are left out after the newest, open ones are named', () => {
  const short = day(20, { state: 'partial', received: 3, expected: 5 });
  expect(lines(short, day(23, {}), day(24, {}))).toEqual([
    'arXiv, 2026-11-24: complete, 412 papers',
    'arXiv, 2026-11-20: 3 of 5 papers so far',
  ]);
  expect(lines()).toEqual(['arXiv: not asked yet']);
});

test('a source that fails for days says so once', () => {
  const short = day(20, { state: 'partial', received: 3, expected: 5 });
  const all = lines(failing(19), short, failing(23), failing(24));
  expect(all).toHaveLength(2);
  expect(all[0]).toMatch(/^arXiv, 2026-11-24: failing since .*; 2 earlier days with it$/);
  expect(all[1]).toBe('arXiv, 2026-11-20: 3 of 5 papers so far');
});
