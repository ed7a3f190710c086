/** One edition of several messages, and several editions of one channel, on both engines; the platform fails at will. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Digests } from '../../src/command/context.ts';
import { createDigests } from '../../src/digest/digests.ts';
import { createLog } from '../../src/log.ts';
import { channelRef } from '../../src/model/channel.ts';
import { Paper } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import type { ChannelSettings } from '../../src/model/settings.ts';
import type { SourceNow } from '../../src/model/source-day.ts';
import { type Platform, PostError } from '../../src/platforms/platform.ts';
import type { Reply } from '../../src/reply/reply.ts';
import { createChannelStore } from '../../src/store/channels.ts';
import type { Database } from '../../src/store/database.ts';
import { createEditionStore, type EditionStore } from '../../src/store/editions.ts';
import { createObstacleStore } from '../../src/store/obstacles.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { createSignalStore } from '../../src/store/signals.ts';
import { engines } from '../store/databases.ts';

const channel = channelRef({ platform: 'slack', workspace: 'T1', channel: 'C1' });
const settings = {
  channel,
  name: '#papers',
  schedule: { ...defaultSchedule('UTC'), top: 3 },
  since: '2026-11-23T06:00:00.000Z',
};
const paper = (n: number, upvotes: number) =>
  Paper.parse({
    id: `arxiv:2407.0000${n}`,
    title: `Merging ${n}`,
    abstract: '',
    authors: [],
    categories: [],
    upvotes,
  });

/** A service that shows one paper a message. */
class Service implements Platform {
  readonly name = 'slack';
  readonly shown = new Map<string, { title?: string; summary: string }>();
  /** Asked before each post: whether it is refused, or shown without an answer. */
  fault: (n: number) => 'refused' | 'archived' | 'unanswered' | undefined = () => undefined;
  /** Resolves before a post goes on. */
  gate: Promise<void> = Promise.resolve();
  #posts = 0;

  start = async () => '';
  stop = async () => {};
  isConnected = () => true;
  permalink = async () => undefined;
  tell = async () => {};
  obstacle = async () => undefined;
  find = async (_: string, key: string) => (this.shown.has(key) ? key : undefined);
  split = (reply: Reply) => {
    const papers = reply.blocks.filter(({ kind }) => kind === 'paper');
    return papers.length ? papers.map((block) => ({ ...reply, blocks: [block] })) : [reply];
  };

