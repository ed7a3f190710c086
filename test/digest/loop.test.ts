/** The event loop is everybody's: however many papers are new, nobody waits for a digest to look at them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createOutlook } from '../../src/digest/outlook.ts';
import { createLog } from '../../src/log.ts';
import { ChannelRef } from '../../src/model/channel.ts';
import { Paper } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import { createChannelStore } from '../../src/store/channels.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createEditionStore } from '../../src/store/editions.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { createSignalStore } from '../../src/store/signals.ts';

const now = '2026-11-23T09:00:00.000Z';
const PAPERS = 3_000;
const CHANNELS = 16;
const TOPICS = 50;

/** As long as an abstract is, and of words that differ from paper to paper. */
const abstract = (n: number) =>
  Array.from({ length: 200 }, (_, i) => `merging-${(n * 7 + i * 13) % 997} models`).join(' ');

const papers = Array.from({ length: PAPERS }, (_, n) =>
  Paper.parse({
    id: `doi:10.1000/${n}`,
    title: `Paper ${n}`,
    abstract: abstract(n),
    authors: [`Ada ${n}`],
    categories: ['cs.CL'],
    upvotes: n % 5,
    sources: ['file'],
  }),
);

test('the first look of many channels at thousands of new papers never keeps the loop for 50 ms', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-loop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const db = await openDatabase({ file: join(folder, 'paperboy.db') });
  onTestFinished(() => db.destroy());
  const store = createPaperStore(db);
  const told = papers.map((paper) => ({ paper, kind: 'new' as const }));
  for await (const _ of store.put(told, { source: 'file', now }));
  const { preview } = createOutlook({
    papers: store,
    channels: createChannelStore(db),
    editions: createEditionStore(db),
    signals: createSignalStore(db),
    platforms: new Map(),
    topics: [],
    now: () => new Date(now),
    log: createLog('silent'),
  });
  const follow = (n: number) => {
    const channel = ChannelRef.parse(`slack:T1/C${n}`);
    const schedule = { ...defaultSchedule('UTC'), top: 3 };
    const topic = { channel, topic: 'merging', owner: 'U1', createdAt: now };
    return preview({ channel, name: '#papers', schedule, since: now }, [
      { ...topic, query: `models -merging-${n}` },
      // As many as a channel may follow, each wanting all there is.
      ...Array.from({ length: TOPICS }, (_, each) => ({
        ...topic,
        topic: `all-${each}`,
        query: `category:cs.* -merging-nothing-${each}`,
      })),
    ]);
  };

  let isOver = false;
  let longest = 0;
  const watching = (async () => {
    // The processor's time of this thread: that of other processes on a busy machine is no turn of ours.
    for (let before = process.threadCpuUsage(); !isOver; before = process.threadCpuUsage()) {
      await turn();
      const { user, system } = process.threadCpuUsage(before);
      longest = Math.max(longest, (user + system) / 1e3);
    }
  })();
  const outlooks = await Promise.all(Array.from({ length: CHANNELS }, (_, n) => follow(n)));
  isOver = true;
  await watching;
  expect(outlooks.map(({ matched }) => matched)).toEqual(outlooks.map(() => PAPERS));
  expect(longest).toBeLessThan(50);
});
