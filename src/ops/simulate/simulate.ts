/** A replay: the real pipeline over many days in one process, by a clock that jumps from event to event. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { createLog } from '../../log.ts';
import { type Edition, editionKey } from '../../model/delivery.ts';
import type { Paper } from '../../model/paper.ts';
import { titleName } from '../../model/same-work.ts';
import type { SourceDay } from '../../model/source-day.ts';
import { Topic } from '../../model/topic.ts';
import { readAnyFile } from '../../sources/file.ts';
import { dayBefore } from '../../sources/window.ts';
import { createChannelStore } from '../../store/channels.ts';
import { openDatabase } from '../../store/database.ts';
import { createDayStore } from '../../store/days.ts';
import { createEditionStore } from '../../store/editions.ts';
import { createPaperStore } from '../../store/papers.ts';
import { createChannels } from './channels.ts';
import { startHouse } from './house.ts';
import { createJudge } from './judge.ts';
import { slotsBetween } from './local-time.ts';
import { createRecorder } from './platform.ts';
import { chance } from './random.ts';
import { createSource, outagesOf } from './sources.ts';
import { createWorld, type SourceName } from './world.ts';

export interface Replay {
  /** A file of papers; `published` is the day each is listed. */
  papers: string;
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  channels: number;
  seed: number;
  faults: boolean;
  /** Where every edition and every day's state goes, an object at a time. */
  write(line: object): void;
  /** The days gone by, for whoever waits. */
  onDay?(day: string): void;
}

