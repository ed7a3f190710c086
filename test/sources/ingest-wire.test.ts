/** Ingest against a service that answers badly, over the wire: real sources, a real database. */
import { expect, test } from 'vitest';
import { createHttp } from '../../src/sources/http.ts';
import { createHuggingFace } from '../../src/sources/huggingface.ts';
import { createIngest } from '../../src/sources/ingest.ts';
import type { Source } from '../../src/sources/source.ts';
import { createDayStore } from '../../src/store/days.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { quick } from '../contracts/source.ts';
import { recording, type SourcesFake, startSources } from '../fakes/sources/server.ts';
import { engines } from '../store/databases.ts';

const [[, open] = []] = engines;
const path = '/api/daily_papers';
/** The Friday of the recording, when it is over in New York. */
const day = '2026-07-31';
const LATE = '2026-08-01T03:00:00.000Z';
const recorded: unknown[] = JSON.parse(recording('huggingface-2026-07-31.json'));

/** Two items a page, of the day of the recording alone; `onPage` is told before each is answered. */
function serveDay(fake: SourcesFake, onPage: (page: number) => void = () => {}): void {
  fake.serve(path, ({ url }) => {
    if (url.searchParams.get('date') !== day) return '[]';
    const page = Number(url.searchParams.get('p') ?? 0);
    onPage(page);
    const next = `<${fake.url}${path}?date=${day}&p=${page + 1}>; rel="next"`;
    const body = JSON.stringify(recorded.slice(page * 2, page * 2 + 2));
    return { headers: page < 2 ? { link: next } : {}, body };
  });
}

async function house() {
  const db = await open?.();
  if (!db) throw new Error('no engine');
  const [papers, ledger] = [createPaperStore(db), createDayStore(db)];
  const clock = { now: new Date(LATE) };
  const failed: string[] = [];
  /** A process that has just started. */
  const start = (sources: readonly Source[], roundMs = 10_000) =>
    createIngest({
      sources: () => sources,
      ledger,
      async keep(listings, source) {
        await Array.fromAsync(papers.put(listings, { source, now: clock.now.toISOString() }));
      },
      now: () => clock.now,
      random: () => 0.5,
      report: { flaw: () => {}, day: () => {}, failed: (source) => failed.push(source) },
      roundMs,
    });
  const stateOf = async (source: string) =>
    (await ledger.since(source, day)).find((row) => row.day === day)?.state;
  return { papers, clock, start, stateOf, failed };
}

const source = (url: string, settings: Parameters<typeof createHttp>[0] = quick) =>
  createHuggingFace({ url, http: createHttp(settings) });

test('what came before a cut is stored, and the next process brings the rest', async () => {
  const fake = await startSources();
  let isCut = true;
  serveDay(fake, (page) => {
    if (page > 0 && isCut) fake.faults.add({ kind: 'cut' });
  });
  const { papers, clock, start, stateOf } = await house();
  await start([source(fake.url)]).round();
  expect(await papers.count()).toBe(2);
  expect(await stateOf('huggingface')).toBe('partial');
  isCut = false;
  clock.now = new Date('2026-08-01T05:00:00.000Z');
  await start([source(fake.url)]).round();
  expect(await papers.count()).toBe(recorded.length);
  expect(await stateOf('huggingface')).toBe('complete');
});

test('a clock that jumps ahead and back keeps no day from being read', async () => {
  const fake = await startSources();
  serveDay(fake);
  const { papers, clock, start, stateOf, failed } = await house();
  const { round } = start([source(fake.url)]);
  clock.now = new Date('2027-03-01T12:00:00.000Z');
  fake.faults.add({ kind: '503', times: Infinity });
  await round();
  fake.faults.clear();
  clock.now = new Date(LATE);
  await round();
  expect(await papers.count()).toBe(recorded.length);
  expect(await stateOf('huggingface')).toBe('complete');
  expect(failed).toEqual([]);
});

test('a source that never answers delays no other', async () => {
  const [good, bad] = [await startSources(), await startSources()];
  serveDay(good);
  bad.faults.add({ kind: 'hang', times: Infinity });
  const { papers, start, stateOf } = await house();
  const hanging = { ...source(bad.url, { ...quick, retries: 0 }), name: 'hanging' };
  const done = start([hanging, source(good.url)], 2_000).round();
  await expect.poll(() => papers.count(), { timeout: 10_000 }).toBe(recorded.length);
  await done;
  expect(await stateOf('huggingface')).toBe('complete');
  expect(await stateOf('hanging')).not.toBe('complete');
});
