import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentenceSpans, sentences } from '../../src/text/sentences.ts';

interface Labelled {
  id: string;
  text: string;
  sentences: string[];
}

const labelled = readFileSync('test/fixtures/sentences.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line): Labelled => JSON.parse(line));

test('200 sentences of real abstracts were labelled', () => {
  expect(labelled.flatMap((excerpt) => excerpt.sentences).length).toBeGreaterThanOrEqual(200);
});

test.each(labelled)('the sentences of an excerpt of $id are those a reader sees', (excerpt) => {
  expect(sentences(excerpt.text)).toEqual(excerpt.sentences);
});

test.each([
  ['We use e.g. BERT, cf. Fig. 2, with 0.5B weights. It works.', 2],
  ['Li et al. We show more.', 2],
  ['It costs 3 GPU hours, i.e. approx. 4 dollars vs. 40. Fast!', 2],
  ['Measured at 300 K. A model explains it.', 2],
  ['It was grown by J. Smith and E. coli won.', 1],
  ['Of these, 5 ms. Although slow, it runs.', 2],
  ['Published in (SIAM J. Sci. Comput., 2017). Good.', 2],
  ['Three steps: 1.) Ask. 2.) Read. 3.) Quote.', 3],
  ['Levels fell. mRNA was stable. p53 was not.', 3],
  ['Scores of p < .05 count. $k$-means wins.', 2],
  ['Earlier results.The elimination is new.', 2],
  ['See github.com/a/b.The or node.js docs.', 1],
  ['We list:\n- first item\n- second item\n1. third item', 4],
  ['A wrapped\nline goes on.\n\nA heading\n\nA paragraph.', 3],
  ['An open bracket (as here never closes. The next sentence stands alone.', 2],
])('%j has %i sentences', (text, count) => {
  expect(sentences(text)).toHaveLength(count);
});

test('sentences are verbatim, in order, and leave out nothing but white space', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            'e.g. ',
            'et al. ',
            ' (',
            ') ',
            '[',
            '$x. Y$',
            '. ',
            '\n',
            '\n\n',
            '1. ',
            'A',
          ),
          fc.string({ unit: 'grapheme' }),
        ),
      ),
      (parts) => {
        const text = parts.join('');
        let at = 0;
        for (const [start, end] of sentenceSpans(text)) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      },
    ),
  );
});
