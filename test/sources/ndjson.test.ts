import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { Paper, paperIdOf } from '../../src/model/paper.ts';
import { LINE_MAX } from '../../src/sources/lines.ts';
import { type PaperLine, readPapers, readPapersFile } from '../../src/sources/ndjson.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-ndjson-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const one = async (record: unknown) =>
  (await Array.fromAsync(readPapers(JSON.stringify(record))))[0];
const reason = async (record: unknown) => {
  const result = await one(record);
  return result && 'reason' in result ? result.reason : `a paper: ${JSON.stringify(result)}`;
};

describe('a record', () => {
  it('becomes a paper with all that it states', async () => {
    const record = {
      title: 'MUSCLE: A Model Update Strategy',
      abstract: 'Large Language Models …',
      arxiv: '2407.09435',
      authors: ['Jessica Echterhoff', 'Fartash Faghri'],
      published: '2024-07-12T09:30:00.000Z',
      categories: ['cs.AI'],
      upvotes: 0,
      url: 'https://arxiv.org/abs/2407.09435',
      thumbnail: 'https://example.org/2407.09435.png',
    };
    const { arxiv: _, ...stated } = record;
    expect(await one(record)).toEqual({ paper: { id: 'arxiv:2407.09435', ...stated } });
  });

  it('needs nothing but a title, and then has the identity of its title', async () => {
    expect(
      await one({ title: 'A Survey on Mixture of Experts', abstract: null, authors: null }),
    ).toEqual({
      paper: {
        id: paperIdOf({ title: 'A survey on mixture-of-experts' }),
        title: 'A Survey on Mixture of Experts',
        abstract: '',
        authors: [],
        categories: [],
      },
    });
  });

  it.each([
    [{ id: 'arxiv:2407.09435' }, 'arxiv:2407.09435'],
    [{ id: '2407.09435v3' }, 'arxiv:2407.09435'],
    [{ id: 'arxiv:cs/9301111' }, 'arxiv:cs/9301111'],
    [{ arxiv: '1412.6980' }, 'arxiv:1412.6980'],
    [{ arxiv: 'https://arxiv.org/abs/2407.09435v2' }, 'arxiv:2407.09435'],
    [{ doi: 'https://doi.org/10.1038/S41586-024' }, 'doi:10.1038/s41586-024'],
    [{ id: '10.1038/s41586-024', arxiv: '2407.09435' }, 'arxiv:2407.09435'],
    [{ id: paperIdOf({ title: 'T' }) }, paperIdOf({ title: 'T' })],
  ])('with %j is the paper %s', async (names, id) => {
    expect(await one({ title: 'T', ...names })).toMatchObject({ paper: { id } });
  });

  it('keeps a title of 10,000 characters whole', async () => {
    const title = 'long '.repeat(2000);
    expect(await one({ title })).toMatchObject({ paper: { title } });
  });

  it.each([
    [{ title: 'T', arxiv: 2407.0943 }, /^arxiv must stand in quotes, "2407.09430"/],
    [{ title: 'T', id: 2407.09435 }, /^id must stand in quotes/],
    [{ title: 'T', arxiv: '2407.0943' }, /^arxiv "2407.0943" needs 5 digits after the point/],
    [{ title: 'T', arxiv: '1412.69800' }, /needs 4 digits/],
    [{ title: 'T', arxiv: '2413.00001' }, /a month arXiv never had/],
    [{ title: 'T', arxiv: '10.1000/182' }, /^arxiv "10.1000\/182" is not an arXiv id such as/],
    [{ title: 'T', doi: '2407.09435' }, /^doi "2407.09435" is not a DOI such as/],
    [{ title: 'T', id: 'W4391234' }, /^id "W4391234" is neither an arXiv id/],
    [{ title: 'T', id: '2407.00001', arxiv: '2407.00002' }, /^names two papers/],
    [{ title: 'T', id: '10.1000/1', doi: '10.1000/2', arxiv: '2407.00002' }, /^names two papers/],
    [{ title: 'T', id: 'title:0123456789abcdef' }, /is not the identity of its title/],
    [{ abstract: 'no title' }, /^title is missing$/],
    [{ title: ' \n' }, /^title is empty$/],
    [{ title: 7 }, /^title expected string, received number$/],
    [{ title: 'T', abstract: ['a'] }, /^abstract expected string/],
    [{ title: 'T', authors: 'Bob' }, /^authors expected array/],
    [{ title: 'T', authors: ['Ann', 3] }, /^authors\.1 expected string/],
    [{ title: 'T', categories: 'cs.CL' }, /^categories expected array/],
    [{ title: 'T', published: '2024-02-30' }, /^published is not a date such as 2024-07-12/],
    [{ title: 'T', published: 1720742400 }, /^published is not a date/],
    [{ title: 'T', upvotes: '5' }, /^upvotes expected number/],
    [{ title: 'T', upvotes: -1 }, /^upvotes is less than 0$/],
    [{ title: 'T', upvotes: 1.5 }, /^upvotes is not a whole number$/],
    [{ title: 'T', url: 'javascript:alert(1)' }, /^url is not a link that starts with http/],
    [{ title: 'T', thumbnail: '/cover.png' }, /^thumbnail is not a link/],
    [{ title: 'T\0' }, /^title holds a NUL character$/],
    [{ title: 'T', doi: '10.1000/\0' }, /^doi holds a NUL character$/],
    [{ title: 'T', abstract: '\ud835' }, /^abstract holds half a character/],
    [{ title: 7, upvotes: '5' }, /^title .+; upvotes /],
    [{ id: '2407.09435v2', authors: [] }, /^title is missing \(arxiv:2407\.09435\)$/],
    [['not', 'a', 'record'], /^is not a record: expected object, received array$/],
    [null, /^is not a record/],
  ])('%j is refused with its reason', async (record, expected) => {
    expect(await reason(record)).toMatch(expected);
  });

  it('of a paper that was withdrawn is marked with what its authors say of it', async () => {
    const lines = readFileSync('test/fixtures/withdrawn.ndjson', 'utf8');
    const read = await Array.fromAsync(readPapers(lines));
    const said = read.map((line) => 'paper' in line && line.paper.withdrawn);
    expect(said).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/withdraw/i)));
  });

  it('has no line break left in its link', async () => {
    expect(await one({ title: 'T', url: 'https://example.org/a\nb c' })).toMatchObject({
      paper: { url: 'https://example.org/ab%20c' },
    });
  });
});

