import { expect, test } from 'vitest';
import { asksWhether, kindOf } from '../../src/answer/kinds.ts';

test.each([
  ['How many tokens was it trained on?', 'quantity'],
  ['how much does pruning cost', 'quantity'],
  ['What is the number of experts in a layer?', 'quantity'],
  ['Is merging better than fine-tuning?', 'comparison'],
  ['What are the differences between LoRA and full fine-tuning?', 'comparison'],
  ['LoRA vs. prefix tuning?', 'comparison'],
  ['Which is faster, Mamba or attention?', 'comparison'],
  ['Does chain of thought help small models?', 'yes-no'],
  ['Double balloon enteroscopy: is it efficacious?', 'yes-no'],
  ["Isn't attention quadratic?", 'yes-no'],
  ['What is model merging?', 'definition'],
  ['what are state space models', 'definition'],
  ['What does RLHF stand for?', 'definition'],
  ['Define perplexity', 'definition'],
  ['What is the effect of scale on reasoning?', 'open'],
  ['Could you list works on pruning?', 'open'],
  ['Are there any papers on unlearning?', 'open'],
  ['How can hallucinations be reduced?', 'open'],
  ['mixture of experts', 'open'],
  ['Clathrin stabilizes the spindle during mitosis.', 'claim'],
])('%j is a %s question', (question, kind) => {
  expect(kindOf(question)).toBe(kind);
});

test('a comparison may ask whether, a list of papers never does', () => {
  expect(asksWhether('Is merging better than fine-tuning?')).toBe(true);
  expect(asksWhether('Which is better, merging or fine-tuning?')).toBe(false);
  expect(asksWhether('Can you list works on merging?')).toBe(false);
});

test('a question is read though it is so long that backtracking over it would never end', () => {
  expect(kindOf(`What is ${'a'.repeat(100_000)}`)).toBe('definition');
  expect(kindOf(`What is ${'a '.repeat(100_000)}!`)).toBe('open');
});
