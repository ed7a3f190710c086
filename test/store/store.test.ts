import { describe, expect, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import type { Submission } from '../../src/model/delivery.ts';
import { Paper, PaperId } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import type { ChannelSettings } from '../../src/model/settings.ts';
import { createButtonStore } from '../../src/store/buttons.ts';
import { createChannelStore } from '../../src/store/channels.ts';
import { createEditionStore } from '../../src/store/editions.ts';
import { createImportStore } from '../../src/store/imports.ts';
import { migrate } from '../../src/store/migrations.ts';
import { createPaperStore, type PaperStore } from '../../src/store/papers.ts';
import { engines } from './databases.ts';

const channel = ChannelRef.parse('slack:T1/C1');
const settings: ChannelSettings = {
  channel,
  name: '#papers',
  schedule: defaultSchedule('Europe/Berlin'),
  since: '2026-11-23T00:00:00.000Z',
};
const at = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`;
const paper = (n: number, more: object = {}) =>
  Paper.parse({
    id: `arxiv:2407.0000${n}`,
    title: `Paper ${n}`,
    abstract: 'Text.',
    authors: ['Ada', 'Bo'],
    categories: [],
    ...more,
  });

/** What became of the papers of one call, counted. */
async function put(store: PaperStore, papers: readonly Paper[], now: string, source = 'file') {
  const told = papers.map((each) => ({ paper: each, kind: 'new' as const }));
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for await (const { outcomes } of store.put(told, { source, now })) {
    for (const { outcome } of outcomes) counts[outcome] += 1;
  }
  return counts;
}

describe.each(engines)('on %s', (_, open) => {
  test('migrating twice changes nothing', async () => {
    const db = await open();
    await expect(migrate(db)).resolves.toBeUndefined();
  });

  test('papers come back as they went in, and the same paper again changes nothing', async () => {
    const store = createPaperStore(await open());
    const full = paper(1, {
      published: '2024-07-12',
      upvotes: 8,
      url: 'https://example.org/1',
      categories: ['cs.CL'],
    });
    expect(await put(store, [full, paper(2)], at(0))).toMatchObject({ added: 2, changed: 0 });
    expect(await put(store, [full, paper(2)], at(1))).toMatchObject({ added: 0, changed: 0 });
    const all = [];
    for await (const batch of store.batches(1)) all.push(...batch);
    const sources = ['file'];
    expect(all).toEqual([
      { ...full, sources },
      { ...paper(2), sources },
    ]);
  });

  test('a changed paper is replaced and stays as old as it was', async () => {
    const store = createPaperStore(await open());
    await put(store, [paper(1)], at(0));
    expect(await put(store, [paper(1, { upvotes: 3 }), paper(2)], at(5))).toMatchObject({
      added: 1,
      changed: 1,
    });
    expect((await store.addedSince(at(5))).map(({ id }) => id)).toEqual([paper(2).id]);
    expect(await store.count()).toBe(2);
  });

  test('one call may bring thousands of papers, and the same one twice', async () => {
    const store = createPaperStore(await open());
    const many = Array.from({ length: 2_500 }, (_, i) =>
      paper(1, { id: `arxiv:2407.${10_000 + i}`, title: `Paper ${i}` }),
    );
    const first = many.slice(0, 1);
    expect(await put(store, [...many, ...first], at(0))).toEqual({
      added: 2_500,
      changed: 0,
      unchanged: 1,
    });
  });

  test('only channels that follow something and are not paused are active', async () => {
    const store = createChannelStore(await open());
    await store.putSettings(settings);
    expect(await Array.fromAsync(store.active())).toEqual([]);
    const subscription = {
      channel,
      topic: 'merging',
      query: 'merging',
      owner: 'U1',
      createdAt: at(0),
    };
    await store.putSubscription({ ...subscription, top: 3 });
    expect(await Array.fromAsync(store.active())).toEqual([[settings]]);
    expect(await store.subscriptions(channel)).toEqual([{ ...subscription, top: 3 }]);
    await store.putSubscription({ ...subscription, minUpvotes: 0 });
    expect(await store.subscriptions(channel)).toEqual([{ ...subscription, minUpvotes: 0 }]);
    await store.putSettings({ ...settings, paused: 'by Ada' });
    expect(await Array.fromAsync(store.active())).toEqual([]);
    expect((await store.settings(channel))?.paused).toBe('by Ada');
    expect(await store.removeSubscription(channel, 'merging')).toBe(true);
    expect(await store.removeSubscription(channel, 'merging')).toBe(false);
  });

  test('what a channel asks for is replaced as a whole, or not at all', async () => {
    const store = createChannelStore(await open());
    const follows = (topic: string, more: object = {}) => ({
      ...{ channel, topic, query: topic, owner: 'U1', createdAt: at(0) },
      ...more,
    });
    const asked = async () => [await store.settings(channel), await store.subscriptions(channel)];
    await store.replace(settings, [follows('merging'), follows('pruning')]);
    const later = { ...settings, name: '#later' };
    // The database takes no topic of a channel that it does not know.
    const stranger = follows('other', { channel: `${channel}-unknown` });
    await expect(store.replace(later, [follows('merging'), stranger])).rejects.toThrow();
    expect(await asked()).toEqual([settings, [follows('merging'), follows('pruning')]]);
    await store.replace(later, [follows('merging', { top: 3 })]);
    expect(await asked()).toEqual([later, [follows('merging', { top: 3 })]]);
  });

  test('of many who claim an edition at once, one gets it', async () => {
    const store = createEditionStore(await open());
    const id = { channel, slot: at(0) };
    const plans = await Promise.all(Array.from({ length: 5 }, () => store.plan(id, at(0))));
    expect(plans.filter(Boolean)).toHaveLength(1);
    const claims = await Promise.all(Array.from({ length: 5 }, () => store.claim(id, at(0))));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.waiting(at(1))).toEqual([]);
  });

  test('a failed edition waits for its time and is then claimed once more', async () => {
    const store = createEditionStore(await open());
    const id = { channel, slot: at(0) };
    await store.plan(id, at(0));
    await store.claim(id, at(0));
    const failed = { state: 'failed', reason: 'service-away', retryAt: at(5) } as const;
    await store.settle({ ...id, attempts: 1 }, { delivery: failed }, at(1));
    expect(await store.waiting(at(4))).toEqual([]);
    expect(await store.claim(id, at(4))).toBeUndefined();
    expect(await store.waiting(at(5))).toEqual([id]);
    expect((await store.claim(id, at(5)))?.attempts).toBe(2);
  });

  test('papers count as seen only once their edition is sent', async () => {
    const store = createEditionStore(await open());
    const id = { channel, slot: at(0) };
    const claim = { ...id, attempts: 1 };
    const papers = [PaperId.parse('arxiv:2407.00001'), PaperId.parse('arxiv:2407.00002')];
    await store.plan(id, at(0));
    await store.claim(id, at(0));
    await store.carry(claim, { papers, rest: [], top: 1 }, at(0));
    await store.posted(claim, ['m1'], at(0));
    expect(await store.taken(channel, id.slot)).toEqual(new Set());
    // Another edition must not carry them meanwhile.
    expect(await store.taken(channel)).toEqual(new Set(papers));
    await store.settle(claim, { delivery: { state: 'sent' } }, at(1));
    expect(await store.taken(channel)).toEqual(new Set(papers));
    expect(await store.latest(channel)).toMatchObject({
      delivery: { state: 'sent' },
      messages: ['m1'],
      papers,
    });
  });

  test('an edition whose sender died is given back after its lease, and no sooner', async () => {
    const store = createEditionStore(await open());
    const id = { channel, slot: at(0) };
    await store.plan(id, at(0));
    const claim = await store.claim(id, at(0));
    await store.release(at(2));
    expect(await store.waiting(at(2))).toEqual([]);
    if (claim) await store.renew(claim, at(2));
    await store.release(at(5));
    expect(await store.waiting(at(5))).toEqual([]);
    await store.release(at(6));
    expect(await store.waiting(at(6))).toEqual([id]);
  });

  test('a lost claim writes nothing', async () => {
    const store = createEditionStore(await open());
    const id = { channel, slot: at(0) };
    const lost = { ...id, attempts: 1 };
    await store.plan(id, at(0));
    await store.claim(id, at(0));
    await store.release(at(4));
    const holder = await store.claim(id, at(4));
    await expect(store.carry(lost, { papers: [], rest: [], top: 1 }, at(4))).rejects.toThrow(
      'taken',
    );
    await expect(store.posted(lost, ['m'], at(4))).rejects.toThrow('taken');
    expect(await store.settle(lost, { delivery: { state: 'sent' } }, at(4))).toBe(false);
    expect(await store.get(id)).toEqual(holder);
  });

  test('editions that are long over are forgotten, but for the newest of a channel and those that wait', async () => {
    const db = await open();
    const store = createEditionStore(db);
    const end = async (of: ChannelRef, slot: string, submission?: Submission) => {
      await store.plan({ channel: of, slot }, slot, submission);
      const claim = await store.claim({ channel: of, slot }, slot);
      if (claim) await store.settle(claim, { delivery: { state: 'sent' } }, slot);
    };
    const other = ChannelRef.parse(`${channel}2`);
    for (const minute of [1, 2, 3, 8]) await end(channel, at(minute));
    for (const minute of [1, 2]) await end(other, at(minute));
    const suggested = ChannelRef.parse(`${channel}3`);
    for (const of of [other, suggested]) await end(of, at(3), { paper: paper(1).id, by: 'U1' });
    await store.plan({ channel, slot: at(4) }, at(4));
    const many = Array.from({ length: 1_200 }, (_, n) => ChannelRef.parse(`${channel}-${n}`));
    for (const slot of [at(1), at(7)])
      await store.planAll(
        many.map((each) => ({ channel: each, slot })),
        slot,
      );
    await db.updateTable('editions').set({ state: 'sent' }).where('channel', 'in', many).execute();
    expect(await store.forget(at(7))).toBe(6 + many.length);
    expect(await store.forget(at(7))).toBe(0);
    const left = async (of: ChannelRef) => (await store.since(of, at(0))).map(({ slot }) => slot);
    expect(await left(channel)).toEqual([at(4), at(8)]);
    expect(await left(other)).toEqual([at(2)]);
  });

  test('a channel has one edition being sent at a time', async () => {
    const store = createEditionStore(await open());
    const [first, second] = [at(0), at(1)].map((slot) => ({ channel, slot }));
    for (const id of [first, second]) if (id) await store.plan(id, at(1));
    const held = first && (await store.claim(first, at(1)));
    expect(second && (await store.claim(second, at(1)))).toBeUndefined();
    if (held) await store.settle(held, { delivery: { state: 'sent' } }, at(2));
    expect(second && (await store.claim(second, at(2)))?.attempts).toBe(1);
  });

  test('an import is told of while it lasts, a while after it ended, and not when it died', async () => {
    const db = await open();
    let minute = 1;
    const [one, other] = [0, 1].map(() => createImportStore(db, () => new Date(at(minute))));
    expect(await other?.latest()).toBeUndefined();
    await one?.tell('a', { file: 'a.ndjson', papers: 500, share: 0.25 });
    expect(await other?.latest()).toEqual({ file: 'a.ndjson', papers: 500, share: 0.25 });
    minute = 2;
    expect(await other?.latest()).toBeUndefined();
    await one?.tell('a', { file: 'a.ndjson', papers: 900, faults: 2 });
    minute = 6;
    expect(await other?.latest()).toEqual({ file: 'a.ndjson', papers: 900, faults: 2 });
    minute = 9;
    expect(await other?.latest()).toBeUndefined();
    await one?.tell('b', { file: 'b.ndjson', papers: 1, share: 1 });
    expect(await db.selectFrom('imports').select('id').execute()).toEqual([{ id: 'b' }]);
  });

  test('a long button keeps its line', async () => {
    const store = createButtonStore(await open(), () => new Date(at(1)));
    await store.keep([{ key: 'k', line: 'search a' }]);
    await store.keep([{ key: 'k', line: 'search a' }]);
    expect(await store.line('k')).toBe('search a');
    expect(await store.line('none')).toBeUndefined();
  });

  test('a long button works for half a year after it was last shown, and is then forgotten', async () => {
    const db = await open();
    let day = 0;
    const store = createButtonStore(db, () => new Date(Date.parse(at(1)) + day * 86_400_000));
    const show = (key: string) => store.keep([{ key, line: `search ${key}` }]);
    await show('once');
    await show('again');
    day = 100;
    await show('again');
    day = 180;
    expect(await store.line('once')).toBe('search once');
    day = 200;
    expect(await store.line('once')).toBeUndefined();
    expect(await store.line('again')).toBe('search again');
    await show('another');
    const rows = await db.selectFrom('buttons').select('key').orderBy('key').execute();
    expect(rows.map(({ key }) => key)).toEqual(['again', 'another']);
  });
});
