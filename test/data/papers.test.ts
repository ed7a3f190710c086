import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { makeCatalogue } from '../../src/ops/make-catalogue.ts';
import { readPapersFile } from '../../src/sources/ndjson.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pagePath = join(root, 'test/fixtures/page-excerpt.txt');
const factsPath = join(root, 'test/fixtures/page-excerpt-facts.ndjson');
const page = readFileSync(pagePath, 'utf8');
const facts = readFileSync(factsPath, 'utf8');
const catalogue = readFileSync(join(root, 'data/papers.ndjson'), 'utf8');
const firstFour = catalogue.split('\n').slice(0, 4).join('\n').concat('\n');

describe('the first catalogue', () => {
  it('holds 96 papers, of which 20 have only the identity of their title', async () => {
    const results = await Array.fromAsync(readPapersFile(join(root, 'data/papers.ndjson')));
    const papers = results.flatMap((result) => ('paper' in result ? [result.paper] : []));
    expect(results).toHaveLength(96);
    expect(papers).toHaveLength(96);
    expect({
      arxiv: papers.filter(({ id }) => id.startsWith('arxiv:')).length,
      title: papers.filter(({ id }) => id.startsWith('title:')).length,
      dates: papers.filter(({ published }) => published !== undefined).length,
      categories: papers.filter(({ categories }) => categories.length > 0).length,
      upvotes: papers.filter(({ upvotes }) => upvotes !== undefined).length,
      authors: papers.filter(({ authors }) => authors.length > 0).length,
      abstracts: papers.filter(({ abstract }) => abstract.length > 1000).length,
    }).toEqual({
      arxiv: 76,
      title: 20,
      dates: 71,
      categories: 71,
      upvotes: 22,
      authors: 18,
      abstracts: 96,
    });
  });

  it('is made from the page and the facts again, byte for byte', async () => {
    expect(await makeCatalogue(page, facts)).toBe(firstFour);
  });

  it('has only titles and abstracts when nothing else is known', async () => {
    const records = (await makeCatalogue(page)).trimEnd().split('\n');
    expect(records.map((record) => Object.keys(JSON.parse(record)))).toEqual(
      Array(4).fill(['title', 'abstract']),
    );
  });
});

describe('facts that do not fit the page', () => {
  const fact = (n: number, title: string, more = {}) =>
    JSON.stringify({ n, title, arxiv_id: null, ...more });
  const muscle = 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution';

  it.each([
    [
      fact(2, muscle),
      /^Line 1 of the enriched file calls paper 2 "MUSCLE.+on the page it is "The Inh/,
    ],
    [
      `\n${fact(5, muscle)}`,
      /^Line 2 .+ is about paper 5, but the page has 4; is it for another page/,
    ],
    [`${fact(1, muscle)}\n${fact(1, muscle)}`, /^Line 2 .+ is about paper 1 again/],
    ['{"n": 1', /^Line 1 of the enriched file is not valid JSON/],
    [fact(1, muscle, { upvotes: 'many' }), /^Line 1 of the enriched file does not fit: upvotes/],
    [fact(1, muscle, { arxiv_id: '2407.0943' }), /^Paper 1 of the page, "MUSCLE.+ needs 5 digits/],
    [fact(1, muscle, { published: 'July' }), /^Paper 1 of the page.+ published is not a date/],
  ])('are refused: %s', async (enriched, sentence) => {
    const failure = await makeCatalogue(page, enriched).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure instanceof Error && failure.message).toMatch(sentence);
  });

  it('are refused when they make two papers of the page one', async () => {
    const [first, second] = facts.trimEnd().split('\n');
    const same = second?.replace('2501.08716', '2407.09435');
    await expect(makeCatalogue(page, `${first}\n${same}`)).rejects.toThrow(
      /^Paper 2 of the page, .+ is the same paper as line 1 \(arxiv:2407.09435\)/,
    );
  });
});

describe('the script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-catalogue-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['src/ops/make-catalogue.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    });

  it('writes the catalogue and says how many papers it has', () => {
    const out = join(folder, 'papers.ndjson');
    const { status, stdout } = run(pagePath, '--enriched', factsPath, '--out', out);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${out}: 4 papers.\n` });
    expect(readFileSync(out, 'utf8')).toBe(firstFour);
  });

  it.each([
    [[], /^Usage: npm run make:catalogue/],
    [['a', 'b'], /^Usage: /],
    [['--unknown'], /^Usage: /],
    [['nowhere.txt'], /^The file nowhere\.txt cannot be read; check its name\.\n$/],
    [['package.json'], /^Line \d+: the page ends without a paper/],
  ])('with %j ends with one sentence and no trace', (args, sentence) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
