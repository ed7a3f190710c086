import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Known, merge, unite } from '../../src/model/merge.ts';
import { Paper } from '../../src/model/paper.ts';
import { isSamePerson, isSameWork } from '../../src/model/same-work.ts';

const paper = (more: object = {}) =>
  Paper.parse({
    id: 'arxiv:2407.09435',
    title: 'On the Merging of Models',
    abstract: 'We merge models.',
    authors: ['Ada Lovelace', 'Bo Ek'],
    categories: ['cs.LG'],
    ...more,
  });
const told = (by: [source: string, more: object][]) =>
  by.reduce<Known | undefined>(
    (known, [source, more]) => merge(known, paper(more), source),
    undefined,
  );

test('the publisher is believed about the work, the community about itself, in any order', () => {
  const arxiv: [string, object] = ['arxiv', { title: 'Merging Models', upvotes: 1 }];
  const huggingface: [string, object] = ['huggingface', { title: 'merging models', upvotes: 40 }];
  for (const order of [
    [arxiv, huggingface],
    [huggingface, arxiv],
  ]) {
    const known = told(order);
    expect(known?.paper).toMatchObject({ title: 'Merging Models', upvotes: 40 });
    expect(known?.from).toMatchObject({ title: 'arxiv', upvotes: 'huggingface' });
  }
});

test('a source corrects itself, downwards too', () => {
  expect(
    told([
      ['huggingface', { upvotes: 40 }],
      ['huggingface', { upvotes: 38 }],
    ])?.paper.upvotes,
  ).toBe(38);
});

test('nothing known is overwritten by nothing', () => {
  const known = told([
    ['feed:https://example.org/a', { doi: '10.1000/1', comment: '8 pages' }],
    ['arxiv', { abstract: '', authors: [], categories: [] }],
  ]);
  expect(known?.paper).toMatchObject({
    abstract: 'We merge models.',
    authors: ['Ada Lovelace', 'Bo Ek'],
    categories: ['cs.LG'],
    doi: '10.1000/1',
    comment: '8 pages',
  });
});

test('telling the same again changes nothing, not even the object', () => {
  const known = told([['arxiv', { version: 2, upvotes: 3 }]]);
  expect(merge(known, paper({ version: 2, upvotes: 3 }), 'arxiv')).toBe(known);
});

test('of any tellings, every field is from the last of those that rank best', () => {
  const sources = ['arxiv', 'huggingface', 'semantic-scholar', 'feed:x', 'file'];
  const best = ['arxiv', 'semantic-scholar', 'huggingface'];
  const telling = fc.tuple(fc.constantFrom(...sources), fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(fc.array(telling, { minLength: 1 }), (all) => {
      const known = told(all.map(([source, comment]) => [source, { comment }]));
      const kinds = all.map(([source]) => source);
      const winner = best.find((source) => kinds.includes(source));
      const wanted = all.findLast(([source]) => !winner || source === winner);
      expect(known?.paper.comment).toBe(wanted?.[1]);
      expect(known?.from.comment).toBe(wanted?.[0]);
    }),
  );
});

test.each(
  readFileSync('test/fixtures/versions.ndjson', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
)('of $id the newest version stands, whichever comes last', ({ id, versions }) => {
  const all = versions.map(({ v, published, ...rest }: { v: number; published: string }) =>
    paper({ id, authors: [], ...rest, version: v }),
  );
  const newest = all.at(-1);
  for (const order of [all, all.toReversed()]) {
    const known = order.reduce(
      (before: Known | undefined, each: Paper) => merge(before, each, 'arxiv'),
      undefined,
    );
    expect(known.paper).toEqual({ ...newest, sources: ['arxiv'] });
  }
});

test('a withdrawal stays until a newer version comes without one', () => {
  const [first, withdrawn] = [paper({ version: 1 }), paper({ version: 2, withdrawn: 'An error.' })];
  const known = merge(merge(undefined, first, 'arxiv'), withdrawn, 'arxiv');
  expect(known.paper.withdrawn).toBe('An error.');
  expect(merge(known, first, 'arxiv').paper.withdrawn).toBe('An error.');
  expect(merge(known, paper({ upvotes: 1 }), 'huggingface').paper.withdrawn).toBe('An error.');
  expect(merge(known, paper({ version: 3 }), 'arxiv').paper).not.toHaveProperty('withdrawn');
});

test('two papers that turn out to be one keep the fields of both and where each is from', () => {
  const one = merge(undefined, paper({ abstract: '' }), 'arxiv');
  const other = merge(undefined, paper({ id: 'doi:10.1000/1', title: 'X', citations: 3 }), 'file');
  const both = unite(one, other);
  expect(both.paper).toEqual(paper({ citations: 3, sources: ['arxiv', 'file'] }));
  expect(both.from).toMatchObject({ title: 'arxiv', abstract: 'file', citations: 'file' });
});

test.each(
  readFileSync('test/fixtures/two-works.ndjson', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
)('$case: $papers.0.title is two works', ({ papers }) => {
  const [a, b] = papers.map((each: object) => paper({ authors: [], categories: [], ...each }));
  expect(isSameWork(a, b)).toBe(false);
});

test.each([
  ['Ada Lovelace', 'A. Lovelace', true],
  ['Ada Lovelace', 'Lovelace, Ada', true],
  ['Jürgen Schmidhuber', 'Jurgen Schmidhuber', true],
  ['Ada Lovelace', 'Bo Lovelace', false],
  ['Ada Lovelace', 'Ada Byron', false],
  ['Plato', 'Plato', true],
])('%s and %s are one person: %s', (a, b, same) => {
  expect(isSamePerson(a, b)).toBe(same);
});

test('a title alone makes one work of two only with the same first author', () => {
  const preprint = paper({ id: 'doi:10.1101/2026.01.01' });
  expect(isSameWork(paper(), preprint)).toBe(true);
  expect(isSameWork(paper(), { ...preprint, authors: ['Bo Ek'] })).toBe(false);
  expect(isSameWork(paper({ doi: '10.1000/1' }), preprint)).toBe(false);
});

test('without an author on one side the title must be telling and the abstracts alike', () => {
  const page = { id: 'title:0123456789abcdef', authors: [] };
  expect(isSameWork(paper(), paper(page))).toBe(true);
  expect(isSameWork(paper(), paper({ ...page, abstract: 'Quite another text.' }))).toBe(false);
  const short = { title: 'Merging' };
  expect(isSameWork(paper(short), paper({ ...page, ...short }))).toBe(false);
});
