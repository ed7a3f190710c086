/**
 * A chain of chaos runs: one database, one channel on each service, one digest a day. In every run the process
 * is killed somewhere on the way of the day's digest, and started again; then each paper of that day must stand
 * in each channel exactly once. What it is given of chance comes from the seed and the number of the run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelRef } from '../../src/model/channel.ts';
import { channelRef } from '../../src/model/channel.ts';
import { Paper } from '../../src/model/paper.ts';
import { weekdays } from '../../src/model/schedule.ts';
import { refOf } from '../../src/platforms/discord/place.ts';
import { createChannelStore } from '../../src/store/channels.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createEditionStore } from '../../src/store/editions.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { FakeDiscord } from '../fakes/discord/server.ts';
import { FakeSlack } from '../fakes/slack/slack.ts';
import { type Bot, startBot } from './bot.ts';
import { chanceOf } from './chance.ts';

const DAY_MS = 24 * 3_600_000;
const FIRST = Date.parse('2026-11-02T09:00:00.000Z');
const PAPERS_A_DAY = 18;
/** Where kill points are drawn from before a run without a kill has told how many steps there are. */
const STEPS_AT_FIRST = 120;

export interface ChainOptions {
  seed: number;
  /** How many, and the number of the first: one is done again by its number. */
  runs: number;
  from?: number;
  /** PostgreSQL to use, with two instances; SQLite with one where it is undefined. */
  databaseUrl?: string | undefined;
}

export interface Count {
  runs: number;
  /** Runs in which a process was killed. */
  kills: number;
  /** Papers that are missing, and those that stand there again. */
  lost: number;
  repeated: number;
}

