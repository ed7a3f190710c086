import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standsIn } from '../../src/answer/quote.ts';
import { verified } from '../../src/answer/verify.ts';
import { readable } from '../../src/text/latex.ts';
import { catalogue } from './papers.ts';

const title = 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution';
const given = {
  question: 'How much does MUSCLE reduce negative flips?',
  passages: [
    { number: 1, title, text: 'We reduce negative flips by up to 40% from Llama 1 to Llama 2.' },
    {
      number: 2,
      title,
      text: 'Our training strategy keeps instance regression low in model updates.',
    },
    {
      number: 3,
      title: 'Evolving',
      text: 'Evolutionary algorithms automate the creation of 1,000 models.',
    },
  ],
};
const shown = (raw: string) => verified(raw, given, { isWhole: true }).map(({ text }) => text);

test.each([
  'MUSCLE reduces negative flips by up to 40% between Llama 1 and Llama 2 [1].',
  'Negative flips are reduced by at most 40 percent. [1]',
  'MUSCLE "reduce[s] negative flips" only as far as it "keeps instance regression low" [2].',
  'The strategy “keeps instance regression low” when a model is updated [2].',
  'It creates 1000 models with evolutionary algorithms [3].',
  'Updates keep regression low and reduce negative flips [1, 2].',
  '[1] reduces negative flips by up to 40%.',
])('what its passages say is shown: %s', (raw) => {
  // A bracket inside a quotation alters it, and is the one of these that fails.
  expect(shown(raw)).toEqual(raw.includes('[s]') ? [] : [raw]);
});

test('a citation after the full stop is that sentence’s, and marks around the words are left out', () => {
  const raw =
    '## Answer\n- **MUSCLE** reduces negative flips. [1] Training keeps regression low. [2]\n';
  expect(shown(raw)).toEqual([
    'MUSCLE reduces negative flips. [1]',
    'Training keeps regression low. [2]',
  ]);
});

test('the full stop that typography puts inside a quotation is put outside, where it alters nothing', () => {
  expect(shown('MUSCLE does "reduce negative flips." [1]')).toEqual([
    'MUSCLE does "reduce negative flips". [1]',
  ]);
});

test('while the model writes, a sentence shows when the next has begun; at the end, when it is complete', () => {
  const soFar = (raw: string) => verified(raw, given, { isWhole: false }).length;
  const first = 'MUSCLE reduces negative flips [1].';
  expect(soFar(first)).toBe(0);
  expect(soFar(`${first} It keeps`)).toBe(1);
  expect(shown(`${first} It keeps regression low`)).toEqual([first]);
});

test('the same sentence again and more than a reader takes in are left out', () => {
  const raw = 'MUSCLE reduces negative flips [1]. '.repeat(50);
  expect(shown(raw)).toHaveLength(1);
  const many = Array.from(
    { length: 20 },
    (_, i) => `${'Very '.repeat(i)}low regression in updates [2].`,
  );
  expect(shown(many.join(' ')).length).toBeLessThanOrEqual(6);
});

/** A stretch of a passage as it stands, or with a letter, a word or a space altered. */
const quotation = fc
  .record({
    passage: fc.constantFrom(...given.passages.map(({ text }) => text)),
    from: fc.nat(6),
    words: fc.integer({ min: 1, max: 6 }),
    alter: fc.constantFrom(
      ...Array.from({ length: 5 }, () => (text: string) => text),
      (text: string) => text.replaceAll(' ', '\u00a0\n'),
      (text: string) => text.replace(/[aeiou]/, 'y'),
      (text: string) => text.replace(' ', ' not '),
      (text: string) => text.replace(/\d/, '7'),
      (text: string) => `${text} …`,
    ),
  })
  .map(({ passage, from, words, alter }) =>
    alter(
      passage
        .split(' ')
        .slice(from, from + words)
        .join(' '),
    ),
  );
/** What a model might write, and what none should. */
const piece = fc.oneof(
  { weight: 5, arbitrary: quotation.map((quoted) => `“${quoted}”`) },
  { weight: 5, arbitrary: fc.constantFrom('MUSCLE', 'negative flips', 'updates', 'regression') },
  fc.constantFrom('[1]', '[2]', '[3]', '[9]', '[1, 2]', '”', '“', '. ', '! ', '\n', ' ', '7'),
);
const sentence = fc
  .tuple(
    fc.array(piece, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('[1].', '. [2]', '[3][1][2].', '.'),
  )
  .map(([pieces, end]) => `${pieces.join(' ')} ${end}`);

test('whatever a model writes, every quotation shown stands in a passage that its sentence cites', () => {
  let quotations = 0;
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 8 }), fc.boolean(), (parts, isWhole) => {
      for (const { text, cites } of verified(parts.join(' '), given, { isWhole })) {
        const sources = cites.map((cite) => given.passages[cite - 1]?.text ?? '');
        expect(sources).not.toContain('');
        for (const [, quoted = ''] of text.matchAll(/“([^”]*)”/gu)) {
          quotations += 1;
          expect(sources.some((source) => standsIn(quoted, source))).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(quotations).toBeGreaterThan(100);
});

test('sentences of real abstracts, cited, are shown: what papers say passes the check', () => {
  let kept = 0;
  let all = 0;
  for (const paper of catalogue.slice(0, 60)) {
    const passage = { number: 1, title: paper.title, text: paper.abstract };
    for (const sentence of paper.abstract.split(/(?<=\.)\s+(?=[A-Z])/).slice(0, 3)) {
      if (!sentence.endsWith('.')) continue;
      all += 1;
      const raw = `${readable(sentence).slice(0, -1)} [1].`;
      const one = { question: '', passages: [passage] };
      kept += verified(raw, one, { isWhole: true }).length;
    }
  }
  expect(all).toBeGreaterThan(100);
  expect(kept / all).toBeGreaterThan(0.9);
});
