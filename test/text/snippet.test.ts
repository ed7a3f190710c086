import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asWritten, snippet } from '../../src/text/snippet.ts';
import { tokens } from '../../src/text/tokens.ts';

const termsOf = (text: string) => tokens(text).map(({ term }) => term);

/** The snippet with its marks as stars. */
function starred(text: string, words: string, max: number): string {
  const { text: short, marks } = snippet(text, termsOf(words), max);
  return marks.reduceRight(
    (so, [start, end]) => `${so.slice(0, start)}*${so.slice(start, end)}*${so.slice(end)}`,
    short,
  );
}

const abstract =
  'Large models are costly to train. We merge the weights of several fine-tuned models into one. ' +
  'An evolutionary search finds the recipe. Merged models beat their parents on most benchmarks.';

describe('snippet', () => {
  it('marks words in all their forms and compounds whole', () => {
    expect(starred('Merging fine-tuned models merges well.', 'merged finetuning', 80)).toBe(
      '*Merging* *fine-tuned* models *merges* well.',
    );
  });

  it('shows the sentence with the most of the words', () => {
    expect(starred(abstract, 'evolutionary recipe', 60)).toBe(
      'An *evolutionary* search finds the *recipe*.',
    );
  });

  it('takes more sentences while they fit', () => {
    expect(starred(abstract, 'evolutionary', 110)).toBe(
      'An *evolutionary* search finds the recipe. Merged models beat their parents on most benchmarks.',
    );
  });

  it('cuts a long sentence between words, with … on both sides', () => {
    const long = `${'before '.repeat(30)}the needle lies ${'after '.repeat(30)}.`;
    expect(starred(long, 'needle', 40)).toBe('…before the *needle* lies after after…');
  });

  it('is the beginning of a text without a match', () => {
    expect(snippet(abstract, ['quantum'], 40)).toEqual({
      text: 'Large models are costly to train.',
      marks: [],
    });
  });

  it('never exceeds the limit, and marks only words that have a term', () => {
    const word = fc.constantFrom(
      'model',
      'merging',
      'few-shot',
      'GPT-4',
      '模型',
      '👩‍👩‍👧',
      'é.',
      'x'.repeat(30),
      '.',
    );
    const texts = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(
        texts,
        fc.subarray(['model', 'merg', 'fewshot', '4']),
        fc.nat(60),
        (text, terms, max) => {
          const { text: short, marks } = snippet(text, terms, max);
          expect(short.length).toBeLessThanOrEqual(
            Math.max(max, text.length <= max ? text.length : 0),
          );
          let from = 0;
          for (const [start, end] of marks) {
            expect(start).toBeGreaterThanOrEqual(from);
            expect(termsOf(short.slice(start, end)).some((term) => terms.includes(term))).toBe(
              true,
            );
            from = end;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('asWritten', () => {
  it('spells terms as the text does, neighbours together, each once', () => {
    expect(
      asWritten(
        'Model Merging. We study model merging by evolutionary search.',
        ['merg', 'model', 'evolutionari'],
        3,
      ),
    ).toEqual(['model merging', 'evolutionary']);
  });

  it('keeps to the limit and to what the text has', () => {
    expect(asWritten(abstract, ['quantum', 'recip', 'parent', 'benchmark'], 2)).toEqual([
      'recipe',
      'parents',
    ]);
  });
});
