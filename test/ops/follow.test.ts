/** The catalogue in step with a real database of either engine, over starts and stops. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Paper, PaperId } from '../../src/model/paper.ts';
import { titleName } from '../../src/model/same-work.ts';
import { follow } from '../../src/ops/follow.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { createCatalogue } from '../../src/search/catalogue.ts';
import { type Location, openDatabase } from '../../src/store/database.ts';
import { toRow } from '../../src/store/paper-rows.ts';
import { createPaperStore, type PaperStore, type Put } from '../../src/store/papers.ts';
import { freshDatabase } from '../fakes/postgres-global.ts';

const now = '2026-11-23T09:00:00.000Z';
const paper = (title: string, given: Partial<Paper> = {}): Paper => {
  const id = titleName({ title });
  return { id, title, abstract: '', authors: ['Ada Ng'], categories: [], ...given };
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'paperboy-follow-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

async function tell(store: PaperStore, ...papers: Paper[]): Promise<Put[]> {
  const told = papers.map((each) => ({ paper: each, kind: 'new' as const }));
  return Array.fromAsync(store.put(told, { source: 'file', now }));
}

const engines: [name: string, locate: (state: string) => Promise<Location>][] = [
  ['SQLite', async (state) => ({ file: join(state, 'paperboy.db') })],
  ['PostgreSQL', async () => ({ url: await freshDatabase() })],
];

describe.each(engines)('on %s', (_, locate) => {
  /** A database, and processes that start over it with one snapshot. */
  async function house() {
    const state = folder();
    const location = await locate(state);
    const db = await openDatabase(location);
    onTestFinished(() => db.destroy());
    const store = createPaperStore(db);
    const file = join(state, 'papers.index');

    function start(papersAt = { module: reader, options: location as unknown }) {
      const lines: Record<string, unknown>[] = [];
      const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
      const stopping = new AbortController();
      onTestFinished(() => stopping.abort());
      const catalogue = createCatalogue({ now: () => new Date(now), fetch: store.get });
      const { signal } = stopping;
      const follower = follow({ papers: store, catalogue, file, papersAt, signal, log });
      const titles = async (query: string) => {
        const found = await catalogue.search(parseQuery(query), { offset: 0, limit: 5 });
        return found.exact ? found.hits.map((hit) => hit.paper.title).sort() : [];
      };
      const reason = () => lines.find((line) => 'reason' in line)?.reason;
      const from = () => lines.find((line) => 'from' in line)?.from;
      return { ...follower, catalogue, titles, reason, from };
    }

    /** Starts, loads, saves and stops. */
    async function run() {
      const one = start();
      await one.loaded;
      await one.save();
      return one;
    }
    return { db, store, file, start, run };
  }

  test('the first start reads every paper, the second opens what the first saved', async () => {
    const { store, run, start } = await house();
    await tell(store, paper('Zebras of the savannah'), paper('Lions'));
    const first = await run();
    expect([first.reason(), first.from()]).toEqual(['there is none', 'database']);
    const second = start();
    expect(second.loading()).toEqual({ done: 0, total: 0 });
    await second.loaded;
    expect(second.loading()).toBeUndefined();
    expect([second.reason(), second.from()]).toEqual([undefined, 'snapshot']);
    expect(await second.titles('zebras')).toEqual(['Zebras of the savannah']);
  });

  test('what others stored, changed and found to be one work since the snapshot is found', async () => {
    const { store, run, start } = await house();
    const arxiv = { id: PaperId.parse('arxiv:2407.09435') };
    await tell(store, paper('Zebras'), paper('Lions', { abstract: 'They sleep.' }));
    await run();
    await tell(store, paper('Giraffes'));
    await tell(store, paper('Lions', { ...arxiv, abstract: 'They roar.' }));
    const again = start();
    await again.loaded;
    expect(again.from()).toBe('snapshot');
    expect(again.catalogue.size).toBe(3);
    expect(await again.titles('giraffes')).toEqual(['Giraffes']);
    expect(await again.titles('roar')).toEqual(['Lions']);
    expect(await again.titles('sleep')).toEqual([]);
    expect((await again.catalogue.resolve('arxiv:2407.09435')).kind).toBe('one');
  });

  test('while it runs it learns what it stores itself and what others store', async () => {
    const { store, start } = await house();
    const one = start();
    await one.loaded;
    for (const put of await tell(store, paper('Zebras'))) await one.take(put);
    await one.found();
    expect(await one.titles('zebras')).toEqual(['Zebras']);
    await tell(store, paper('Lions'));
    // The same again changes nothing but the number of the last change.
    await tell(store, paper('Lions'));
    for (const put of await tell(store, paper('Giraffes'))) await one.take(put);
    await one.found();
    expect(await one.titles('lions')).toEqual(['Lions']);
    await tell(store, paper('Okapis'));
    await one.catchUp();
    expect(await one.titles('okapis')).toEqual(['Okapis']);
    expect(one.catalogue.size).toBe(4);
  });

  test('what is stored faster than it is indexed is indexed together, as if one after the other', async () => {
    const { store, start } = await house();
    const one = start();
    await one.loaded;
    const doi = { doi: '10.1000/7' };
    const arxiv = { id: PaperId.parse('arxiv:2407.09435') };
    const herds = Array.from({ length: 1_200 }, (_, i) => paper(`Herd ${i}`));
    const puts = [
      ...(await tell(store, paper('Zebras'), paper('Lions', { ...doi, abstract: 'They sleep.' }))),
      ...(await tell(store, ...herds)),
      // The same work under a better name, then told anew.
      ...(await tell(store, paper('Lions', { ...doi, ...arxiv }))),
      ...(await tell(store, paper('Lions', { ...arxiv, abstract: 'They roar.' }))),
    ];
    await Promise.all(puts.map((put) => one.take(put)));
    await one.found();
    expect(one.catalogue.size).toBe(1_202);
    expect(await one.titles('lions roar')).toEqual(['Lions']);
    expect(await one.titles('lions sleep')).toEqual([]);
    expect(await one.titles('"herd 1199"')).toEqual(['Herd 1199']);
    expect((await one.catalogue.resolve('arxiv:2407.09435')).kind).toBe('one');
  });

  test('a snapshot is saved again when papers have changed, and only then', async () => {
    const { store, file, start, run } = await house();
    await tell(store, paper('Zebras'));
    await run();
    const before = await readFile(file);
    await writeFile(file, 'gone');
    const one = start();
    await one.loaded;
    await one.save();
    expect((await readFile(file)).equals(before)).toBe(true);
    await writeFile(file, 'gone');
    await one.save();
    expect(await readFile(file, 'utf8')).toBe('gone');
    for (const put of await tell(store, paper('Lions'))) await one.take(put);
    await one.found();
    await one.save();
    const next = start();
    await next.loaded;
    expect([next.from(), next.catalogue.size]).toEqual(['snapshot', 2]);
  });

  test.each<[string, string, (given: Awaited<ReturnType<typeof house>>) => Promise<unknown>]>([
    [
      'is damaged',
      'it is damaged',
      async ({ file }) => {
        const bytes = await readFile(file);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        await writeFile(file, bytes);
      },
    ],
    ['is cut short', 'it is cut short', ({ file }) => writeFile(file, 'PAPERBOY')],
    [
      'is of another database',
      'it is of another database',
      ({ db }) => db.updateTable('catalogue_revision').set({ database: 'other' }).execute(),
    ],
    [
      'is newer than a database that was put back',
      'it is newer than the database',
      ({ db }) => db.updateTable('catalogue_revision').set({ value: 0 }).execute(),
    ],
    [
      'has papers that somebody took out of the database',
      'it has other papers than the database',
      ({ db }) => db.deleteFrom('papers').where('title', '=', 'Lions').execute(),
    ],
  ])('a snapshot that %s is passed over, told of and made anew', async (_, why, spoil) => {
    const given = await house();
    const { store, start, run } = given;
    await tell(store, paper('Zebras'), paper('Lions'), paper('Zebras and lions'));
    await run();
    await spoil(given);
    const again = await run();
    expect([again.reason(), again.from()]).toEqual([why, 'database']);
    expect(again.catalogue.size).toBe(await store.count());
    expect(await again.titles('zebras')).toEqual(['Zebras', 'Zebras and lions']);
    const next = start();
    await next.loaded;
    expect(next.from()).toBe('snapshot');
  });

  test('many papers are indexed in a thread, and none that comes or changes meanwhile is lost', async () => {
    const { db, store, start } = await house();
    const many = Array.from({ length: 2_500 }, (_, i) =>
      toRow(
        { paper: paper(`Animal number ${i}`, { id: PaperId.parse(`doi:10.1/${i}`) }), from: {} },
        { addedAt: now, revision: 0 },
      ),
    );
    for (const at of [0, 1_000, 2_000]) {
      await db
        .insertInto('papers')
        .values(many.slice(at, at + 1_000))
        .execute();
    }
    const one = start();
    const isLoaded = one.loaded.then(() => true);
    let rounds = 0;
    do {
      rounds += 1;
      const puts = await tell(store, paper('Zebras', { upvotes: rounds }), paper(`Lion ${rounds}`));
      for (const put of puts) await one.take(put);
    } while (!(await Promise.race([isLoaded, pause()])));
    await one.catchUp();
    expect(one.from()).toBe('database');
    expect(one.catalogue.size).toBe(2_501 + rounds);
    expect(await one.titles(`zebras upvotes:${rounds}`)).toEqual(['Zebras']);
    expect(await one.titles(`lion ${rounds}`)).toEqual([`Lion ${rounds}`]);
    expect(await one.titles('"animal number 1234"')).toEqual(['Animal number 1234']);
  });

  test('what could not be loaded at the start is loaded later', async () => {
    const { store, file, start, db } = await house();
    await tell(store, paper('Zebras'));
    await db.schema.alterTable('papers').renameTo('away').execute();
    const one = start();
    await expect(one.loaded).rejects.toThrow();
    expect(one.loading()).toBeDefined();
    await db.schema.alterTable('away').renameTo('papers').execute();
    await one.catchUp();
    expect(one.loading()).toBeUndefined();
    expect(await one.titles('zebras')).toEqual(['Zebras']);
    await one.save();
    expect((await readFile(file)).subarray(0, 8).toString()).toBe('PAPERBOY');
  });
});

const reader = new URL(`file://${resolve('src/store/papers-reader.ts')}`).href;
const pause = () => new Promise<false>((go) => setTimeout(() => go(false), 1));
