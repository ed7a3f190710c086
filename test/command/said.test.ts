import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { UnknownCommandError } from '../../src/command/grammar.ts';
import { readSaid, readsLikeQuestion } from '../../src/command/said.ts';
import { UserError } from '../../src/errors.ts';

const read = (text: string) => readSaid(text, commands);

test.each([
  ['search lora', { command: 'search', args: { query: 'lora' } }],
  ['Search what is LoRA?', { command: 'search', args: { query: 'what is LoRA?' } }],
  ['ask what is LoRA?', { command: 'ask', args: { question: 'what is LoRA?' } }],
  ['/paper show 2407.09435', { command: 'show', args: { paper: '2407.09435' } }],
  ['similar 2407.09435', { command: 'similar', args: { paper: '2407.09435' } }],
  ['status?', { command: 'status', args: {} }],
  ['help', { command: 'help', args: {} }],
  ['', { command: 'help', args: {} }],
  ['Hello there!', { command: 'help', args: {} }],
  ['thanks 🙏', { command: 'help', args: {} }],
])('“%s” is a command', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  'What is model merging?',
  'how does LoRA work',
  'mixture of experts',
  'lora',
  'Merged models generalise better than their parents.',
  'show me papers on merging',
  'help us understand LoRA',
  'status of research on merging?',
  'trending ideas in merging?',
  'task vectors for merging',
  'why?',
  'hello world programs',
])('“%s” asks', (question) => {
  expect(read(question)).toEqual({ command: 'ask', args: { question } });
});

test('a question may name its paper or topic', () => {
  expect(read('What is it? paper:2407.09435')).toEqual({
    command: 'ask',
    args: { question: 'What is it?', paper: '2407.09435' },
  });
});

test.each(['serach lora', 'subscibe model-merging'])('“%s” is a slip', (text) => {
  expect(() => read(text)).toThrow(UnknownCommandError);
});

test('a command that is said wrong gets its own sentence', () => {
  expect(() => read('topics of the week')).toThrow(UserError);
});

test.each([
  ['and on smaller models?', true],
  ['(really?)', true],
  ['how fast is that', true],
  ['thanks!', false],
  ['I read it yesterday, quite nice', false],
])('“%s” said to nobody in particular asks something: %s', (text, expected) => {
  expect(readsLikeQuestion(text)).toBe(expected);
});
