import { expect, test } from 'vitest';
import { silenceOf, silentReply } from '../../src/digest/silence.ts';
import { type SourceDay, sourceNow } from '../../src/model/source-day.ts';

const day = (on: string, more: Partial<SourceDay> = {}): SourceDay => ({
  source: 'arxiv',
  day: on,
  state: 'complete',
  received: 3,
  flaws: 0,
  attempts: 0,
  readAt: '2026-11-23T09:00:00.000Z',
  ...more,
});
const none = (on: string, because: 'weekend' | 'holiday') =>
  day(on, { state: 'no announcement', because, received: 0 });
const failing = (on: string, since: string) => day(on, { state: 'failing', since, received: 0 });
const arxiv = (...days: SourceDay[]) => sourceNow({ name: 'arxiv', title: 'arXiv' }, days, TODAY);
const huggingface = (...days: SourceDay[]) =>
  sourceNow({ name: 'huggingface', title: 'Hugging Face' }, days, TODAY);
const timezone = 'UTC';
const TODAY = '2026-11-26';

test('papers that were there and did not match are counted', () => {
  const sources = [arxiv(day('2026-11-23'))];
  expect(silenceOf({ sources, looked: 412, timezone })).toBe(
    '412 new papers looked at, none matched',
  );
  expect(silenceOf({ sources, looked: 1, timezone })).toBe('1 new paper looked at, none matched');
  expect(silenceOf({ sources: [], looked: 0, timezone })).toBe('no new paper yet');
});

test('a day on which no source announces is said to be one, whatever is left of the week', () => {
  const sources = [
    arxiv(none('2026-11-22', 'weekend')),
    huggingface(none('2026-11-22', 'weekend')),
  ];
  expect(silenceOf({ sources, looked: 40, timezone })).toBe('no announcement today (weekend)');
  const mixed = [arxiv(none('2026-11-26', 'holiday')), huggingface(day('2026-11-26'))];
  expect(silenceOf({ sources: mixed, looked: 40, timezone })).toBe(
    '40 new papers looked at, none matched',
  );
});

test('a source that fails is named with the first of its failures on end', () => {
  const since = '2026-11-20T08:00:00.000Z';
  const sources = [
    arxiv(
      day('2026-11-19'),
      failing('2026-11-20', since),
      none('2026-11-21', 'weekend'),
      none('2026-11-22', 'weekend'),
      failing('2026-11-23', '2026-11-23T01:00:00.000Z'),
    ),
    huggingface(day('2026-11-23')),
  ];
  expect(silenceOf({ sources, looked: 40, timezone })).toBe(
    'arXiv is failing since Fri 20 Nov at 08:00 (UTC); I will try again',
  );
  expect(
    sourceNow({ name: 'a', title: 'A' }, [failing('2026-11-20', since), day('2026-11-23')], TODAY),
  ).not.toHaveProperty('failingSince');
  const both = [arxiv(failing('2026-11-23', since)), huggingface(failing('2026-11-23', since))];
  expect(silenceOf({ sources: both, looked: 0, timezone })).toContain(
    'arXiv and Hugging Face are failing since',
  );
});

test('what a clock that ran ahead wrote of days to come says nothing of today', () => {
  const sources = [
    arxiv(none('2026-11-26', 'holiday'), failing('2026-11-30', '2026-11-30T00:00:00.000Z')),
  ];
  expect(silenceOf({ sources, looked: 0, timezone })).toBe('no announcement today (holiday)');
});

test('it is posted as a sentence', () => {
  expect(silentReply('no announcement today (weekend)').summary).toBe(
    'No announcement today (weekend).',
  );
});

test('a source of changes alone is neither a day without papers nor a reason to lack one', () => {
  const since = '2026-11-26T08:00:00.000Z';
  const changes = (...days: SourceDay[]) =>
    sourceNow({ name: 'arxiv-oai', title: 'New versions', changesOnly: true }, days, TODAY);
  const weekend = arxiv(none('2026-11-22', 'weekend'));
  const sources = [weekend, changes(failing('2026-11-22', since))];
  expect(silenceOf({ sources, looked: 0, timezone })).toBe('no announcement today (weekend)');
});
