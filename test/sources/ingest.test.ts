import { describe, expect, test } from 'vitest';
import type { SourceDay } from '../../src/model/source-day.ts';
import { createIngest, type Ingesting } from '../../src/sources/ingest.ts';
import { type Flaw, type Source, SourceError } from '../../src/sources/source.ts';
import type { Database } from '../../src/store/database.ts';
import { createDayStore } from '../../src/store/days.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { engines } from '../store/databases.ts';
import { fails, hangs, listing, pages, scripted } from './scripted.ts';

const [[, open] = []] = engines;
const HOUR = 3_600_000;
/** Of the week of Monday 2 November 2026. */
const day = (n: number) => `2026-11-${String(n + 1).padStart(2, '0')}`;
/** A Thursday noon: 5 November. */
const NOON = '2026-11-05T12:00:00.000Z';
const busy = (on: string) => pages([{ listings: [listing(`2611.${on.slice(-2)}001`)] }]);

async function desk(sources: Source[], more: Partial<Ingesting> & { db?: Database } = {}) {
  const db = more.db ?? (await open?.());
  if (!db) throw new Error('no engine');
  const [papers, ledger] = [createPaperStore(db), createDayStore(db)];
  const clock = { now: new Date(NOON) };
  const seen = { flaws: [] as Flaw[], failed: [] as string[] };
  const ingest = createIngest({
    sources: () => sources,
    ledger,
    async keep(listings, source) {
      const puts = papers.put(listings, { source, now: clock.now.toISOString() });
      await Array.fromAsync(puts);
    },
    now: () => clock.now,
    random: () => 0.5,
    report: {
      flaw: (_, __, flaw) => seen.flaws.push(flaw),
      day: () => {},
      failed: (source) => seen.failed.push(source),
    },
    ...more,
  });
  const days = async (name = 'scripted') =>
    Object.fromEntries((await ledger.since(name, '0000')).map((row) => [row.day, row])) as Record<
      string,
      SourceDay
    >;
  const pass = (hours: number) => {
    clock.now = new Date(clock.now.getTime() + hours * HOUR);
  };
  return { ...ingest, clock, days, pass, papers, seen, db };
}

test('a first round reads the last seven days, today first, and knows the weekend', async () => {
  const source = scripted(busy);
  const { round, days } = await desk([source]);
  await round();
  expect(source.asked).toEqual(
    [5, 4, 3, 2, 30].map((n) => (n === 30 ? '2026-10-30' : `2026-11-0${n}`)),
  );
  expect(await days()).toMatchObject({
    '2026-10-30': { state: 'complete', received: 1 },
    '2026-10-31': { state: 'no announcement', because: 'weekend', received: 0 },
    '2026-11-05': { state: 'partial', received: 1, attempts: 0 },
  });
});

test('a day is read again every hour while it fills, then every three, from the third day on twice a day', async () => {
  const source = scripted(busy);
  const { round, pass } = await desk([source]);
  const asked = async (hours: number) => {
    pass(hours);
    source.asked.length = 0;
    await round();
    return source.asked;
  };
  await round();
  expect(await asked(0.5)).toEqual([]);
  expect(await asked(0.5)).toEqual([day(4)]);
  expect(await asked(2)).toEqual([day(4), day(3)]);
  expect(await asked(8.5)).toEqual([day(4), day(3)]);
  // The sixth has begun.
  expect(await asked(1)).toEqual([day(5), day(4), day(2), day(1)]);
});

test('a holiday of the calendar is no error and is not asked for', async () => {
  const source = scripted(busy, { holidays: [day(4)] });
  const { round, days } = await desk([source]);
  await round();
  expect((await days())[day(4)]).toMatchObject({ state: 'no announcement', because: 'holiday' });
  expect(source.asked).not.toContain(day(4));
});

test('a day without papers is believed a day after its end, where the source names no number', async () => {
  const source = scripted(() => pages([{}]));
  const { round, days, pass } = await desk([source]);
  await round();
  expect((await days())[day(2)]?.state).toBe('complete');
  expect((await days())[day(3)]).toMatchObject({ state: 'partial', attempts: 1 });
  expect((await days())[day(3)]?.error).toBeUndefined();
  pass(24);
  await round();
  expect((await days())[day(3)]?.state).toBe('complete');
});

