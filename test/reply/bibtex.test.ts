import { BibLatexParser } from 'biblatex-csl-converter';
import { expect, test } from 'vitest';
import { type Paper, PaperId } from '../../src/model/paper.ts';
import { bibtex } from '../../src/reply/bibtex.ts';

const paper: Paper = {
  id: PaperId.parse('arxiv:2403.13187'),
  title: '100% of {Models}: $\\alpha$-Merging & C# _under_ ~Schrödinger^2',
  abstract: '',
  authors: ['Takuya Akiba', 'van der Berg, Ana', 'Łukasz Kaiser', 'OpenAI & Friends'],
  published: '2024-03-19T10:00:00Z',
  categories: ['cs.NE'],
  doi: '10.1000/a_b(1)',
};

test('an entry reads back with its authors in order and its title as it is read', () => {
  const text = bibtex(paper);
  expect(text).toMatch(/^@misc\{akiba2024models,\n {2}title = /);
  expect(text).toContain('author = {Takuya Akiba and van der Berg, Ana and Łukasz Kaiser and');
  const parsed = new BibLatexParser(text, { processUnexpected: true }).parse();
  expect(parsed.errors).toEqual([]);
  const [entry] = Object.values(parsed.entries);
  const plain = (value: unknown): string =>
    Array.isArray(value)
      ? value.map((each) => plain(Object(each).text ?? Object(each).content ?? '')).join('')
      : String(value);
  expect(plain(entry?.fields.title)).toContain('α-Merging & C# _under_');
  const authors = Object(entry?.fields.author) as { family?: unknown; literal?: unknown }[];
  expect(authors.map(({ family, literal }) => plain(family ?? literal))).toEqual([
    'Akiba',
    'Berg',
    'Kaiser',
    'Friends',
  ]);
  expect(entry?.fields).toMatchObject({ doi: '10.1000/a_b(1)', date: '2024' });
});

test('a DOI ends neither its field nor its entry early', () => {
  const text = bibtex({ ...paper, doi: '10.1000/a},\n  note = {x' });
  expect(text).toContain('doi = {10.1000/a%7D,%0A%20%20note%20=%20%7Bx},');
});

test('an entry has only what is known', () => {
  const bare: Paper = {
    id: PaperId.parse('title:0123456789abcdef'),
    title: '模型合并',
    abstract: '',
    authors: [],
    categories: [],
  };
  expect(bibtex(bare)).toBe('@misc{paper,\n  title = {{模型合并}},\n}');
});
