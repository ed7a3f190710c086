import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/query/parse.ts';
import { type Catalogue, createCatalogue } from '../../../src/search/catalogue.ts';
import { catalogueOf, emptyCatalogue, now, seedPapers } from '../seed.ts';

const folder = await mkdtemp(join(tmpdir(), 'paperboy-'));
afterAll(() => rm(folder, { recursive: true }));
const file = join(folder, 'deep', 'index');
const papers = { module: new URL('./papers-module.ts', import.meta.url).href, options: undefined };
const everything = { offset: 0, limit: 200 };

const fresh = () =>
  createCatalogue({
    now: () => now,
    fetch: async (ids) => seedPapers.filter(({ id }) => ids.includes(id)),
  });

/** What is found, and what comes first. */
async function answers(catalogue: Catalogue) {
  const queries = [
    'language model',
    '"chain of thought"',
    'author:akiba',
    'category:cs.CL sort:new',
  ];
  const found = await Promise.all(
    queries.map((query) => catalogue.search(parseQuery(query), everything)),
  );
  return found.map(({ hits, total }) => {
    const ids = hits.map(({ paper: { id } }) => id);
    return { total, first: ids[0], ids: ids.toSorted() };
  });
}

const right = await answers(await catalogueOf(seedPapers));

describe('a snapshot', () => {
  it('is made of a catalogue that a worker built, and fills the next one', async () => {
    const built = fresh();
    const progress: number[] = [];
    expect(await built.open({ file, database: 'a' })).toEqual({ reason: 'there is none' });
    await built.build(papers, { onProgress: (read) => progress.push(read) });
    expect(progress).toEqual([50, 96]);
    expect(await answers(built)).toEqual(right);
    await built.save({ file, database: 'a', revision: 7 });

    const loaded = fresh();
    expect(await loaded.open({ file, database: 'a' })).toEqual({ revision: 7 });
    expect(loaded.size).toBe(96);
    expect(await answers(loaded)).toEqual(right);
  });

  it('remembers what was put and removed since the worker built it', async () => {
    const one = fresh();
    await one.open({ file, database: 'a' });
    const [gone, changed] = seedPapers;
    if (!gone || !changed) throw new Error('no papers');
    one.remove(gone.id);
    await one.put([{ ...changed, title: 'Zebras of the savannah' }]);
    const other = join(folder, 'changed');
    await one.save({ file: other, database: 'a', revision: 8 });
    const two = fresh();
    expect(await two.open({ file: other, database: 'a' })).toEqual({ revision: 8 });
    expect(two.size).toBe(95);
    const zebras = await two.search(parseQuery('zebras savannah'), everything);
    expect(zebras.hits.map(({ paper }) => paper.id)).toEqual([changed.id]);
    expect((await two.resolve(gone.id)).kind).toBe('none');
  });

  it('leaves no half-written file beside it', async () => {
    expect(await readdir(join(folder, 'deep'))).toEqual(['index']);
  });

  it('of another database is passed over', async () => {
    const opened = await fresh().open({ file, database: 'z' });
    expect(opened).toEqual({ reason: 'it is of another database' });
  });

  it('that another version wrote is passed over', async () => {
    const other = join(folder, 'version');
    const bytes = await readFile(file);
    const at = bytes.indexOf('"version":') + '"version":'.length;
    bytes[at] = (bytes[at] ?? 0) + 1;
    bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
    await writeFile(other, bytes);
    const opened = await fresh().open({ file: other, database: 'a' });
    expect(opened).toEqual({ reason: 'another version of Paperboy wrote it' });
  });

  it('that was never finished is cleared away after an hour', async () => {
    const [left, underWay] = [`${file}.left`, `${file}.under-way`];
    for (const name of [left, underWay]) await writeFile(name, 'half');
    await utimes(left, new Date(), new Date(Date.now() - 2 * 3_600_000));
    const one = fresh();
    await one.open({ file, database: 'a' });
    await one.save({ file, database: 'a', revision: 7 });
    expect(await readdir(join(folder, 'deep'))).toEqual(['index', 'index.under-way']);
  });

  const damages: [string, (bytes: Buffer) => Buffer, string][] = [
    ['cut short', (bytes) => bytes.subarray(0, bytes.length >> 1), 'it is damaged'],
    ['empty', () => Buffer.alloc(0), 'it is cut short'],
    ['something else', () => Buffer.from('{"hits": []}'.repeat(9)), 'it is no snapshot'],
    ['longer than written', (bytes) => Buffer.concat([bytes, bytes]), 'it is damaged'],
    ...[20, 1_000, 50_000].map((at): [string, (bytes: Buffer) => Buffer, string] => [
      `one bit off at ${at}`,
      (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 4;
        return bytes;
      },
      'it is damaged',
    ]),
  ];
  it.each(damages)('that is %s is passed over', async (name, damage, why) => {
    const bad = join(folder, name.replaceAll(' ', '-'));
    await writeFile(bad, damage(await readFile(file)));
    const catalogue = fresh();
    expect(await catalogue.open({ file: bad, database: 'a' })).toEqual({ reason: why });
    expect(catalogue.size).toBe(0);
  });
});

describe('the worker', () => {
  it('tells what went wrong when the papers cannot be read', async () => {
    const broken = {
      module: 'data:text/javascript,throw new Error("no database")',
      options: undefined,
    };
    const catalogue = await catalogueOf(seedPapers);
    await expect(catalogue.build(broken)).rejects.toThrow('no database');
    expect(await answers(catalogue)).toEqual(right);
  });

  it('goes on after a paper that cannot be indexed, and tells of it', async () => {
    const bad: string[] = [];
    const catalogue = emptyCatalogue((id) => bad.push(id));
    const good = { id: 'title:b', abstract: '', authors: ['Ada'], categories: [] };
    const some = [
      { ...good, id: 'title:a', title: null },
      { ...good, title: 'Zebras' },
      { ...good, id: 'title:c', title: 'x', categories: null },
      { ...good, id: 'title:d', title: 'Zebras too' },
    ];
    const module = `data:text/javascript,export default async function* () { yield ${JSON.stringify(some)} }`;
    await catalogue.build({ module, options: undefined });
    expect(bad.toSorted()).toEqual(['title:a', 'title:c']);
    expect(catalogue.size).toBe(2);
    expect((await catalogue.search(parseQuery('zebras author:ada'), everything)).total).toBe(2);
  });

  it('ends when it is told to', async () => {
    const endless = {
      module:
        'data:text/javascript,export default async function* () { for (;;) { yield []; await new Promise(setImmediate) } }',
      options: undefined,
    };
    const stopping = new AbortController();
    const onProgress = () => stopping.abort();
    await expect(fresh().build(endless, { signal: stopping.signal, onProgress })).rejects.toThrow();
  });
});