test('fewer than announced is partial, tried again later and later, then complete; a flaw is counted as arrived', async () => {
  const flaw = { item: '2611.04002', reason: 'title is missing' };
  const some = { listings: [listing('2611.04001')], flaws: [flaw], expected: 3 };
  const rest = { listings: [listing('2611.04003')] };
  const source = scripted((on, nth) => {
    if (on !== day(3)) return busy(on);
    return pages(nth < 3 ? [some] : [some, rest]);
  });
  const { round, days, pass, seen } = await desk([source]);
  await round();
  const first = (await days())[day(3)];
  expect(first).toMatchObject({
    state: 'partial',
    received: 1,
    expected: 3,
    flaws: 1,
    attempts: 1,
  });
  expect(first?.retryAt).toBe('2026-11-05T12:10:00.000Z');
  expect(seen.flaws).toEqual([flaw]);
  pass(0.25);
  await round();
  expect((await days())[day(3)]?.retryAt).toBe('2026-11-05T12:35:00.000Z');
  pass(0.5);
  await round();
  expect((await days())[day(3)]).toMatchObject({ state: 'complete', received: 2, attempts: 0 });
  expect((await days())[day(3)]?.retryAt).toBeUndefined();
});

test('what arrived before a cut stays, and the day goes on from it after a restart', async () => {
  const cut = new SourceError('unreachable', 'cut');
  const two = [{ listings: [listing('2611.05001')] }, { listings: [listing('2611.05002')] }];
  const source = scripted((on, nth) => {
    if (on !== day(4)) return busy(on);
    return nth > 1
      ? pages(two)
      : pages(two.slice(0, 1), () => {
          throw cut;
        });
  });
  const before = await desk([source]);
  await before.round();
  expect((await before.days())[day(4)]).toMatchObject({
    state: 'partial',
    received: 1,
    error: 'unreachable: cut',
    since: NOON,
  });
  expect(await before.papers.count()).toBe(1);
  const after = await desk([source], { db: before.db });
  after.pass(1);
  await after.round();
  expect((await after.days())[day(4)]).toMatchObject({
    state: 'partial',
    received: 2,
    attempts: 0,
  });
  expect((await after.days())[day(4)]?.since).toBeUndefined();
});

test('a source that fails says since when, and asks for one day a round until it answers', async () => {
  const source = scripted((on, nth) =>
    on === day(4) && nth < 3 ? fails(new SourceError('broken', 'answered 503')) : busy(on),
  );
  const { round, days, pass } = await desk([source]);
  await round();
  pass(0.2);
  await round();
  expect((await days())[day(4)]).toMatchObject({
    state: 'failing',
    since: NOON,
    attempts: 2,
    received: 0,
  });
  pass(1);
  await round();
  expect((await days())[day(4)]).toMatchObject({ state: 'partial', received: 1 });
});

test('a source that says when to come back is not asked for any day before', async () => {
  const source = scripted((_, nth) =>
    nth === 1 ? fails(new SourceError('limited', '429', { retryAfterMs: 2 * HOUR })) : busy(day(4)),
  );
  const { round, pass } = await desk([source]);
  await round();
  pass(1.9);
  await round();
  expect(source.asked).toEqual([day(4)]);
  pass(0.2);
  await round();
  expect(source.asked.slice(1, 3)).toEqual([day(4), day(3)]);
});

test('a complete day that cannot be read again stays complete', async () => {
  const source = scripted((on, nth) =>
    nth === 1 ? busy(on) : fails(new SourceError('garbled', 'HTML instead of JSON')),
  );
  const { round, pass, days } = await desk([source], {});
  await round();
  pass(12);
  await round();
  pass(0.1);
  await round();
  expect((await days())[day(3)]).toMatchObject({
    state: 'complete',
    received: 1,
    error: 'garbled: HTML instead of JSON',
  });
});

test('a whole day that is read short stays whole and is read again, unless it has grown', async () => {
  const two = [{ listings: [listing('2611.04001'), listing('2611.04002')], expected: 2 }];
  const one = (expected: number) => [{ listings: [listing('2611.04001')], expected }];
  const source = scripted((on, nth) => {
    if (on !== day(3)) return busy(on);
    return pages(nth === 1 ? two : one(nth === 2 ? 2 : 3));
  });
  const { round, pass, days } = await desk([source]);
  await round();
  pass(3);
  await round();
  expect((await days())[day(3)]).toMatchObject({ state: 'complete', received: 2, attempts: 1 });
  pass(0.25);
  await round();
  expect((await days())[day(3)]).toMatchObject({ state: 'partial', received: 1, expected: 3 });
});

