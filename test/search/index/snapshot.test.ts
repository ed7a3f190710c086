import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/query/parse.ts';
import { type Catalogue, createCatalogue } from '../../../src/search/catalogue.ts';
import { catalogueOf, now, seedPapers } from '../seed.ts';

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
    const reason = await built.open({ file, fingerprint: 'a' }, papers, (read) =>
      progress.push(read),
    );
    expect(reason).toBe('there is none');
    expect(progress).toEqual([50, 96]);
    expect(await answers(built)).toEqual(right);
    await built.save({ file, fingerprint: 'a' });

    const loaded = fresh();
    const nobody = {
      module: 'data:text/javascript,throw new Error("not needed")',
      options: undefined,
    };
    expect(await loaded.open({ file, fingerprint: 'a' }, nobody)).toBeUndefined();
    expect(loaded.size).toBe(96);
    expect(await answers(loaded)).toEqual(right);
  });

  it('remembers what was put and removed since the worker built it', async () => {
    const one = fresh();
    await one.open({ file, fingerprint: 'a' }, papers);
    const [gone, changed] = seedPapers;
    if (!gone || !changed) throw new Error('no papers');
    one.remove(gone.id);
    await one.put([{ ...changed, title: 'Zebras of the savannah' }]);
    const other = join(folder, 'changed');
    await one.save({ file: other, fingerprint: 'b' });
    const two = fresh();
    expect(await two.open({ file: other, fingerprint: 'b' }, papers)).toBeUndefined();
    expect(two.size).toBe(95);
    const zebras = await two.search(parseQuery('zebras savannah'), everything);
    expect(zebras.hits.map(({ paper }) => paper.id)).toEqual([changed.id]);
    expect((await two.resolve(gone.id)).kind).toBe('none');
  });

  it('leaves no half-written file beside it', async () => {
    expect(await readdir(join(folder, 'deep'))).toEqual(['index']);
  });

  it('of another state of the database is passed over', async () => {
    const catalogue = fresh();
    const reason = await catalogue.open({ file, fingerprint: 'z' }, papers);
    expect(reason).toBe('the database has changed since');
    expect(await answers(catalogue)).toEqual(right);
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
    expect(await catalogue.open({ file: bad, fingerprint: 'a' }, papers)).toBe(why);
    expect(await answers(catalogue)).toEqual(right);
  });

  it('tells what went wrong when the papers cannot be read either', async () => {
    const broken = {
      module: 'data:text/javascript,throw new Error("no database")',
      options: undefined,
    };
    await expect(
      fresh().open({ file: join(folder, 'none'), fingerprint: 'a' }, broken),
    ).rejects.toThrow('no database');
  });
});
