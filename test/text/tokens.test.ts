import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStopWord } from '../../src/text/stopwords.ts';
import { readings, tokens } from '../../src/text/tokens.ts';

const terms = (text: string) => tokens(text).map(({ term }) => term);
const read = (text: string) => {
  const { apart, joined } = readings(text);
  return [...apart, ...joined].map(({ term }) => term);
};
const shares = (a: string, b: string) => read(a).some((term) => read(b).includes(term));

describe('tokens', () => {
  it('gives stems with the place of the word they stand for', () => {
    const text = 'Merging “fine-tuned” Models';
    expect(tokens(text).map(({ term, start, end }) => [term, text.slice(start, end)])).toEqual([
      ['merg', 'Merging'],
      ['fine', 'fine'],
      ['finetun', 'fine-tuned'],
      ['tune', 'tuned'],
      ['model', 'Models'],
    ]);
  });

  it.each([
    ['few-shot', 'fewshot'],
    ['pre-training', 'Pretrained'],
    ['GPT-4', 'GPT4'],
    ['GPT-4', 'gpt 4'],
    ['LLaMA-2', 'llama2'],
    ['LLaMA', 'LLaMA-2-7B'],
    ['Qwen', 'Qwen2.5'],
    ['COVID-19', 'covid19'],
    ['Schrödinger', 'Schrodinger’s'],
    ['Łukasz', 'lukasz'],
    ['e\u0301tude', 'étude'],
    ['ＧＰＴ', 'gpt'],
    ['trans\u00adformer', 'transformers'],
    ['1,000', '1000'],
    ['model’s', 'models'],
    ['$k$-means', 'k-means'],
    ['$\\alpha$-divergence', 'alpha'],
    ['ε-greedy', 'epsilon-greedy'],
    ['$\\ell_1$', 'L1'],
    ['\\textbf{few-shot}', 'fewshot'],
    ['Schr\\"odinger', 'Schrödinger'],
  ])('lets %s and %s find each other', (a, b) => {
    expect(shares(a, b)).toBe(true);
  });

  it.each([
    ['C++', 'C'],
    ['C++', 'C#'],
    ['7B', '70B'],
    ['Ising', 'is'],
    ['Qwen2.5', 'Qwen2'],
  ])('keeps the whole of %s apart from the whole of %s', (a, b) => {
    const whole = (text: string) => readings(text).joined.map(({ term }) => term);
    expect(whole(a)).not.toEqual(whole(b));
  });

  it('leaves nothing of LaTeX commands and signs', () => {
    const text = String.raw`\textit{Tight} bounds of $\mathcal{O}(\sqrt{n})$~\cite{ng2020}`;
    expect(read(text)).toEqual([
      'tight',
      'bound',
      'of',
      'o',
      'n',
      'tight',
      'bound',
      'of',
      'o',
      'n',
    ]);
  });

  it('divides Chinese, Japanese and Thai, beside Latin too', () => {
    expect(terms('GPT模型')).toEqual(['gpt', '模型']);
    expect(terms('机器学习')).toEqual(['机器', '学习']);
    expect(terms('ภาษาไทย')).toEqual(['ภาษา', 'ไทย']);
  });

  it('treats the names of object properties as words', () => {
    expect(terms('constructor __proto__ toString')).toEqual(['constructor', 'proto', 'tostr']);
  });

  it('reads a dash between spaces as punctuation', () => {
    expect(terms('merging - pruning')).toEqual(terms('merging pruning'));
  });

  it('finds nothing in punctuation and emoji', () => {
    expect(terms('?! — … 🔥 () "')).toEqual([]);
  });

  it('gives, for any text, non-empty terms whose places are inside it and in order', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })),
        (text) => {
          let from = 0;
          for (const { term, word, start, end } of tokens(text)) {
            expect(term && word).toBeTruthy();
            expect(start).toBeGreaterThanOrEqual(from);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            from = start;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a word the same alone and inside a sentence', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}(-?[a-z0-9]{1,4})?$/);
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(terms(`The ${one}, (${other}).`)).toEqual(['the', ...terms(one), ...terms(other)]);
      }),
    );
  });

  it('bears a hundred thousand characters without blanks', () => {
    for (const unit of ['a', 'a-', '中', '1,', 'e\u0301']) {
      expect(tokens(unit.repeat(100_000 / unit.length)).length).toBeGreaterThan(0);
    }
  });
});

describe('isStopWord', () => {
  it('knows little words as tokens give them, and no subject', () => {
    expect(terms('this was of the whose because').every(isStopWord)).toBe(true);
    expect(terms('Ising uses one area learning model').some(isStopWord)).toBe(false);
  });
});