  post = async (_: string, { blocks, summary }: Reply, key: string) => {
    await this.gate;
    this.#posts += 1;
    const fault = this.fault(this.#posts);
    if (fault === 'refused') throw new PostError('rate-limited', 'wait');
    if (fault === 'archived') throw new PostError('channel-archived', 'is_archived');
    const [block] = blocks;
    expect(this.shown.has(key)).toBe(false);
    this.shown.set(key, { ...(block?.kind === 'paper' && { title: block.title }), summary });
    if (fault === 'unanswered') throw new PostError('service-away', 'cut');
    return key;
  };

  get titles(): string[] {
    return [...this.shown.values()].flatMap(({ title }) => title ?? []);
  }

  get summaries(): string[] {
    return [...this.shown.values()].map(({ summary }) => summary);
  }
}

describe.each(engines)('on %s', (_, open) => {
  let db: Database;
  let service: Service;
  let digests: Digests;
  let editions: EditionStore;
  let now: Date;
  let sources: SourceNow[];
  let putSettings: (settings: ChannelSettings) => Promise<void>;
  let bring: (...papers: Paper[]) => Promise<void>;

  beforeEach(async () => {
    db = await open();
    service = new Service();
    now = new Date('2026-11-23T09:00:00Z');
    const clock = () => now;
    const [channels, papers] = [createChannelStore(db), createPaperStore(db)];
    editions = createEditionStore(db);
    const platforms = new Map([['slack', service]] as const);
    const log = createLog('silent');
    digests = createDigests({
      papers,
      channels,
      editions,
      platforms,
      topics: [],
      obstacles: createObstacleStore(db),
      signals: createSignalStore(db),
      whenUnsure: 'skip',
      spreadMs: 0,
      sources: async () => sources,
      now: clock,
      log,
    });
    bring = async (...all) => {
      const told = all.map((each) => ({ paper: each, kind: 'new' as const }));
      await Array.fromAsync(papers.put(told, { source: 'file', now: now.toISOString() }));
    };
    sources = [];
    putSettings = channels.putSettings;
    await channels.putSettings(settings);
    const topic = { topic: 'merging', query: 'merging', owner: 'U1' };
    await channels.putSubscription({ channel, ...topic, createdAt: settings.since });
    await bring(paper(1, 30), paper(2, 20), paper(3, 10));
  });

  const tickAt = async (instant: string) => {
    now = new Date(instant);
    await digests.tick();
  };

  test('an edition that was refused half way goes on with the papers it began with', async () => {
    service.fault = (n) => (n === 2 ? 'refused' : undefined);
    await tickAt('2026-11-23T09:00:00Z');
    expect(service.titles).toEqual(['Merging 1']);
    await bring(paper(4, 99), paper(3, 50));
    await tickAt('2026-11-23T09:05:00Z');
    expect(service.titles).toEqual(['Merging 1', 'Merging 2', 'Merging 3']);
    expect(await editions.taken(channel)).toEqual(new Set([1, 2, 3].map((n) => paper(n, 0).id)));
  });

  test('papers of a message whose answer was lost count as shown, whatever came since', async () => {
    service.fault = (n) => (n === 1 ? 'unanswered' : undefined);
    await tickAt('2026-11-23T09:00:00Z');
    await bring(paper(4, 99));
    await tickAt('2026-11-23T09:05:00Z');
    expect(service.titles).toEqual(['Merging 1', 'Merging 2', 'Merging 3']);
    await tickAt('2026-11-24T09:00:00Z');
    expect(service.titles.slice(3)).toEqual(['Merging 4']);
  });

  test('an edition of which nothing was shown carries what is best by now', async () => {
    service.fault = (n) => (n === 1 ? 'refused' : undefined);
    await tickAt('2026-11-23T09:00:00Z');
    await bring(paper(4, 99));
    await tickAt('2026-11-23T09:05:00Z');
    expect(service.titles).toEqual(['Merging 4', 'Merging 1', 'Merging 2']);
  });

  test('after an outage of several days one edition comes', async () => {
    service.fault = (n) => (n <= 3 ? 'refused' : undefined);
    for (const day of [23, 24, 25]) await tickAt(`2026-11-${day}T09:00:00Z`);
    await bring(paper(4, 99));
    await tickAt('2026-11-25T11:00:00Z');
    await tickAt('2026-11-25T11:01:00Z');
    expect(service.titles).toEqual(['Merging 4', 'Merging 1', 'Merging 2']);
    const first = await editions.get({ channel, slot: '2026-11-23T09:00:00.000Z' });
    expect(first?.delivery).toEqual({ state: 'skipped', reason: 'superseded' });
  });

  test('an edition that waited for more than a week is not posted any more', async () => {
    service.fault = () => 'refused';
    await tickAt('2026-11-23T09:00:00Z');
    service.fault = () => undefined;
    await tickAt('2026-11-30T09:00:01Z');
    const first = await editions.get({ channel, slot: '2026-11-23T09:00:00.000Z' });
    expect(first?.delivery).toEqual({ state: 'skipped', reason: 'too-old' });
  });

  test('an edition is given up at its fiftieth attempt, and no sooner', async () => {
    const attempts = (n: number) => db.updateTable('editions').set({ attempts: n }).execute();
    service.fault = () => 'refused';
    await tickAt('2026-11-23T09:00:00Z');
    await attempts(48);
    await tickAt('2026-11-23T10:00:00Z');
    expect((await editions.latest(channel))?.delivery.state).toBe('failed');
    await tickAt('2026-11-23T11:00:00Z');
    const end = { state: 'rejected', reason: 'rate-limited' };
    expect((await editions.latest(channel))?.delivery).toEqual(end);
    service.fault = () => undefined;
    await tickAt('2026-11-23T12:00:00Z');
    expect(service.titles).toEqual([]);
  });

  test('what an edition showed before its channel was closed counts as seen, the rest does not', async () => {
    service.fault = (n) => (n === 2 ? 'archived' : undefined);
    await tickAt('2026-11-23T09:00:00Z');
    const end = { state: 'rejected', reason: 'channel-archived' };
    expect((await editions.latest(channel))?.delivery).toEqual(end);
    expect(await editions.taken(channel)).toEqual(new Set([paper(1, 0).id]));
  });

  test('digests asked for at once show no paper twice', async () => {
    let open = () => {};
    service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = digests.postNow(settings);
    await expect.poll(async () => (await editions.latest(channel))?.papers.length).toBe(3);
    now = new Date('2026-11-23T09:00:01Z');
    expect((await digests.postNow(settings)).delivery).toEqual({ state: 'planned' });
    open();
    expect((await first).delivery).toEqual({ state: 'sent' });
    await tickAt('2026-11-23T09:01:00Z');
    expect(service.titles).toEqual(['Merging 1', 'Merging 2', 'Merging 3']);
  });

  test('whoever was taken for dead posts and settles nothing more', async () => {
    let open = () => {};
    service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const slow = digests.tick();
    const id = { channel, slot: '2026-11-23T09:00:00.000Z' };
    await expect.poll(async () => (await editions.get(id))?.papers.length).toBe(3);
    await editions.release('2026-11-23T09:03:01.000Z');
    const other = await editions.claim(id, '2026-11-23T09:03:01.000Z');
    open();
    await slow;
    expect(service.titles).toEqual(['Merging 1']);
    expect(await editions.get(id)).toEqual(other);
  });

  test('while one edition is refused half way, the next of the channel repeats none of its papers', async () => {
    service.fault = (n) => (n >= 2 ? 'refused' : undefined);
    await tickAt('2026-11-23T09:00:00Z');
    expect(service.titles).toEqual(['Merging 1']);
    service.fault = () => undefined;
    await bring(paper(4, 99));
    now = new Date('2026-11-23T09:00:30Z');
    await digests.postNow(settings);
    await tickAt('2026-11-23T09:05:00Z');
    expect(service.titles).toEqual(['Merging 1', 'Merging 4', 'Merging 2', 'Merging 3']);
  });

  test('a withdrawn paper is not shown', async () => {
    await bring(Paper.parse({ ...paper(1, 30), withdrawn: 'An error.' }));
    await tickAt('2026-11-23T09:00:00Z');
    expect(service.titles).toEqual(['Merging 2', 'Merging 3']);
  });

  test('a suggested paper is shown with the name of whoever suggests it, again by a later attempt, and no digest repeats it', async () => {
    service.fault = (n) => (n === 1 ? 'refused' : undefined);
    now = new Date('2026-11-23T08:00:00Z');
    await digests.suggest(channel, { paper: paper(2, 0).id, by: 'Ada' });
    await tickAt('2026-11-23T08:05:00Z');
    expect(service.titles).toEqual(['Merging 2']);
    expect(service.summaries).toEqual(['Ada suggests: Merging 2']);
    await tickAt('2026-11-23T09:00:00Z');
    expect(service.titles).toEqual(['Merging 2', 'Merging 1', 'Merging 3']);
    expect((await editions.latest(channel))?.slot).toBe('2026-11-23T09:00:00.000Z');
  });

  test('a day without papers is explained where the channel wants it, once, and always in the ledger', async () => {
    await tickAt('2026-11-23T09:00:00Z');
    const shown = service.summaries.length;
    const day = { source: 'arxiv', day: '2026-11-24', received: 0, flaws: 0, attempts: 0 };
    const holiday = { state: 'no announcement', because: 'holiday', readAt: '' } as const;
    sources = [{ name: 'arxiv', title: 'arXiv', days: [{ ...day, ...holiday }] }];
    await tickAt('2026-11-24T09:00:00Z');
    expect(service.summaries).toHaveLength(shown);
    const silence = { state: 'empty', reason: 'no announcement today (holiday)' };
    expect((await editions.latest(channel))?.delivery).toEqual(silence);
    await putSettings({ ...settings, empty: 'line' });
    service.fault = () => 'unanswered';
    await tickAt('2026-11-25T09:00:00Z');
    service.fault = () => undefined;
    await tickAt('2026-11-25T09:05:00Z');
    expect(service.summaries.slice(shown)).toEqual(['No announcement today (holiday).']);
    expect((await editions.latest(channel))?.delivery).toMatchObject(silence);
  });
});
