/** A replay: the real pipeline over many days in one process, by a clock that jumps from event to event. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Paper } from '../../model/paper.ts';
import { Topic } from '../../model/topic.ts';
import { readAnyFile } from '../../sources/file.ts';
import { createChannelStore } from '../../store/channels.ts';
import { openDatabase } from '../../store/database.ts';
import { createPaperStore } from '../../store/papers.ts';
import { startBot } from './bot.ts';
import { createChannels } from './channels.ts';
import { createJudge } from './judge.ts';
import { slotsBetween } from './local-time.ts';
import { createObserver } from './observer.ts';
import { createRecorder } from './platform.ts';
import { chance } from './random.ts';
import { createSource, outagesOf } from './sources.ts';
import { checkStored, type Summary, summaryOf } from './summary.ts';
import { checkSlots, type Span } from './timetable.ts';
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
  /** Hears of everything that goes wrong, as soon as it is known. */
  onViolation?(violation: string): void;
  /** Hears how far it is at the beginning of every day. */
  onDay?(progress: Progress): void;
}

export interface Progress {
  /** `YYYY-MM-DD`. */
  day: string;
  /** Stored by now. */
  papers: number;
  /** Papers that people see by now, once for each channel. */
  delivered: number;
  violations: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEP_MS = 10 * MINUTE_MS;
/** After the last day, until everything that was announced had its time. */
const DRAIN_DAYS = 8;
/** An edition may be waiting for its next try for so long. */
const LAST_MS = 2 * HOUR_MS;
const SOURCES: readonly SourceName[] = ['arxiv', 'huggingface'];

export async function simulate(replay: Replay): Promise<Summary> {
  const { from, to, write } = replay;
  const luck = chance(replay.seed);
  const begin = Date.parse(`${from}T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`) + DAY_MS;
  const until = end + DRAIN_DAYS * DAY_MS;
  const world = createWorld(await papersOf(replay.papers), { from, to, chance: luck.of('world') });
  const followers = createChannels(replay.channels, {
    topics: await curatedTopics(),
    since: new Date(begin).toISOString(),
    chance: luck.of('channels'),
  });

  // Each process of the bot has a connection of its own, and what one wrote outlives it.
  const file = `file:${randomUUID()}?mode=memory&cache=shared`;
  const db = await openDatabase({ file });
  const channels = createChannelStore(db);
  for (const { settings, subscriptions } of followers) {
    await channels.putSettings(settings);
    for (const subscription of subscriptions) await channels.putSubscription(subscription);
  }
  const papers = createPaperStore(db);

  const violations: string[] = [];
  const violate = (violation: string) => {
    violations.push(violation);
    replay.onViolation?.(violation);
  };
  const faults: Record<string, number> = {};
  const fault = (name: string) => {
    faults[name] = (faults[name] ?? 0) + 1;
  };

  const clock = { at: begin, off: 0 };
  const now = () => new Date(clock.at + clock.off);
  const judge = createJudge(followers, violate);
  const trouble = luck.of('trouble');
  let died = Promise.withResolvers<'died'>();
  const service = createRecorder({
    now,
    chance: luck.of('platform'),
    isFaulty: replay.faults,
    onHang() {
      fault('killed while posting');
      died.resolve('died');
    },
  });
  const interruption = { isWanted: false, isDone: false };
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
          if (!interruption.isWanted || interruption.isDone) return false;
          interruption.isDone = true;
          fault('stopped between pages');
          void bot.ingest.stop();
          return true;
        },
      },
    }),
  );
  const stateOf = new Map<string, string>();
  const start = () =>
    startBot({
      file,
      service,
      sources,
      now,
      random: luck.of('jitter').next,
      onDay(day) {
        const key = `${day.source} ${day.day}`;
        const said = `${day.state} ${day.received} ${day.expected ?? ''}`;
        if (stateOf.get(key) === said) return;
        stateOf.set(key, said);
        write({ kind: 'day', ...day });
      },
    });
  let bot = await start();
  let restarts = 0;
  async function restart(): Promise<void> {
    await bot.kill();
    restarts += 1;
    bot = await start();
  }

  const observer = await createObserver({ db, service, judge, followers, write });
  const slots = new Set(
    followers.flatMap(({ settings }) => slotsBetween(settings.schedule, begin, until)),
  );
  const downtimes: readonly Span[] = replay.faults
    ? [
        [begin + 17.2 * DAY_MS, begin + 18.625 * DAY_MS],
        [begin + 33.9 * DAY_MS, begin + 34.0625 * DAY_MS],
      ]
    : [];
  let checked = begin;
  const moments = new Set<number>(slots);
  for (let at = begin; at <= until; at += STEP_MS) moments.add(at);
  for (const at of [...moments].sort((a, b) => a - b)) {
    if (downtimes.some(([a, b]) => at >= a && at < b)) continue;
    clock.at = at;
    const isRead = at % STEP_MS === 0 && (await ingest());
    const isLooked = slots.has(at) || at % HOUR_MS === 0 || isAfterPause(at);
    if (isLooked || isRead || observer.isAnyWaiting()) await tick();
    if (at % DAY_MS === 0) await midnight();
  }
  check(until);
  await checkStored({ world, judge, papers }, violate);
  const summary = await summaryOf({ db, service, observer, sources: SOURCES, from, to });
  await bot.kill();
  await db.destroy();
  return { ...summary, channels: followers.length, faults, restarts, violations };

  /** Whether anything was read. */
  async function ingest(): Promise<boolean> {
    const isJump = replay.faults && trouble.happens(0.01);
    if (isJump) {
      fault('clock that jumps');
      clock.off = trouble.happens(0.5) ? 2 * DAY_MS : -2 * HOUR_MS;
    }
    interruption.isDone = false;
    interruption.isWanted = replay.faults && trouble.happens(0.01);
    const before = await papers.revision();
    await bot.ingest.round();
    clock.off = 0;
    if (interruption.isDone) await restart();
    return (await papers.revision()) !== before;
  }

  async function tick(): Promise<void> {
    for (;;) {
      const outcome = await Promise.race([bot.digests.tick(), died.promise]);
      if (outcome === 'died') await restart();
      await observer.look(now());
      if (outcome !== 'died') return observer.rest(now());
      died = Promise.withResolvers<'died'>();
    }
  }

  async function midnight(): Promise<void> {
    check(clock.at - LAST_MS);
    replay.onDay?.({
      day: now().toISOString().slice(0, 10),
      papers: await papers.count(),
      delivered: service.posted.reduce((sum, each) => sum + each.papers.length, 0),
      violations: violations.length,
    });
  }

  /** Of the last two hours no edition needs to have ended. */
  function check(to: number): void {
    if (to <= checked) return;
    const editions = observer.editions();
    checkSlots({ followers, editions }, [checked, to], { until, downtimes }, violate);
    checked = to;
  }

  function isAfterPause(at: number): boolean {
    return downtimes.some(([, b]) => at >= b && at - b < STEP_MS);
  }
}

async function papersOf(path: string): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const line of readAnyFile(path)) if ('paper' in line) papers.push(line.paper);
  return papers;
}

async function curatedTopics(): Promise<Topic[]> {
  const text = await readFile(new URL('../../../data/topics.json', import.meta.url), 'utf8');
  return z.array(Topic).parse(JSON.parse(text));
}