/** Runs them in order; `complain` hears of each paper that is not there once. */
export async function runChain(
  { seed, runs, from = 0, databaseUrl }: ChainOptions,
  complain: (what: string) => void,
): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-chaos-'));
  const clock = { now: FIRST };
  const now = () => clock.now;
  const slack = await FakeSlack.start({ now });
  const discord = await FakeDiscord.start({ now });
  const db = await openDatabase(
    databaseUrl ? { url: databaseUrl } : { file: join(folder, 'paperboy.db') },
  );
  const chance = chanceOf(seed);
  // One of them more often than both: each takes its time to load.
  const services = [['slack'], ['discord'], ['slack', 'discord']][Math.floor(chance() * 3)] ?? [];
  const { app } = slack.workspace;
  const env = {
    LOG_LEVEL: 'error',
    PAPERBOY_STATE_DIR: folder,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_API_URL: discord.apiUrl,
    ...(services.includes('slack') && {
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
    }),
    ...(services.includes('discord') && { DISCORD_TOKEN: discord.token }),
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  };
  const world: World = {
    slack,
    discord,
    db,
    clock,
    start: () => startBot(folder, env, new Date(clock.now).toISOString()),
    channels: [
      ...(services.includes('slack') ? [slackChannel(slack)] : []),
      ...(services.includes('discord')
        ? [refOf(discord.guild('Lab').id, discord.channel('papers').id)]
        : []),
    ],
    seed,
    isThread: chance() < 0.5,
    steps: STEPS_AT_FIRST,
  };
  const bots: Bot[] = [];
  const count: Count = { runs: 0, kills: 0, lost: 0, repeated: 0 };
  try {
    await follow(world);
    for (let run = from; run < from + runs; run += 1) {
      while (bots.length < (databaseUrl ? 2 : 1)) bots.push(await world.start());
      await runOnce(world, bots, chanceOf(seed, run), run, count);
      for (const each of judge(world, run, count)) complain(each);
    }
    return count;
  } finally {
    await Promise.all(bots.map((bot) => bot.kill()));
    await db.destroy();
    await slack.stop();
    await discord.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function slackChannel({ workspace }: FakeSlack): ChannelRef {
  const [workspaceId, channel] = [workspace.team.id, workspace.channel('papers').id];
  return channelRef({ platform: 'slack', workspace: workspaceId, channel });
}

interface World {
  slack: FakeSlack;
  discord: FakeDiscord;
  db: Database;
  clock: { now: number };
  start(): Promise<Bot>;
  channels: ChannelRef[];
  seed: number;
  isThread: boolean;
  /** Of the last day's work that nobody was killed in. */
  steps: number;
}

async function follow({ db, channels, isThread }: World): Promise<void> {
  const store = createChannelStore(db);
  const since = new Date(FIRST - 1).toISOString();
  for (const channel of channels) {
    await store.putSettings({
      channel,
      name: '#papers',
      schedule: { frequency: 'daily', at: '09:00', on: [...weekdays], timezone: 'UTC', top: 20 },
      layout: isThread ? 'thread' : 'message',
      since,
    });
    const topic = { channel, topic: 'merging', query: 'chaotic', owner: 'U1', createdAt: since };
    await store.putSubscription(topic);
  }
}

async function runOnce(
  world: World,
  bots: Bot[],
  chance: () => number,
  run: number,
  count: Count,
): Promise<void> {
  const { clock, db, slack, discord } = world;
  clock.now = FIRST + run * DAY_MS;
  await bringPapers(db, run, clock.now);
  if (chance() < 0.15) slack.fault({ method: 'chat.postMessage', kind: 'accept-then-cut' });
  if (chance() < 0.1) slack.fault({ method: 'chat.postMessage', kind: '503' });
  if (chance() < 0.1) {
    discord.fault({ method: 'POST', path: /messages$/, kind: 'accept-then-cut' });
  }

  // The first is killed by counting its steps, one further each run, or at any moment from outside; where
  // there are two the other works meanwhile, by a clock up to 90 s off, and may be killed too.
  const orders = bots.map(async (bot, i) => {
    const at = new Date(clock.now + (i === 0 ? 0 : (chance() * 2 - 1) * 90_000)).toISOString();
    const kind = i === 0 ? chance() : chance() + 0.5;
    const anyStep = 1 + ((run * 7 + Math.floor(chance() * 7)) % world.steps);
    const steps = await (kind < 0.75
      ? bot.work({ now: at, killAt: anyStep })
      : bot.work({ now: at }, 1 + chance() * 400));
    if (steps !== undefined) world.steps = Math.max(STEPS_AT_FIRST / 2, steps);
    return steps;
  });
  const ends = await Promise.all(orders);
  count.runs += 1;
  if (ends.includes(undefined)) count.kills += 1;

  for (const [i, bot] of bots.entries()) if (!bot.isAlive()) bots[i] = await world.start();
  // Four minutes later the lease is over; ten minutes later Discord has forgotten the nonce.
  for (const minutes of [1, chance() < 0.5 ? 4 : 10, 30, 120, 360, 720]) {
    clock.now = FIRST + run * DAY_MS + minutes * 60_000;
    for (const bot of bots) await bot.work({ now: new Date(clock.now).toISOString() });
    if (minutes > 1 && (await isOver(world))) break;
  }
  slack.clearFaults();
}

async function isOver({ db, channels }: World): Promise<boolean> {
  const editions = createEditionStore(db);
  const all = await Promise.all(channels.map((channel) => editions.latest(channel)));
  return all.every((edition) => edition?.delivery.state === 'sent');
}

/** Papers that are new on this day, long enough that a digest of them takes several messages. */
async function bringPapers(db: Database, run: number, at: number): Promise<void> {
  const papers = Array.from({ length: PAPERS_A_DAY }, (_, n) =>
    Paper.parse({
      id: `arxiv:${String(1000 + Math.floor(run / 100)).padStart(4, '0')}.${String((run % 100) * 100 + n).padStart(5, '0')}`,
      title: titleOf(run, n),
      abstract: `We study chaotic kills. ${'A long sentence that fills the page with words of no import. '.repeat(20)}`,
      authors: ['Ada Lovelace'],
      categories: [],
    }),
  );
  const told = papers.map((paper) => ({ paper, kind: 'new' as const }));
  // Earlier than the clock that is furthest behind: to it they would be yet to come, and tomorrow's.
  const by = { source: 'file', now: new Date(at - 300_000).toISOString() };
  await Array.fromAsync(createPaperStore(db).put(told, by));
}

const titleOf = (run: number, n: number) => `Chaotic run ${run} paper ${n} end`;

/**
 * What is wrong after a run: every paper of the day stands in every channel in one message, and with threads in
 * the list above it too.
 */
function judge({ slack, discord, channels, isThread, seed }: World, run: number, count: Count) {
  const wrong: string[] = [];
  for (const channel of channels) {
    const messages = channel.startsWith('slack')
      ? slack.posts('papers').map(({ blocks }) => JSON.stringify(blocks))
      : discordMessages(discord).map((wire) => JSON.stringify(wire));
    for (let n = 0; n < PAPERS_A_DAY; n += 1) {
      const times = messages.filter((message) => message.includes(titleOf(run, n))).length;
      const more = times - (isThread ? 2 : 1);
      if (more === 0) continue;
      if (more < 0) count.lost += 1;
      else count.repeated += 1;
      wrong.push(
        `${more < 0 ? 'lost' : 'repeated'}: seed ${seed}, run ${run}, ${channel}, paper ${n}`,
      );
    }
  }
  return wrong;
}

/** The messages of the channel and of the threads in it. */
function discordMessages(discord: FakeDiscord): unknown[] {
  return discord
    .messages('papers')
    .flatMap(({ id, wire }) => [wire, ...(discord.hasThread(id) ? discord.messages(id) : [])]);
}
