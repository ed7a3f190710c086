import { describe, expect, it } from 'vitest';
import { aliasesIn } from '../../src/answer/aliases.ts';
import { dangles, defines, denies, directionOf, numbersIn } from '../../src/answer/cues.ts';
import { passagesOf } from '../../src/answer/passages.ts';
import { standsIn } from '../../src/answer/quote.ts';
import { sidesOf } from '../../src/answer/sides.ts';
import { zonesOf } from '../../src/answer/zones.ts';
import { tokens } from '../../src/text/tokens.ts';
import { catalogue } from './papers.ts';

describe('passages', () => {
  it('number the sentences of the abstract, then of the sections', () => {
    const sections = [{ name: 'Results', text: 'It works, cf. Fig. 2. It is fast.' }];
    const found = passagesOf({ title: 'A title', abstract: 'One. Two.' }, sections);
    expect(found.map(({ index, section, text }) => [index, section, text])).toEqual([
      [0, 'abstract', 'One.'],
      [1, 'abstract', 'Two.'],
      [2, 'Results', 'It works, cf. Fig. 2.'],
      [3, 'Results', 'It is fast.'],
    ]);
  });

  it('are of the beginning of what is too long for an abstract, so that nobody waits for a hostile one', () => {
    const found = passagesOf({ title: 'A title', abstract: 'We merge models. '.repeat(60_000) });
    expect(found.length).toBeGreaterThan(1_000);
    expect(found.length).toBeLessThan(2_000);
  });

  it('are the title where there is nothing else', () => {
    expect(passagesOf({ title: 'A title', abstract: '' })).toMatchObject([
      { index: -1, section: 'title', text: 'A title' },
    ]);
  });
});

describe('short forms', () => {
  it.each([
    ['cognitive behavioral therapy (CBT) for insomnia', ['cbt', 'cognit behavior therapi']],
    ['We use large language models (LLMs) here', ['llm', 'larg languag model']],
    ['autonomous driving (AD; n = 5) is', ['ad', 'autonom drive']],
  ])('%j introduces one', (text, [short, long]) => {
    expect(aliasesIn(text).map((alias) => [alias.short, alias.long.join(' ')])).toContainEqual([
      short,
      long,
    ]);
  });

  it.each(['as is known (see below)', 'in mice (n = 12)', 'results (OR) of it'])(
    '%j introduces none',
    (text) => {
      expect(aliasesIn(text)).toEqual([]);
    },
  );
});

describe('zones', () => {
  it('follow the headings of a structured abstract until the next one', () => {
    expect(
      zonesOf([
        'BACKGROUND Sleep is short.',
        'It is studied.',
        'METHODS We asked 20 people.',
        'RESULTS They slept.',
        'CONCLUSIONS Sleep helps.',
        'TRIAL REGISTRATION clinicaltrials.gov Identifier: NCT00295386.',
      ]),
    ).toEqual(['background', 'background', 'method', 'result', 'conclusion', 'notice']);
  });

  it('are known by their words without headings', () => {
    expect(
      zonesOf([
        'However, little is known about owls.',
        'To investigate whether owls sleep, a study was done.',
        'Owls were randomly assigned to two groups.',
        'We found that owls sleep.',
        'These results suggest that owls dream.',
        'The code is publicly available.',
      ]),
    ).toEqual(['background', 'aim', 'method', 'result', 'conclusion', 'notice']);
  });
});

describe('cues', () => {
  it.each([
    ['This approach even merges across domains.', true],
    ['Furthermore, it is fast.', true],
    ['By merging this with a vector, we gain.', true],
    ['This paper proposes a method.', false],
    ['In this study, we find that it works.', false],
    ['Thistle models merge well.', false],
  ])('know whether “%s” needs the sentence before it: %s', (text, expected) => {
    expect(dangles(text)).toBe(expected);
  });

  const words = (text: string) => tokens(text).map(({ word }) => word);

  it.each([
    ['Smoking increases risk', 'up'],
    ['Smoking does not increase risk', 'down'],
    ['Statins reduce risk', 'down'],
    ['Risk rises and sleep is reduced', 'both'],
    ['Owls live in barns', undefined],
  ])('the direction of %j is %s', (text, direction) => {
    expect(directionOf(words(text))).toBe(direction);
  });

  it('tell a denial', () => {
    expect(denies(words('No association was found'))).toBe(true);
    expect(denies(words('An association was found'))).toBe(false);
  });

  it.each([
    ['We use 1.4 trillion tokens in 2023', ['1.4']],
    ['GPT-4 and Llama 2 gain 5.2% over Qwen2.5, HR 0.5', ['5.2', '0.5']],
    ['See Table 3 for 90 different models', ['90']],
  ])('the numbers of %j are %j', (text, numbers) => {
    expect(numbersIn(text, tokens(text)).map(({ word }) => word)).toEqual(numbers);
  });

  it.each([
    ['Model merging is a technique that combines models.', true],
    ['We present a technique, called model merging, for cheap models.', true],
    ['Model merging (MM) refers to adding weights.', true],
    ['We compare model merging with training.', false],
  ])('%j defines model merging: %s', (text, expected) => {
    const subject = tokens(text).filter(({ word }) => ['model', 'merging'].includes(word));
    expect(defines(text, subject)).toBe(expected);
  });
});

describe('the sides of a comparison', () => {
  it.each([
    ['Is LoRA better than full fine-tuning?', 'lora', 'tune'],
    ['What are the differences between mamba and attention?', 'mamba', 'attent'],
    ['Which is faster, mamba or attention?', 'mamba', 'attent'],
  ])('of %j are told apart', (question, first, second) => {
    const [left, right] = sidesOf(question) ?? [];
    expect(left?.has(first)).toBe(true);
    expect(right?.has(second)).toBe(true);
    expect(left?.has(second)).toBe(false);
  });

  it('are not made up', () => {
    expect(sidesOf('How do models compare?')).toBeUndefined();
  });
});

describe('a quote', () => {
  it('stands in its text when only white space and Unicode forms differ', () => {
    expect(standsIn('ﬁne  tuning\nhelps', 'We say: fine tuning helps.')).toBe(true);
    expect(standsIn('caf\u00e9', 'a cafe\u0301 here')).toBe(true);
  });

  it.each(['fine tuning help a lot', 'Fine tuning helps', '', ' '])(
    '%j does not when anything else differs',
    (quote) => {
      expect(standsIn(quote, 'We say: fine tuning helps.')).toBe(false);
    },
  );

  it('is every sentence of the first catalogue', () => {
    for (const paper of catalogue) {
      for (const { text } of passagesOf(paper)) {
        expect(standsIn(text, `${paper.title}\n${paper.abstract}`)).toBe(true);
      }
    }
  });
});
