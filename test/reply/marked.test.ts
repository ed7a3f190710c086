import { expect, test } from 'vitest';
import { marked } from '../../src/reply/marked.ts';

const bolds = (text: string, ...words: string[]) => {
  let from = 0;
  const marks = words.map((word): [number, number] => {
    const start = text.indexOf(word, from);
    from = start + word.length;
    return [start, from];
  });
  const spans = marked(text, marks);
  expect(spans.map((span) => span.text).join('')).toBe(text);
  return spans.flatMap((span) =>
    span.kind === 'text' && span.style === 'bold' ? [span.text] : [],
  );
};

test('found words that stand together are one mark', () => {
  expect(
    bolds('On model merging and models, merged.', 'model', 'merging', 'models', 'merged'),
  ).toEqual(['model merging', 'models', 'merged']);
  expect(bolds('Full fine-tuning', 'Full', 'fine', 'tuning')).toEqual(['Full fine-tuning']);
});

test('a text without found words is as it was', () => {
  expect(bolds('Nothing here')).toEqual([]);
  expect(marked('', [])).toEqual([]);
});
