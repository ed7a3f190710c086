import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentences, shorten } from '../../src/text/sentences.ts';

describe('sentences', () => {
  it.each([
    [['We follow Smith et al. (2020), e.g. with a 0.5B model.', 'It works.']],
    [['As Fig. 2 and Eq. 3 show, i.e. Always, it gains 3.5% vs. GPT-4.', 'We test it.']],
    [['The method of J. Smith is used.', 'In hepatitis A.', 'We see it too.']],
    [['Does it help?', 'Yes!', '(Really.)']],
    [['LLaMA 3.1, Qwen2.5 etc. are compared.', 'Code is at https://example.org/a.b/c.']],
  ])('divides %j', (parts) => {
    expect(sentences(parts.join(' '))).toEqual(parts);
  });

  it('lets a wrapped line run on and a paragraph end', () => {
    expect(sentences('We merge\nmodels.\n\nWithout a dot\n\nThe end')).toEqual([
      'We merge\nmodels.',
      'Without a dot',
      'The end',
    ]);
  });

  // With work that grows as the square of the length it would take minutes.
  it('finds the two sentences around a few hundred thousand line breaks', () => {
    expect(sentences(`One.${'\n'.repeat(300_000)}Two.`)).toEqual(['One.', 'Two.']);
  });

  it('loses no character but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sentences(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});

describe('shorten', () => {
  const abstract = 'Models are merged. This costs nothing, e.g. no training. It works well.';

  it('leaves what fits alone', () => {
    expect(shorten(` ${abstract} `, abstract.length)).toBe(abstract);
  });

  it('ends after the last sentence that fits', () => {
    expect(shorten(abstract, 60)).toBe('Models are merged. This costs nothing, e.g. no training.');
    expect(shorten(abstract, 45)).toBe('Models are merged.');
  });

  it('ends after a word when the sentences that fit would waste most of the room', () => {
    expect(shorten(`Yes. ${'word '.repeat(40)}`, 40)).toBe(
      'Yes. word word word word word word word…',
    );
    expect(shorten('Merging models, without training, works', 17)).toBe('Merging models…');
  });

  it('never exceeds the limit, never cuts a character in two, and only ever cuts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({
        unit: fc.constantFrom('👩‍👩‍👧', 'e\u0301', '\u0301', '🇩🇪', 'a', ' ', '. ', '\n'),
      }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (given, max) => {
        const short = shorten(given, max);
        expect(short.length).toBeLessThanOrEqual(max);
        const kept =
          short.endsWith('…') && !given.trim().startsWith(short) ? short.slice(0, -1) : short;
        expect(given.trim().startsWith(kept)).toBe(true);
        const graphemes = [...new Intl.Segmenter().segment(given.trim())];
        const borders = new Set([...graphemes.map(({ index }) => index), given.trim().length]);
        expect(borders).toContain(kept.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
