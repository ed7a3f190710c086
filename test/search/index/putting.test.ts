/** Papers put by the hundred: made into segments by a thread, while others are put and removed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Entry } from '../../../src/search/index/entry.ts';
import { Making } from '../../../src/search/index/making.ts';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { SegmentThread } from '../../../src/search/index/segment-thread.ts';
import { Shelf } from '../../../src/search/index/shelf.ts';
import { titled } from '../../../src/search/index/title-words.ts';
import { atOnce } from '../../../src/sliced.ts';

const entry = (key: number, title = `Zebra ${key}`): Entry => ({
  key,
  title,
  abstract: `A mixture of zebras (MOZ) sees stripes-and-all, number ${key % 17}, naïvely.`,
  authors: ['Ada Lovelace'],
  labels: ['category:cs.CL'],
  day: key,
  upvotes: key % 5,
});
const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => entry(from + i));

async function readyThread(): Promise<SegmentThread> {
  const thread = new SegmentThread();
  thread.start();
  while (!thread.isReady) await sleep(5);
  return thread;
}

const thread = await readyThread();

test('a thread makes the same segments as this one, of papers and of other segments', async () => {
  const here = new Making();
  atOnce(here.adding(entries(1, 300)));
  const made = atOnce(here.finishing(undefined));
  const [first] = made.segments;
  if (!first) throw new Error('no segment');

  const work = thread.begin();
  work.add(entries(1, 100));
  work.add(entries(100, 300));
  expect(await work.finish()).toEqual(made);
  expect(work.waiting).toBe(0);

  const means = { title: 3, abstract: 20 };
  const shelf = new Shelf(first);
  shelf.remove([0, 7, 298]);
  const again = new Making();
  atOnce(again.gathering(first, shelf.gone));
  const other = thread.begin();
  other.gather(first, shelf.gone);
  const merged = await other.finish(means);
  expect(merged).toEqual(atOnce(again.finishing(means)));
  expect(merged.segments[0]?.keys).toHaveLength(296);
});

test('a thread tells of what is no paper, and goes on', async () => {
  const bad: number[] = [];
  const work = thread.begin((key) => bad.push(key));
  // Such a title is what a broken database could hold.
  const broken = { ...entry(2), title: null as unknown as string };
  work.add([entry(1), broken, entry(3)]);
  const { segments } = await work.finish();
  expect(bad).toEqual([2]);
  expect([...(segments[0]?.keys ?? [])]).toEqual([1, 3]);
});

test('papers put beside other work stay as they were put or removed meanwhile', async () => {
  const index = new PaperIndex(thread);
  index.put([entry(1, 'Lion 1'), entry(2, 'Lion 2')]);
  const putting = index.putMany(entries(1, 101));
  expect(index.size).toBe(2);
  index.put([entry(2, 'Okapi'), entry(50, 'Giraffe')]);
  index.remove([1, 60]);
  await putting;
  await index.settled();
  expect(index.size).toBe(98);
  expect(titled(index, ['okapi'])).toEqual([2]);
  expect(titled(index, ['giraff'])).toEqual([50]);
  expect(titled(index, ['lion'])).toEqual([]);
  expect(titled(index, ['zebra'])).toHaveLength(96);
  expect([1, 60].map((key) => index.place(key))).toEqual([undefined, undefined]);
});

test('segments that papers were put into by the hundred become few, with all papers in them', async () => {
  const index = new PaperIndex(thread);
  for (let from = 1; from < 1000; from += 100) await index.putMany(entries(from, from + 100));
  await index.settled();
  expect(index.shelves.length).toBeLessThan(6);
  expect(titled(index, ['zebra']).sort((a, b) => a - b)).toEqual(
    entries(1, 1001).map(({ key }) => key),
  );
});

test('what is put while the thread is not ready is found all the same', async () => {
  const index = new PaperIndex();
  await index.putMany(entries(1, 101));
  expect(index.size).toBe(100);
});
