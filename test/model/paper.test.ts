import { expect, test } from 'vitest';
import { normaliseTitle, paperIdIn, paperIdOf, paperUrl } from '../../src/model/paper.ts';

test.each([
  ['2407.09435', 'arxiv:2407.09435'],
  ['arXiv:2407.09435v3', 'arxiv:2407.09435'],
  ['https://arxiv.org/abs/2407.09435v2', 'arxiv:2407.09435'],
  ['<https://arxiv.org/pdf/2407.09435.pdf>', 'arxiv:2407.09435'],
  ['https://huggingface.co/papers/2407.09435?ref=x', 'arxiv:2407.09435'],
  ['arxiv.org/abs/2407.09435', 'arxiv:2407.09435'],
  ['https://www.alphaxiv.org/overview/2407.09435v2', 'arxiv:2407.09435'],
  ['https://www.semanticscholar.org/arxiv/2407.09435', 'arxiv:2407.09435'],
  ['https://api.semanticscholar.org/arXiv:2407.09435', 'arxiv:2407.09435'],
  ['https://www.arxiv-vanity.com/papers/2407.09435/', 'arxiv:2407.09435'],
  ['https://arxiv.org/abs/hep-th/9901001v1', 'arxiv:hep-th/9901001'],
  ['https://doi.org/10.1000/2407.09435', 'doi:10.1000/2407.09435'],
  ['hep-th/9901001', 'arxiv:hep-th/9901001'],
  ['10.1000/ABC', 'doi:10.1000/abc'],
  ['https://doi.org/10.48550/arXiv.2407.09435', 'arxiv:2407.09435'],
  ['title:0123456789abcdef', 'title:0123456789abcdef'],
])('%s names %s', (text, id) => {
  expect(paperIdIn(text)).toBe(id);
});

test.each([
  'model merging',
  '2407',
  '12345.678',
  'see 2407.09435 there',
  'title:zz',
  '',
  'https://github.com/who/1234567',
  'https://example.org/v/2413.12345',
  '2407.09435/see',
])('%j names no paper', (text) => {
  expect(paperIdIn(text)).toBeUndefined();
});

test('one work has one identity, whatever its version, link or case', () => {
  expect(paperIdOf({ arxiv: '2407.09435v2', doi: '10.1/x', title: 'T' })).toBe('arxiv:2407.09435');
  expect(paperIdOf({ title: 'A  Title:\nof $x$' })).toBe(paperIdOf({ title: 'a title of x' }));
  expect(paperIdOf({ title: '???' })).not.toBe(paperIdOf({ title: '!!!' }));
});

test('a normalised title keeps every script', () => {
  expect(normaliseTitle('Schrödinger’s 猫')).toBe('schrodinger s 猫');
});

test('a reader is sent to the work', () => {
  expect(paperUrl({ id: paperIdOf({ arxiv: '2407.09435', title: '' }) })).toBe(
    'https://arxiv.org/abs/2407.09435',
  );
  expect(paperUrl({ id: paperIdOf({ title: 'x' }) })).toBeUndefined();
});
