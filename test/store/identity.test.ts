import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import type { Told } from '../../src/model/merge.ts';
import { Paper, PaperId } from '../../src/model/paper.ts';
import { titleName } from '../../src/model/same-work.ts';
import { paperBlock } from '../../src/reply/paper.ts';
import { readPapers } from '../../src/sources/ndjson.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createEditionStore } from '../../src/store/editions.ts';
import { createPaperStore, type PaperStore } from '../../src/store/papers.ts';
import { engines } from './databases.ts';

const at = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`;
const title = 'On the Merging of Models';
const paper = (more: object = {}) =>
  Paper.parse({
    id: 'arxiv:2407.09435',
    title,
    abstract: 'We merge models.',
    authors: ['Ada Lovelace'],
    categories: [],
    ...more,
  });

async function tell(
  store: PaperStore,
  source: string,
  papers: readonly Paper[],
  { kind = 'new' as Told['kind'], minute = 0 } = {},
) {
  const puts = store.put(
    papers.map((each) => ({ paper: each, kind })),
    { source, now: at(minute) },
  );
  const all = await Array.fromAsync(puts);
  return {
    outcomes: all.flatMap(({ outcomes }) => outcomes),
    gone: all.flatMap(({ gone }) => gone),
  };
}
const all = async (store: PaperStore) => (await Array.fromAsync(store.batches())).flat();

test('two rows that become one hold nothing up, however much was posted', async () => {
  const db = await openDatabase({ file: ':memory:' });
  onTestFinished(() => db.destroy());
  const store = createPaperStore(db);
  const [old, id] = ['doi:10.1000/1', 'arxiv:2407.09435'];
  const channels = sql<{ n: number }>`
    with recursive c(n) as (select 1 union all select n + 1 from c where n < 300000)`;
  await sql`insert into editions
    (channel, slot, state, messages, papers, attempts, updated_at, in_doubt)
    ${channels} select 'slack:T1/C' || n, ${at(0)}, 'sent', '[]', '["arxiv:2407.00001"]', 1, '', 0
    from c`.execute(db);
  await sql`insert into seen (channel, paper, slot, message)
    ${channels} select 'slack:T1/C' || n, 'arxiv:2407.00001', ${at(0)}, '1' from c`.execute(db);
  await tell(store, 'file', [paper({ id: old })]);
  const before = process.threadCpuUsage();
  const { gone } = await tell(store, 'arxiv', [paper({ id, doi: '10.1000/1' })]);
  const { user, system } = process.threadCpuUsage(before);
  expect(gone).toEqual([old]);
  expect((user + system) / 1e3).toBeLessThan(30);
});

describe.each(engines)('on %s', (_, open) => {
  test('a new version changes the paper and is not new again', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'arxiv', [paper({ version: 1 })]);
    const v2 = paper({ version: 2, title: 'Merging Models Again' });
    const { outcomes } = await tell(store, 'arxiv', [v2], { kind: 'update', minute: 9 });
    expect(outcomes).toEqual([{ id: v2.id, outcome: 'changed' }]);
    expect(await all(store)).toEqual([{ ...v2, sources: ['arxiv'] }]);
    expect(await store.addedSince(at(1))).toEqual([]);
  });

  test('a paper told without an id by the title of its first version is no new paper', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'arxiv', [paper({ version: 1 })]);
    const v2 = paper({ version: 2, title: 'Merging Models Again' });
    await tell(store, 'arxiv', [v2], { kind: 'update' });
    const old = paper({ id: titleName({ title }) });
    const { outcomes } = await tell(store, 'feed:x', [old], { minute: 9 });
    expect(outcomes).toEqual([{ id: v2.id, outcome: 'changed' }]);
    expect(await all(store)).toEqual([{ ...v2, sources: ['arxiv', 'feed:x'] }]);
    await tell(store, 'feed:x', [{ ...old, authors: ['Bo Ek'] }], { minute: 9 });
    expect(await store.count()).toBe(2);
  });

  test('a revision changes what is known, withdraws it too, and brings in nothing else', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'arxiv', [paper({ version: 1 })]);
    const unknown = paper({ id: 'arxiv:2407.09436', title: 'Another', version: 2 });
    const withdrawn = paper({ version: 2, authors: [], withdrawn: 'An error.' });
    const told = [unknown, withdrawn];
    const { outcomes } = await tell(store, 'arxiv-oai', told, { kind: 'revision', minute: 9 });
    expect(outcomes).toEqual([
      { id: unknown.id, outcome: 'unchanged' },
      { id: withdrawn.id, outcome: 'changed' },
    ]);
    const sources = ['arxiv', 'arxiv-oai'];
    const authors = ['Ada Lovelace'];
    expect(await all(store)).toEqual([{ ...withdrawn, authors, sources }]);
    expect(await store.addedSince(at(1))).toEqual([]);
  });

  test('an update of what nobody knew is known and no news, until it is announced', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'arxiv', [paper({ version: 4 })], { kind: 'update' });
    expect(await store.count()).toBe(1);
    expect(await store.addedSince(at(0))).toEqual([]);
    await tell(store, 'arxiv', [paper({ version: 4 })], { kind: 'update', minute: 1 });
    expect(await store.addedSince('')).toMatchObject([{ addedAt: '' }]);
    await tell(store, 'huggingface', [paper({ upvotes: 1 })], { minute: 2 });
    await tell(store, 'huggingface', [paper({ upvotes: 2 })], { minute: 3 });
    expect(await store.addedSince(at(0))).toMatchObject([{ addedAt: at(2) }]);
  });

  test('a withdrawal marks the paper, with a reason even where none is given', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'arxiv', [paper()]);
    await tell(store, 'arxiv', [paper({ version: 2 })], { kind: 'withdrawn' });
    expect(await all(store)).toMatchObject([{ withdrawn: 'withdrawn', version: 2 }]);
  });

  test('a page without ids, a journal and arXiv tell of one work, which ends up under its arXiv id', async () => {
    const store = createPaperStore(await open());
    const untold = paper({ id: titleName({ title }), authors: [], upvotes: 7 });
    await tell(store, 'page', [untold], { minute: 1 });
    const journal = paper({ id: 'doi:10.1000/1', doi: '10.1000/1', abstract: '' });
    expect(await tell(store, 'feed:https://example.org', [journal], { minute: 2 })).toEqual({
      outcomes: [{ id: 'doi:10.1000/1', outcome: 'changed' }],
      gone: [untold.id],
    });
    const preprint = paper({ doi: '10.1000/1', title: 'Model Merging' });
    expect(await tell(store, 'arxiv', [preprint], { minute: 3 })).toEqual({
      outcomes: [{ id: 'arxiv:2407.09435', outcome: 'changed' }],
      gone: ['doi:10.1000/1'],
    });
    const sources = ['arxiv', 'feed:https://example.org', 'page'];
    expect(await all(store)).toEqual([{ ...preprint, upvotes: 7, sources }]);
    expect(await store.addedSince(at(2))).toEqual([]);
    for (const name of [untold.id, 'doi:10.1000/1', 'arxiv:2407.09435']) {
      expect(await store.named(PaperId.parse(name))).toBe('arxiv:2407.09435');
    }
  });

  test('what a channel was shown under one identity it was shown under the other', async () => {
    const db = await open();
    const [store, editions] = [createPaperStore(db), createEditionStore(db)];
    const channel = ChannelRef.parse('local:local/general');
    const old = titleName({ title });
    const id = { channel, slot: at(1) };
    const later = { channel, slot: at(2) };
    await tell(store, 'page', [paper({ id: old, authors: [] })]);
    const carry = async (each: typeof id) => {
      await editions.plan(each, at(1));
      const claim = await editions.claim(each, at(1));
      if (!claim) throw new Error('not claimed');
      const block = { ...paperBlock(paper({ id: old })), kind: 'paper' as const };
      const rest = [{ visibility: 'channel' as const, summary: '', blocks: [block] }];
      await editions.carry(claim, { papers: [old], rest, top: 2 }, at(1));
      return claim;
    };
    await editions.settle(await carry(id), { delivery: { state: 'sent' } }, at(1));
    const claim = await carry(later);
    await tell(store, 'arxiv', [paper()]);
    expect(await editions.taken(channel)).toEqual(new Set(['arxiv:2407.09435']));
    const cargo = await editions.cargo(later);
    expect(cargo?.papers).toEqual(['arxiv:2407.09435']);
    expect(JSON.stringify(cargo?.rest)).not.toContain(old);
    await editions.settle(claim, { delivery: { state: 'sent' } }, at(2));
    expect(await editions.taken(channel)).toEqual(new Set(['arxiv:2407.09435']));
  });

  test('two rows that a DOI shows to be one become one, as old as the older', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'biorxiv', [paper({ id: 'doi:10.1101/1', title: 'Early Title' })]);
    await tell(store, 'arxiv', [paper()], { minute: 5 });
    expect(await store.count()).toBe(2);
    const { gone } = await tell(store, 'arxiv', [paper({ doi: '10.1101/1' })], { minute: 6 });
    expect(gone).toEqual(['doi:10.1101/1']);
    const sources = ['arxiv', 'biorxiv'];
    expect(await all(store)).toEqual([paper({ doi: '10.1101/1', sources })]);
    expect(await store.addedSince(at(1))).toEqual([]);
  });

  test('a title that fits two known papers names neither', async () => {
    const store = createPaperStore(await open());
    await tell(store, 'arxiv', [paper(), paper({ id: 'arxiv:2407.00001' })]);
    await tell(store, 'feed:x', [paper({ id: 'doi:10.1000/1' })]);
    expect(await store.count()).toBe(3);
  });

  test('two who tell of the same paper at once store it once', async () => {
    const store = createPaperStore(await open());
    const told = [
      tell(store, 'huggingface', [paper({ upvotes: 4 })]),
      tell(store, 'arxiv', [paper({ version: 1 })]),
    ];
    const outcomes = (await Promise.all(told)).flatMap((each) => each.outcomes);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['added', 'changed']);
    const sources = ['arxiv', 'huggingface'];
    expect(await all(store)).toEqual([paper({ upvotes: 4, version: 1, sources })]);
  });

  test('whoever follows the changes knows what is known, and what is gone', async () => {
    const store = createPaperStore(await open());
    const followed = new Map<string, Paper>();
    let cursor: { revision: number; id?: string } = { revision: 0 };
    const follow = async () => {
      for (;;) {
        const { papers, gone, upTo } = await store.changes(cursor, 2);
        for (const each of papers) followed.set(each.id, each);
        for (const id of gone) followed.delete(id);
        cursor = upTo;
        if (!papers.length) return;
      }
    };
    const old = titleName({ title });
    await tell(store, 'page', [paper({ id: old, authors: [] })]);
    await tell(
      store,
      'arxiv',
      [1, 2, 3, 4, 5].map((n) => paper({ id: `arxiv:2407.0000${n}`, title: `Paper ${n}` })),
    );
    await follow();
    expect(followed.size).toBe(6);
    await tell(store, 'arxiv', [paper()]);
    await follow();
    expect([...followed.values()]).toHaveLength(6);
    expect(followed.has(old)).toBe(false);
    expect(followed.get(paper().id)).toEqual(
      (await all(store)).find(({ id }) => id === paper().id),
    );
  });
});

// Whole collections of awkward papers, for whoever has them: TEST_DATA=<folder> npm test
const folder = process.env.TEST_DATA;
const files = ['edge-cases.ndjson', 'version-changes.ndjson.gz'].map((name) =>
  join(folder ?? '', name),
);
const isHere = folder !== undefined && files.every((file) => existsSync(file));

test.skipIf(!isHere)(
  'every awkward record and version stays the paper it was',
  async () => {
    const [, open] = engines[0] ?? [];
    if (!open) throw new Error('no engine');
    const store = createPaperStore(await open());
    const linesOf = (path = '') => {
      const bytes = readFileSync(path);
      return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
    };
    const [edge, versions] = files;
    const ids = new Set<string>();
    const records = linesOf(edge).filter((line) => JSON.parse(line).id);
    for await (const read of readPapers(records.join('\n'))) {
      if (!('paper' in read)) continue;
      ids.add(read.paper.id);
      await tell(store, 'arxiv', [read.paper]);
    }
    expect(ids.size).toBeGreaterThan(200);
    for (const line of linesOf(versions)) {
      const { id, versions: told } = JSON.parse(line);
      ids.add(id);
      const [newest, ...older] = told
        .map((each: { v: number; title: string; abstract: string; categories: string[] }) =>
          Paper.parse({ ...each, id, authors: [], published: undefined, version: each.v }),
        )
        .toReversed();
      await tell(store, 'arxiv', [newest]);
      const again = await tell(store, 'arxiv', older, { kind: 'update' });
      expect(again.outcomes.every(({ outcome }) => outcome === 'unchanged')).toBe(true);
    }
    expect(await store.count()).toBe(ids.size);
  },
  120_000,
);