test('a batch of an earlier day on a day that should be new is stale, until the new one comes', async () => {
  const source = scripted((on, nth) => busy(on === day(4) && nth === 1 ? day(3) : on));
  const { round, days, pass } = await desk([source]);
  await round();
  pass(2);
  // Today's was read first, when nothing was known of yesterday's: the older of the two keeps its word.
  await round();
  expect((await days())[day(4)]?.state).toBe('partial');
  const late = scripted((on, nth) => busy(on === '2026-11-06' && nth === 1 ? day(4) : on));
  const next = await desk([late]);
  await next.round();
  next.clock.now = new Date('2026-11-06T12:00:00Z');
  await next.round();
  expect((await next.days())['2026-11-06']).toMatchObject({
    state: 'stale',
    received: 0,
    attempts: 1,
  });
  next.pass(1);
  await next.round();
  expect((await next.days())['2026-11-06']).toMatchObject({ state: 'partial', received: 1 });
});

test('a source that hangs, and one that throws what it likes, delay no other', async () => {
  const good = scripted(busy, { name: 'good' });
  const hanging = scripted(() => hangs, { name: 'hanging' });
  const odd = scripted(() => fails(new TypeError('x is undefined')), { name: 'odd' });
  const { round, days } = await desk([hanging, odd, good], { roundMs: 100 });
  await round();
  expect((await days('good'))[day(3)]?.state).toBe('complete');
  expect((await days('hanging'))[day(4)]).toMatchObject({
    state: 'failing',
    error: 'unreachable: took too long',
  });
  expect((await days('odd'))[day(4)]).toMatchObject({
    state: 'failing',
    error: expect.stringContaining('x is undefined'),
  });
});

test('a database that fails ends one round and none after it', async () => {
  let broken = true;
  const source = scripted(busy);
  const { round, seen } = await desk([source], {
    async keep() {
      if (broken) throw new Error('disk full');
    },
  });
  await round();
  expect(seen.failed).toEqual(['scripted']);
  broken = false;
  await round();
  expect(source.asked.length).toBeGreaterThan(5);
});

test('a clock that jumps ahead and back leaves nothing waiting', async () => {
  const source = scripted((on, nth) =>
    nth === 1 ? fails(new SourceError('broken', '500')) : busy(on),
  );
  const { round, days, clock } = await desk([source]);
  clock.now = new Date('2027-03-01T12:00:00Z');
  await round();
  clock.now = new Date(NOON);
  for (let i = 0; i < 5 * 6; i++) {
    await round();
    clock.now = new Date(clock.now.getTime() + 10 * 60_000);
  }
  const states = Object.entries(await days()).filter(([on]) => on < '2027');
  expect(states.filter(([, { state }]) => state === 'failing')).toEqual([]);
  expect(states).toHaveLength(7);
});

test('a day of changes that is whole is not asked for again', async () => {
  const source = { ...scripted(busy), changesOnly: true };
  const { round, pass, days } = await desk([source]);
  await round();
  expect((await days())[day(3)]?.state).toBe('complete');
  source.asked.length = 0;
  pass(11);
  await round();
  expect(source.asked).toEqual([day(4)]);
});

test('the same paper on two pages is one', async () => {
  const twice = (on: string) => [listing(`2611.${on.slice(-2)}001`)];
  const source = scripted((on) => pages([{ listings: twice(on) }, { listings: twice(on) }]));
  const { round, days } = await desk([source]);
  await round();
  expect((await days())[day(2)]?.received).toBe(1);
});

describe('stopping', () => {
  test('ends a reading at once and does not hold it against the source', async () => {
    const { round, stop, days } = await desk([scripted(() => hangs)]);
    const underway = round();
    await stop();
    await underway;
    expect(await days()).toEqual({});
  });

  test('between two pages asks for no more, and what the source would have thrown harms nobody', async () => {
    let beyond = 0;
    const source = scripted((on) =>
      pages([{ listings: [listing(`2611.${on.slice(-2)}001`)] }], () => {
        beyond += 1;
        throw new SourceError('broken', '503');
      }),
    );
    const { round, stop, papers } = await desk([source], {
      async keep() {
        void stop();
      },
    });
    await round();
    expect(beyond).toBe(0);
    expect(await papers.count()).toBe(0);
  });
});
