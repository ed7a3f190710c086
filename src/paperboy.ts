/** The whole bot, wired: services around one database, and the platforms the configuration asks for. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { createAnswers } from './answer/answers.ts';
import type { Services } from './command/context.ts';
import { createConversations } from './command/conversations.ts';
import { createDesk, type Desk } from './command/desk.ts';
import type { Config } from './config.ts';
import { createDigests } from './digest/digests.ts';
import type { Log } from './log.ts';
import { channelParts, type PlatformName } from './model/channel.ts';
import { Topic, topicsOf } from './model/topic.ts';
import { embeddingsOf } from './ops/embeddings.ts';
import { follow } from './ops/follow.ts';
import { importFile } from './ops/import.ts';
import { createIntake, type Intake } from './ops/intake.ts';
import { libraryOf } from './ops/library.ts';
import { createMetrics } from './ops/metrics.ts';
import { createOps, serveOps } from './ops/port.ts';
import { writerOf } from './ops/writer.ts';
import { connect } from './platforms/connect.ts';
import { createLocal } from './platforms/local/app.ts';
import type { Platform } from './platforms/platform.ts';
import { startJobs } from './schedule/jobs.ts';
import { createCatalogue } from './search/catalogue.ts';
import { createAnswerStore } from './store/answers.ts';
import { createButtonStore } from './store/buttons.ts';
import { createChannelStore } from './store/channels.ts';
import { openDatabase } from './store/database.ts';
import { createEditionStore } from './store/editions.ts';
import { createHear } from './store/heard.ts';
import { createMessageStore, type MessageStore } from './store/messages.ts';
import { createObstacleStore } from './store/obstacles.ts';
import { createPaperStore } from './store/papers.ts';
import { createSeenStore } from './store/seen.ts';
import { createSignalStore } from './store/signals.ts';
import { createTurnStore } from './store/turns.ts';

const data = new URL('../data/', import.meta.url);

export interface Paperboy {
  services: Services;
  desk: Desk;
  /** Ways to bring papers in. */
  intake: Pick<Intake, 'bring' | 'readSources'>;
  /** What the terminal reaches beside the commands. */
  messages: MessageStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  /** Resolves when every paper of the database can be searched. */
  loaded: Promise<void>;
  /** Begins to tick and connects the platforms; `tell` gets a line for the operator from each as it is there. */
  start(tell: (line: string) => void): Promise<void>;
  /** Stops cleanly; safe to call at any time. */
  stop(): Promise<void>;
}

