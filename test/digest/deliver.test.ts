/** One edition of several messages, and several editions of one channel, on both engines; the platform fails at will. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Digests } from '../../src/command/context.ts';
import { createDigests } from '../../src/digest/digests.ts';
import { createLog } from '../../src/log.ts';
import { channelRef } from '../../src/model/channel.ts';
import { Paper } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import { type Platform, PostError } from '../../src/platforms/platform.ts';
import type { Reply } from '../../src/reply/reply.ts';
import { createCatalogue } from '../../src/search/catalogue.ts';
import { createChannelStore } from '../../src/store/channels.ts';
import { createEditionStore, type EditionStore } from '../../src/store/editions.ts';
import { createPaperStore } from '../../src/store/papers.ts';
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
  readonly shown = new Map<string, string>();
  /** Asked before each post: whether it is refused, or shown without an answer. */
  fault: (n: number) => 'refused' | 'unanswered' | undefined = () => undefined;
  /** Resolves before a post goes on. */
  gate: Promise<void> = Promise.resolve();
  #posts = 0;

  start = async () => '';
  stop = async () => {};
  permalink = async () => undefined;
  find = async (_: string, key: string) => (this.shown.has(key) ? key : undefined);
  split = (reply: Reply) =>
    reply.blocks.flatMap((block) => (block.kind === 'paper' ? { ...reply, blocks: [block] } : []));

  post = async (_: string, { blocks }: Reply, key: string) => {
    await this.gate;
    this.#posts += 1;
    const fault = this.fault(this.#posts);
    if (fault === 'refused') throw new PostError('limited', 'wait');
    const [block] = blocks;
    expect(this.shown.has(key)).toBe(false);
    this.shown.set(key, block?.kind === 'paper' ? block.title : '');
    if (fault === 'unanswered') throw new PostError('unavailable', 'cut');
    return key;
  };

  get titles(): string[] {
    return [...this.shown.values()];
  }
}

describe.each(engines)('on %s', (_, open) => {
  let service: Service;
  let digests: Digests;
  let editions: EditionStore;
  let now: Date;
  let bring: (...papers: Paper[]) => Promise<void>;

  beforeEach(async () => {
    const db = await open();
    service = new Service();
    now = new Date('2026-11-23T09:00:00Z');
    const clock = () => now;
    const [channels, papers] = [createChannelStore(db), createPaperStore(db)];
    const catalogue = createCatalogue({ now: clock });
    editions = createEditionStore(db);
    const platforms = new Map([['slack', service]] as const);
    const log = createLog('silent');
    digests = createDigests({ catalogue, papers, channels, editions, platforms, now: clock, log });
    bring = async (...all) => {
      await papers.put(all, now.toISOString());
      await catalogue.put(all);
    };
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
    expect(await editions.seen(channel)).toEqual(new Set([1, 2, 3].map((n) => paper(n, 0).id)));
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
    await editions.release('2026-11-23T09:03:00.000Z', '2026-11-23T09:03:00.000Z');
    const other = await editions.claim(id, '2026-11-23T09:03:00.000Z');
    open();
    await slow;
    expect(service.titles).toEqual(['Merging 1']);
    expect(await editions.get(id)).toEqual(other);
  });
});
