import { expect, test } from 'vitest';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { patiently } from '../../../src/search/index/patience.ts';
import { questionOf } from '../../../src/search/index/question.ts';
import { type Ask, rank } from '../../../src/search/index/rank.ts';

const about = { now: new Date('2026-01-01'), keyOf: () => undefined };
const phrase = (text: string) => ({ kind: 'phrase', text }) as const;

/** Every paper has the words; every seventh in a row. */
const index = new PaperIndex();
index.put(
  Array.from({ length: 12_000 }, (_, i) => ({
    key: i + 1,
    title: i % 2 ? 'A model' : 'Data',
    abstract: i % 7 ? 'The large model of the new data.' : 'The model and data.',
    authors: i % 5 ? [] : ['Ada Lovelace'],
    labels: [],
  })),
);

test.each<[string, Ask['where'], Ask['beyond'], number]>([
  ['in a phrase', phrase('the model'), undefined, 3],
  ['kept out', { kind: 'not', that: phrase('the model') }, undefined, 3],
  [
    'in one phrase or another',
    { kind: 'any', of: ['the model', 'new data'].map(phrase) },
    undefined,
    5,
  ],
  ['that all the others must have', { kind: 'any', of: [] }, phrase('the model'), 3],
])(
  'common words %s are read in several turns, with the same papers',
  async (_, where, beyond, most) => {
    const ask = { question: questionOf(['model']), where, beyond, first: 60 };
    let attempts = 0;
    let turns = 0;
    let turning = setImmediate(function turn() {
      turns += 1;
      turning = setImmediate(turn);
    });
    const patient = await patiently(() => {
      attempts += 1;
      return rank(index, ask, about);
    });
    clearImmediate(turning);
    expect(patient).toEqual(rank(index, ask, about));
    expect(patient.papers.length).toBe(60);
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThanOrEqual(most);
    expect(turns).toBeGreaterThanOrEqual(attempts - 1);
  },
);

test('few papers are read at once, and what a search throws is thrown', async () => {
  let attempts = 0;
  const where = {
    kind: 'all',
    of: [phrase('the model'), { kind: 'author', name: 'Ada' }],
  } as const;
  const { holding } = await patiently(() => {
    attempts += 1;
    return rank(index, { question: questionOf([]), where, first: 5 }, about);
  });
  expect(attempts).toBe(1);
  expect(holding).toBe(Math.ceil(12_000 / 35));
  await expect(
    patiently(() => {
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
});