export async function createPaperboy(
  config: Config,
  { log, now = () => new Date() }: { log: Log; now?: () => Date },
): Promise<Paperboy> {
  const location = config.DATABASE_URL
    ? { url: config.DATABASE_URL }
    : { file: join(config.PAPERBOY_STATE_DIR, 'paperboy.db') };
  const db = await openDatabase(location, {
    onLost: ({ message }) => log.warn({ reason: message }, 'a connection to the database was lost'),
  });
  const papers = createPaperStore(db);
  const channels = createChannelStore(db);
  const editions = createEditionStore(db);
  const exchanges = createAnswerStore(db);
  const obstacles = createObstacleStore(db);
  const signals = createSignalStore(db);
  const turns = createTurnStore(db);
  const instance = randomUUID();
  const stopping = new AbortController();
  const messages = createMessageStore(db, now);
  const embeddings = await embeddingsOf(config, { db, papers, signal: stopping.signal, log });
  const catalogue = createCatalogue({
    now,
    fetch: papers.get,
    meaning: embeddings,
    onBadPaper: (id, err) => log.warn({ id, err }, 'a paper cannot be searched'),
  });
  const platforms = new Map<PlatformName, Platform>();
  const topics = z
    .array(Topic)
    .parse(JSON.parse(await readFile(new URL('topics.json', data), 'utf8')));
  const metrics = createMetrics({
    editions,
    papers: () => catalogue.size,
    sources: () => intake.sources.days(),
    now,
  });
  const digests = createDigests({
    papers,
    channels,
    editions,
    obstacles,
    signals,
    platforms,
    topics,
    whenUnsure: config.PAPERBOY_UNSURE,
    spreadMs: config.PAPERBOY_SPREAD_SECONDS * 1_000,
    signal: stopping.signal,
    sources: () => intake.sources.days(),
    onSettled: metrics.settled,
    now,
    log,
  });

  if ((await papers.count()) === 0) {
    const first = fileURLToPath(new URL('papers.ndjson', data));
    const { added, faults } = await importFile(first, papers, now);
    log.info({ added, faults }, 'first catalogue stored');
  }
  const follower = follow({
    papers,
    catalogue,
    file: join(config.PAPERBOY_STATE_DIR, 'papers.index'),
    papersAt: {
      module: new URL('store/papers-reader.ts', import.meta.url).href,
      options: location,
    },
    signal: stopping.signal,
    log,
  });
  const intake = createIntake({ db, config, papers, follower, now, log });

  const services: Services = {
    catalogue,
    answers: createAnswers(
      libraryOf(catalogue, { fullTexts: intake.fullTexts, topics: topicsOf(topics) }),
      await writerOf(config, { db, log, now }),
    ),
    known: intake.known,
    topics,
    channels,
    editions,
    seen: createSeenStore(db),
    signals,
    exchanges,
    conversations: createConversations(exchanges, createHear(db, now)),
    permalink: async (channel, message) =>
      platforms.get(channelParts(channel).platform)?.permalink(channel, message),
    digests,
    sources: intake.sources,
    fullTexts: intake.fullTexts,
    operators: new Set(config.PAPERBOY_OPERATORS),
    timezone: config.PAPERBOY_TIMEZONE,
    loading: follower.loading,
    importing: intake.importing,
    took: metrics.took,
    now,
  };
  const desk = createDesk(commands, services, createButtonStore(db, now), log);

  const onOpen = (where: string) => obstacles.lookNow(where, now().toISOString());
  // Posts before it is started too: what the terminal posts, the page of a running bot shows.
  const local = createLocal({ config, desk, messages });
  platforms.set('local', local);
  const wanted: (() => Promise<Platform>)[] = [async () => local];
  // Each SDK takes half a second to load: only where its token is set.
  if (config.SLACK_BOT_TOKEN) {
    wanted.push(async () =>
      (await import('./platforms/slack/app.ts')).createSlack({ config, desk, onOpen }),
    );
  }
  if (config.DISCORD_TOKEN) {
    wanted.push(async () =>
      (await import('./platforms/discord/app.ts')).createDiscord({ config, desk, onOpen }),
    );
  }

  const ops = createOps({
    metrics,
    checks: {
      database: async () => {
        await papers.revision();
        return undefined;
      },
      catalogue: () => {
        const loading = follower.loading();
        return loading && `${loading.done} of ${loading.total} papers loaded`;
      },
      ...Object.fromEntries(
        wantedNames(config).map((name) => [
          name,
          () => (platforms.get(name)?.isConnected() ? undefined : 'not connected'),
        ]),
      ),
    },
  });
  let stopOps = async () => {};
  let stopJobs = async () => {};
  let embedding = Promise.resolve();
  follower.loaded.catch((err: unknown) => log.error({ err }, 'the catalogue could not be loaded'));
  return {
    services,
    desk,
    intake,
    messages,
    platforms,
    loaded: follower.loaded,
    async start(tell) {
      if (config.PAPERBOY_OPS_PORT !== undefined) {
        const { PAPERBOY_OPS_HOST: host, PAPERBOY_OPS_PORT: port } = config;
        const { address, close } = await serveOps(ops, { host, port });
        stopOps = close;
        tell(`Ops port: ${address}`);
      }
      stopJobs = startJobs(
        [
          {
            name: 'editions',
            // One that takes longer than a minute must not keep the next minute's waiting.
            overlaps: true,
            cron: '* * * * *',
            describe: 'Every minute: plan the editions that are due and deliver those that wait.',
            run: digests.tick,
          },
          {
            name: 'ledger',
            alone: true,
            cron: '10 3 * * *',
            describe: 'At 03:10 UTC: forget the editions that have been over for a month.',
            run: digests.forget,
          },
          {
            name: 'catalogue',
            cron: '* * * * *',
            describe: 'Every minute: make findable what any process has stored.',
            run: follower.catchUp,
          },
          {
            name: 'snapshot',
            cron: '20 * * * *',
            describe: 'Every hour: save the index, so that the next start is quick.',
            run: follower.save,
          },
          ...intake.jobs,
          ...(embeddings ? [embeddings.job] : []),
        ],
        log,
        // An hour is more than clocks differ, and less than any such job's rhythm.
        async (job, leaseMs) =>
          (await turns.take(
            { name: `job:${job}`, holder: instance, everyMs: leaseMs, leaseMs },
            now(),
          )) === 0,
      );
      if (embeddings) embedding = embeddings.job.run();
      // At once too: a bot that is started in the morning should not wait for its first papers.
      intake.readSources().catch((err: unknown) => log.error({ err }, 'no source was read'));
      const onConnected = (platform: Platform) => void platforms.set(platform.name, platform);
      const { signal } = stopping;
      await Promise.all(
        wanted.map(async (make) => tell(await connect(make, { onConnected, signal, log }))),
      );
    },
    async stop() {
      stopping.abort();
      // The platforms with the jobs: a digest that waits for its turn would hold up the minute that sends it.
      await Promise.all([
        intake.stop(),
        stopJobs(),
        ...[...platforms.values()].map((platform) => platform.stop()),
      ]);
      await embedding;
      await stopOps();
      await follower.loaded.catch(() => {});
      await follower.save().catch((err: unknown) => log.warn({ err }, 'the index was not saved'));
      await db.destroy();
    },
  };
}

/** The platforms that the configuration asks for. */
function wantedNames({ SLACK_BOT_TOKEN, DISCORD_TOKEN }: Config): PlatformName[] {
  return [
    'local',
    ...(SLACK_BOT_TOKEN ? (['slack'] as const) : []),
    ...(DISCORD_TOKEN ? (['discord'] as const) : []),
  ];
}