describe('a file of records', () => {
  const record = (title: string) => JSON.stringify({ title });
  const titles = (results: PaperLine[]) =>
    results.map((result) => ('paper' in result ? result.paper.title : result.reason));

  it('loads around a malformed line, which is reported with its number and reason', async () => {
    const path = file('one-bad.ndjson', `${record('A')}\n\n{"title": "B\n${record('C')}\n\0\0\0`);
    expect(await Array.fromAsync(readPapersFile(path))).toMatchObject([
      { paper: { title: 'A' } },
      { line: 3, reason: 'is not valid JSON (character 13)' },
      { paper: { title: 'C' } },
      { line: 5, reason: expect.stringContaining('is not valid JSON') },
    ]);
  });

  it('may begin with a byte order mark, end lines as Windows does and hold blank ones', async () => {
    const content = `\uFEFF${record('A')}\r\n\r\n  \r\n${record('B')}\r\n`;
    expect(titles(await Array.fromAsync(readPapersFile(file('bom.ndjson', content))))).toEqual([
      'A',
      'B',
    ]);
    expect(titles(await Array.fromAsync(readPapers(content)))).toEqual(['A', 'B']);
  });

  it('may hold U+2028 in a text, which is no end of a line', async () => {
    const path = file('u2028.ndjson', `{"title":"A\u2028B\u2029C"}\n`);
    expect(titles(await Array.fromAsync(readPapersFile(path)))).toEqual(['A\u2028B\u2029C']);
  });

  it('reports the second of two records of one paper, whatever its version', async () => {
    const text = '{"title":"A","arxiv":"2407.09435v1"}\n{"title":"B","id":"arxiv:2407.09435v2"}';
    expect(await Array.fromAsync(readPapers(text))).toMatchObject([
      { paper: { title: 'A' } },
      { line: 2, reason: 'is the same paper as line 1 (arxiv:2407.09435), which stays' },
    ]);
  });

  it('reports a line that is not UTF-8 and one that is too long, and goes on', async () => {
    const latin1 = Buffer.from(record('Schrödinger'), 'latin1');
    const long = Buffer.from(record('x'.repeat(3 * LINE_MAX)));
    const rest = Buffer.from(`\n${record('A')}\n`);
    const path = file('bytes.ndjson', Buffer.concat([latin1, Buffer.from('\n'), long, rest]));
    expect(await Array.fromAsync(readPapersFile(path))).toMatchObject([
      { line: 1, reason: 'is not UTF-8 text' },
      { line: 2, reason: 'is longer than 1 MB' },
      { paper: { title: 'A' } },
    ]);
  });

  it('is unpacked when its name ends in .gz', async () => {
    const path = file('papers.ndjson.gz', gzipSync(`${record('A')}\n${record('B')}`));
    expect(titles(await Array.fromAsync(readPapersFile(path)))).toEqual(['A', 'B']);
  });

  it('that is missing, a folder, cut short or no gzip at all says so in a sentence', async () => {
    const cut = gzipSync(record('A').repeat(5000)).subarray(0, 60);
    for (const [path, sentence] of [
      [join(folder, 'none.ndjson'), /^There is no file /],
      [join(folder, 'none.ndjson.gz'), /^There is no file /],
      [folder, /is a folder; name a file in it/],
      [file('cut.ndjson.gz', cut), /is cut short or is not gzip/],
      [file('plain.ndjson.gz', record('A')), /is cut short or is not gzip/],
    ] as const) {
      const failure = await Array.fromAsync(readPapersFile(path)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect(failure instanceof Error && failure.message).toMatch(sentence);
    }
  });

  it('gives its first papers before it has all been read', async () => {
    let made = 0;
    async function* endless() {
      for (;;) yield record(`Paper ${made++}`);
    }
    const seen: unknown[] = [];
    for await (const result of readPapers(endless())) {
      seen.push(result);
      if (seen.length === 3) break;
    }
    expect(made).toBeLessThanOrEqual(4);
  });

  it('never fails on any text, and what it gives is always a valid paper', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('2407.09435', 'T', 2407.0943, [], null));
    const anyRecord = fc.dictionary(
      fc.constantFrom(
        'id',
        'title',
        'arxiv',
        'doi',
        'abstract',
        'authors',
        'published',
        'url',
        '__proto__',
      ),
      value,
    );
    const anyLine = fc.oneof(
      fc.string({ unit: 'binary' }),
      anyRecord.map((it) => JSON.stringify(it)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine), async (lines) => {
        let last = 0;
        for await (const result of readPapers(lines.join('\n'))) {
          if ('paper' in result) expect(Paper.parse(result.paper)).toEqual(result.paper);
          else {
            expect(result.line).toBeGreaterThan(last);
            last = result.line;
            expect(result.reason).not.toBe('');
          }
        }
      }),
    );
  });
});
