import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from '../../src/answer/answer.ts';
import { standsIn } from '../../src/answer/quote.ts';
import { askOf, catalogue, paper, quotesOf } from './papers.ts';

const ask = askOf(catalogue);

describe('an answer from the first catalogue', () => {
  it.each([
    ['How much does MUSCLE reduce negative flips?', /up to 40% from Llama 1 to Llama 2/],
    ['How many LLMs were instruction tuned?', /instruction tuning 90 different LLMs/],
    ['How many tokens were used for training?', /1\.4 trillion tokens/],
    ['What is model merging?', /^While model merging has emerged as a promising approach/],
    [
      'How do base models compare with instruction-tuned models?',
      /^Our results indicate while base/,
    ],
    ['How are LLMs used in finance?', /^This paper proposes a novel method for constructing/],
    ['How can hallucinations be reduced?', /can significantly reduce hallucination outputs/],
    ['Does in-context learning need many examples?', /just a single annotated example in ICL/],
    ['Do human preferences help in pretraining?', /^Our results suggest .* human preferences/],
  ])('to %j begins with the sentence that decides', (question, expected) => {
    expect(quotesOf(ask(question))[0]).toMatch(expected);
  });

  it.each([
    'Who won the world cup in 2018?',
    'What is the best recipe for apple pie?',
    'Does aspirin prevent heart attacks?',
    'Clathrin stabilizes the spindle fiber apparatus during mitosis.',
    '0-dimensional biomaterials lack inductive properties.',
    'Can tailored interventions increase mammography use among HMO women?',
    // Papers that have a word of the name, or its words apart, do not tell what it is.
    'What is speculative decoding?',
    'What is a state space model?',
    'What is reinforcement learning?',
    'asdf qwertz',
    'the of and?',
    '',
  ])('to %j is a refusal', (question) => {
    expect(ask(question).kind).toBe('refusal');
  });

  it('names the nearest papers when it refuses', () => {
    const refusal = ask('Is chain of thought faithful?');
    expect(refusal.kind === 'refusal' && refusal.nearest.length).toBeGreaterThan(1);
  });

  it('has two to five quotes, each word for word in its paper, with its matching words marked', () => {
    const questions = ['What is model merging?', 'Can large language models plan?', 'scaling laws'];
    for (const question of questions) {
      const given = ask(question);
      const quotes = given.kind === 'answer' ? given.quotes : [];
      expect(quotes.length).toBeGreaterThanOrEqual(2);
      expect(quotes.length).toBeLessThanOrEqual(5);
      for (const quote of quotes) {
        expect(quote.paper.abstract).toContain(quote.text);
        const marked = quote.marks.map(([start, end]) => quote.shown.slice(start, end));
        expect(marked.join(' ')).toMatch(/merg|model|plan|language|LLM|scaling|law/i);
      }
    }
  });
});

describe('the order of quotes', () => {
  const papers = [
    paper(
      'Sparrow attention',
      'Attention is costly. Sparrow attention reads few keys. Sparrow attention is 3 times faster than full attention on long documents. Code is available at https://example.org/sparrow.',
    ),
    paper(
      'Falcon recurrence',
      'Recurrence is cheap. Falcon recurrence is a method that keeps one state per layer. Falcon recurrence loses accuracy on long documents. We thank the reviewers.',
    ),
    paper('Bread', 'Sourdough needs time. Flour and water ferment.'),
  ];
  const askThese = askOf(papers);

  it('quotes both sides of a comparison', () => {
    const quotes = quotesOf(
      askThese('Is sparrow attention or falcon recurrence better on long documents?'),
    );
    expect(quotes.join(' ')).toMatch(/Sparrow attention/);
    expect(quotes.join(' ')).toMatch(/Falcon recurrence/);
  });

  it('puts the number first where one is asked for', () => {
    expect(quotesOf(askThese('How much faster is sparrow attention?'))[0]).toMatch(
      /3 times faster/,
    );
  });

  it('puts the definition first where one is asked for', () => {
    expect(quotesOf(askThese('What is falcon recurrence?'))[0]).toMatch(/is a method that/);
  });

  it('never quotes where the code is', () => {
    for (const question of ['sparrow attention', 'Where is sparrow attention used?']) {
      expect(quotesOf(askThese(question)).join(' ')).not.toMatch(/https/);
    }
  });

  it('quotes a sentence once, though two papers have it', () => {
    const [sparrow] = papers;
    const twice = askOf([
      ...papers,
      paper('Sparrow attention, version 2', sparrow?.abstract ?? ''),
    ]);
    const quotes = quotesOf(twice('How much faster is sparrow attention?'));
    expect(new Set(quotes).size).toBe(quotes.length);
  });
});

describe('a question about a given paper', () => {
  const [muscle] = catalogue;
  const rarity = { papers: 96, having: () => 5 };

  it('is answered from that paper though the search was never asked', () => {
    if (!muscle) throw new Error('no catalogue');
    const given = answer('What do users build?', [{ paper: muscle, score: 0 }], {
      rarity,
      isPaperGiven: true,
    });
    expect(quotesOf(given)[0]).toMatch(/users often build a mental model/);
  });

  it('is refused when the paper says nothing of it', () => {
    if (!muscle) throw new Error('no catalogue');
    const given = answer('Does sourdough need time?', [{ paper: muscle, score: 0 }], {
      rarity,
      isPaperGiven: true,
    });
    expect(given.kind).toBe('refusal');
  });

  it('is answered from its full text, by section', () => {
    const short = paper('Owl pruning', 'We prune networks.');
    const sections = [
      { name: 'Setup', text: 'We train for 90 epochs on ImageNet. The batch has 256 images.' },
      { name: 'Results', text: 'Owl pruning keeps 98% of accuracy. Fig. 2 shows more.' },
    ];
    const given = answer(
      'How many epochs was it trained for?',
      [{ paper: short, score: 1, sections }],
      {
        rarity,
        isPaperGiven: true,
      },
    );
    expect(given).toMatchObject({
      kind: 'answer',
      quotes: [{ section: 'Setup', index: 1, text: 'We train for 90 epochs on ImageNet.' }],
    });
  });
});

describe('whatever is asked of whatever papers', () => {
  const word = fc.constantFrom(
    'model',
    'merging',
    'is',
    'a',
    '3',
    '(',
    '$x$',
    'e.g.',
    '.',
    '?',
    '\n',
    '🦉',
    'ﬁne',
  );
  const text = fc
    .array(fc.oneof(word, fc.string({ unit: 'grapheme' })))
    .map((parts) => parts.join(' '));

  it('is answered with quotes that stand in their papers, or refused', () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, text), { maxLength: 4 }), (question, given) => {
        const papers = given.map(([title, abstract]) => paper(title || '-', abstract));
        const result = askOf(papers)(question);
        expect(result.score).toBeGreaterThanOrEqual(0);
        expect(result.score).toBeLessThanOrEqual(1);
        if (result.kind === 'refusal') return;
        for (const quote of result.quotes) {
          expect(standsIn(quote.text, `${quote.paper.title}\n${quote.paper.abstract}`)).toBe(true);
          for (const [start, end] of quote.marks) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(quote.shown.length);
          }
        }
      }),
    );
  });
});
