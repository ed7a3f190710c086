import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { Paper } from '../../src/model/paper.ts';
import { readAnyFile } from '../../src/sources/file.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const lines = await Array.fromAsync(readAnyFile(path));
  const papers = lines.flatMap((line) => ('paper' in line ? [line.paper] : []));
  for (const paper of papers) expect(Paper.parse(paper)).toEqual(paper);
  return { papers, faults: lines.filter((line) => 'reason' in line) };
}

const bibtex = String.raw`@comment{made by hand}
@string{nips = "NeurIPS"}
@article{vaswani2017,
  title = {Attention Is {All} You Need: {\'E}tude of $\alpha$-nets},
  author = {Vaswani, Ashish and {\L}ukasz Kaiser and {The Team} and van der Berg, Jan},
  year = 2017, month = jun, journal = nips,
  eprint = {1706.03762}, archivePrefix = {arXiv}, primaryClass = {cs.CL},
  abstract = {We propose {B}LEU 50\% &
     more},
  keywords = {attention, translation},
}
@inproceedings{second, title = "Second & last", author = "Doe, Jane", date = {2021-05-03}, doi = {10.1000/XYZ}, url = {https://example.org/x2}}
`;

const ris = `TY  - JOUR
AU  - Doe, Jane
AU  - Smith, J.
T1  - A study of things
AB  - An abstract that
goes on.
DO  - 10.1000/xyz
PY  - 2021/05/03/
UR  - https://example.org/a
KW  - a
KW  - b
ER  - 

TY  - JOUR
TI  - Second
N2  - Other words.
UR  - https://arxiv.org/abs/2407.09435v2
ER  - 
`;

describe('a BibTeX file', () => {
  it('gives its papers, with LaTeX read and names in order', async () => {
    const { papers, faults } = await read('library.bib', bibtex);
    expect(faults).toEqual([]);
    expect(papers).toEqual([
      {
        id: 'arxiv:1706.03762',
        title: 'Attention Is All You Need: Étude of α-nets',
        abstract: 'We propose BLEU 50% & more',
        authors: ['Ashish Vaswani', 'Łukasz Kaiser', 'The Team', 'Jan van der Berg'],
        categories: ['cs.CL'],
        published: '2017-06',
        keywords: ['attention', 'translation'],
      },
      {
        id: 'doi:10.1000/xyz',
        title: 'Second & last',
        abstract: '',
        authors: ['Jane Doe'],
        categories: [],
        published: '2021-05-03',
        doi: '10.1000/xyz',
        url: 'https://example.org/x2',
      },
    ]);
  });

  it('loses one broken entry, not those after it, and says at which line', async () => {
    const broken = '@article{broken, title = {Unclosed , author = {A B}, year = 2020\n';
    const untitled = '@misc{untitled, author = {A B}}\n';
    const { papers, faults } = await read('broken.bib', broken + untitled + bibtex);
    expect(papers).toHaveLength(2);
    expect(faults).toEqual([
      { line: 1, reason: expect.stringContaining('is not an entry that can be read') },
      { line: 2, reason: 'title is missing' },
    ]);
  });
});

describe('a RIS file', () => {
  it('gives its papers', async () => {
    const { papers, faults } = await read('export.ris', ris.replaceAll('\n', '\r\n'));
    expect(faults).toEqual([]);
    expect(papers[0]).toEqual({
      id: 'doi:10.1000/xyz',
      title: 'A study of things',
      abstract: 'An abstract that goes on.',
      authors: ['Jane Doe', 'J. Smith'],
      categories: [],
      published: '2021-05-03',
      doi: '10.1000/xyz',
      url: 'https://example.org/a',
      keywords: ['a', 'b'],
    });
    expect(papers[1]).toMatchObject({ id: 'arxiv:2407.09435', abstract: 'Other words.' });
  });

  it('reports a record without a title, by its line', async () => {
    const { papers, faults } = await read('bad.ris', `TY  - JOUR\nAU  - Doe, Jane\nER  - \n${ris}`);
    expect(papers).toHaveLength(2);
    expect(faults).toEqual([{ line: 1, reason: 'title is missing' }]);
  });
});

describe('a JSON file', () => {
  const records = [
    { title: 'First', abstract: 'A.', arxiv: '2407.09435' },
    { abstract: 'No title.' },
    { title: 'Third', abstract: 'C.' },
  ];

  it.each([
    ['a list', JSON.stringify(records, null, 2)],
    ['an object with a list', JSON.stringify({ count: 3, tags: ['x'], papers: records })],
    ['one record a line', records.map((record) => JSON.stringify(record)).join('\n')],
  ])('may be %s', async (_, content) => {
    const { papers, faults } = await read('papers.json', content);
    expect(papers.map(({ title }) => title)).toEqual(['First', 'Third']);
    expect(faults).toEqual([{ line: 2, reason: 'title is missing' }]);
  });

  it('may be one record over many lines', async () => {
    const { papers } = await read('one.json', JSON.stringify(records[0], null, 2));
    expect(papers.map(({ id }) => id)).toEqual(['arxiv:2407.09435']);
  });

  it('that holds no papers is refused in a sentence', async () => {
    await expect(read('none.json', '{"a": 1}')).rejects.toThrow(UserError);
    await expect(read('broken.json', '[{"title": ')).rejects.toThrow('not valid JSON');
  });
});

describe('a file', () => {
  it('is known by how it begins when its name says nothing', async () => {
    expect((await read('references', bibtex)).papers).toHaveLength(2);
    expect((await read('references.txt', ris)).papers).toHaveLength(2);
    expect((await read('records', '{"title": "First"}\n{"title": "Second"}')).papers).toHaveLength(
      2,
    );
  });

  it('may be packed', async () => {
    expect((await read('library.bib.gz', gzipSync(bibtex))).papers).toHaveLength(2);
    expect((await read('unnamed.gz', gzipSync(ris))).papers).toHaveLength(2);
  });

  it('may be a captured page', async () => {
    const abstract = 'We show that it works. '.repeat(20).trim();
    const page = `Daily Papers\nMar 14\nA title\n${abstract}\nAnother title\n${abstract} Twice.\n`;
    const { papers } = await read('page.txt', page);
    expect(papers.map(({ title }) => title)).toEqual(['A title', 'Another title']);
    expect(papers[0]?.id).toMatch(/^title:/);
  });

  it('that is not there, or is a folder, is said to be so', async () => {
    const missing = Array.fromAsync(readAnyFile(join(folder, 'missing.bib')));
    await expect(missing).rejects.toThrow('There is no file');
    await expect(Array.fromAsync(readAnyFile(folder))).rejects.toThrow('is a folder');
  });
});