export interface Summary {
  days: number;
  channels: number;
  papers: number;
  editions: Record<string, number>;
  delivered: number;
  dayStates: Record<string, number>;
  faults: Record<string, number>;
  restarts: number;
  seconds: number;
  /** What went wrong; empty when nothing did. */
  violations: string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STEP_MS = 10 * MINUTE_MS;
/** After the last day, until everything that was announced had its time. */
const DRAIN_DAYS = 8;
const SOURCES: readonly SourceName[] = ['arxiv', 'huggingface'];

export async function simulate(replay: Replay): Promise<Summary> {
  const started = performance.now();
  const { from, to, write } = replay;
  const luck = chance(replay.seed);
  const begin = Date.parse(`${from}T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`) + DAY_MS;
  const until = end + DRAIN_DAYS * DAY_MS;
  const papers = await papersOf(replay.papers);
  const world = createWorld(papers, { from, to, chance: luck.of('world') });
  const topics = z
    .array(Topic)
    .parse(
      JSON.parse(await readFile(new URL('../../../data/topics.json', import.meta.url), 'utf8')),
    );
  const followers = createChannels(replay.channels, {
    topics,
    since: new Date(begin).toISOString(),
    chance: luck.of('channels'),
  });

  const db = await openDatabase({ file: ':memory:' });
  const channels = createChannelStore(db);
  for (const { settings, subscriptions } of followers) {
    await channels.putSettings(settings);
    for (const subscription of subscriptions) await channels.putSubscription(subscription);
  }

  const clock = { at: begin, off: 0 };
  const now = () => new Date(clock.at + clock.off);
  const judge = createJudge(followers);
  const faults: Record<string, number> = {};
  const fault = (name: string) => {
    faults[name] = (faults[name] ?? 0) + 1;
  };
  const trouble = luck.of('trouble');
  const interruption = { isWanted: false };
  let died = Promise.withResolvers<'died'>();
  const platform = createRecorder({
    now,
    chance: luck.of('platform'),
    isFaulty: replay.faults,
    onHang() {
      fault('killed while posting');
      died.resolve('died');
    },
  });
  const sources = SOURCES.map((name) =>
    createSource(name, world, {
      at: () => clock.at,
      chance: luck.of(name),
      isFaulty: replay.faults,
      outages: outagesOf(name, begin),
      watch: {
        served: (source, told) => judge.served(told, source, now()),
        fault,
        isStopping() {
          if (!interruption.isWanted) return false;
          interruption.isWanted = false;
          fault('stopped between pages');
          void house.ingest.stop();
          restarts += 1;
          return true;
        },
      },
    }),
  );
  let restarts = 0;
  const stateOf = new Map<string, string>();
  const start = () =>
    startHouse({
      db,
      platform,
      sources,
      now,
      random: luck.of('jitter').next,
      log: createLog('fatal'),
      onDay(day) {
        const key = `${day.source} ${day.day}`;
        const said = `${day.state} ${day.received} ${day.expected ?? ''}`;
        if (stateOf.get(key) === said) return;
        stateOf.set(key, said);
        write({ kind: 'day', ...day });
      },
    });
  let house = start();

  const editions = createEditionStore(db);
  const known = new Map<string, Edition>();
  const seenAt = new Map<string, number>();
  const slots = new Set(
    followers.flatMap(({ settings }) => slotsBetween(settings.schedule, begin, until)),
  );
  const downtimes = replay.faults
    ? [
        [begin + 17.2 * DAY_MS, begin + 18.625 * DAY_MS] as const,
        [begin + 33.9 * DAY_MS, begin + 34.0625 * DAY_MS] as const,
      ]
    : [];
  const moments = new Set<number>(slots);
  for (let at = begin; at <= until; at += STEP_MS) moments.add(at);
  const isAnyInstant = followers.some(({ settings }) => settings.schedule.frequency === 'instant');
  let isWaiting = false;
  for (const at of [...moments].sort((a, b) => a - b)) {
    if (downtimes.some(([a, b]) => at >= a && at < b)) continue;
    clock.at = at;
    if (at % DAY_MS === 0) replay.onDay?.(now().toISOString().slice(0, 10));
    if (at % STEP_MS === 0) await ingest();
    const isLooked = slots.has(at) || at % (60 * MINUTE_MS) === 0 || isAfterPause(at);
    if (isLooked || isWaiting || isAnyInstant) await tick(at);
  }

  async function ingest(): Promise<void> {
    const isJump = replay.faults && trouble.happens(0.01);
    if (isJump) {
      fault('clock that jumps');
      clock.off = trouble.happens(0.5) ? 2 * DAY_MS : -2 * 3_600_000;
    }
    const before = restarts;
    interruption.isWanted = replay.faults && trouble.happens(0.03);
    await house.ingest.round();
    interruption.isWanted = false;
    clock.off = 0;
    if (restarts > before) house = start();
  }

  async function tick(at: number): Promise<void> {
    for (;;) {
      const outcome = await Promise.race([house.digests.tick(), died.promise]);
      await judgeEditions(at);
      if (outcome !== 'died') return;
      died = Promise.withResolvers<'died'>();
      await house.ingest.stop();
      restarts += 1;
      house = start();
    }
  }

  /** Holds what was put together at this tick against what the judge works out. */
  async function judgeEditions(at: number): Promise<void> {
    const rows = await db
      .selectFrom('editions')
      .select(['channel', 'slot', 'state'])
      .where((eb) =>
        eb.or([
          eb('updated_at', '>=', now().toISOString()),
          eb('state', 'in', ['planned', 'sending', 'failed']),
        ]),
      )
      .orderBy('slot')
      .execute();
    isWaiting = rows.some(({ state }) => ['planned', 'sending', 'failed'].includes(state));
    for (const row of rows) {
      const edition = await editions.get({
        channel: row.channel as Edition['channel'],
        slot: row.slot,
      });
      if (!edition?.attempts) continue;
      const key = editionKey(edition);
      const before = known.get(key);
      if (!seenAt.has(key)) seenAt.set(key, at);
      if (edition.attempts === before?.attempts) {
        if (edition.delivery.state !== before.delivery.state) known.set(key, edition);
        continue;
      }
      if (edition.delivery.state === 'skipped') {
        judge.superseded(edition);
        known.set(key, edition);
        continue;
      }
      // An attempt whose messages people see already goes on with the papers it began with.
      const isBegun = shownBefore(key, before);
      if (!isBegun) judge.selected(edition, now());
      known.set(key, edition);
      const { state } = edition.delivery;
      if (state !== 'sent' && state !== 'empty') continue;
      judge.ended(edition, now());
      const why = 'reason' in edition.delivery ? { why: edition.delivery.reason } : {};
      const { channel, slot, papers: shown, attempts } = edition;
      write({
        kind: 'edition',
        channel,
        slot,
        state,
        ...why,
        at: now().toISOString(),
        papers: shown,
        attempts,
      });
    }
  }

  function shownBefore(key: string, before: Edition | undefined): boolean {
    if (!before) return false;
    return platform.posted.some(
      (each) => each.key.startsWith(`${key}#`) && each.at <= before.updatedAt,
    );
  }

  function isAfterPause(at: number): boolean {
    return downtimes.some(([, b]) => at >= b && at - b < STEP_MS);
  }

  const ended = await Promise.all([...known.values()].map((edition) => editions.get(edition)));
  const all = ended.flatMap((edition) => edition ?? []);
  const violations = judge.verdict({
    posted: platform.posted,
    editions: all,
    downtimes,
    seenAt,
    from: begin,
    until: clock.at,
  });
  const store = createPaperStore(db);
  const count = await store.count();
  if (count !== judge.works())
    violations.push(`${judge.works()} works were told of, ${count} are stored`);
  for (const { work, day } of world.announced) {
    const id = await store.named(work.id);
    const isThere = id !== undefined || (await store.named(titleName(work))) !== undefined;
    if (!isThere) violations.push(`${work.id}, announced on ${day}, was never stored`);
  }
  const ledger = createDayStore(db);
  const days = (
    await Promise.all(SOURCES.map((source) => ledger.since(source, dayBefore(from, 1))))
  ).flat();
  await db.destroy();
  return {
    days: Math.round((end - begin) / DAY_MS),
    channels: followers.length,
    papers: count,
    editions: counted(all.map(({ delivery }) => delivery.state)),
    delivered: platform.posted.reduce((sum, each) => sum + each.papers.length, 0),
    dayStates: counted(days.filter(({ day }) => day <= to).map(({ state }: SourceDay) => state)),
    faults,
    restarts,
    seconds: Math.round((performance.now() - started) / 1000),
    violations,
  };
}

async function papersOf(path: string): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const line of readAnyFile(path)) if ('paper' in line) papers.push(line.paper);
  return papers;
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
