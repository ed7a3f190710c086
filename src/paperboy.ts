/** The whole bot, wired: services around one database, and the platforms the configuration asks for. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commands } from '../commands/index.ts';
import type { Services } from './command/context.ts';
import { createDesk, type Desk } from './command/desk.ts';
import type { Config } from './config.ts';
import { createDigests } from './digest/digests.ts';
import type { Log } from './log.ts';
import type { PlatformName } from './model/channel.ts';
import type { Told } from './model/merge.ts';
import type { Paper, PaperId } from './model/paper.ts';
import { Topic } from './model/topic.ts';
import { countCitations } from './ops/citations.ts';
import { follow } from './ops/follow.ts';
import { type Imported, type ImportOptions, importFile, type Progress } from './ops/import.ts';
import { createInbox } from './ops/inbox.ts';
import { connect } from './platforms/connect.ts';
import { createLocal } from './platforms/local/app.ts';
import type { Platform } from './platforms/platform.ts';
import { startJobs } from './schedule/jobs.ts';
import { createCatalogue } from './search/catalogue.ts';
import { readCalendars } from './sources/calendar.ts';
import { createSourceDesk } from './sources/desk.ts';
import { createSources, type SourceSettings } from './sources/enabled.ts';
import { createIngest } from './sources/ingest.ts';
import { ARXIV_PAUSE_MS } from './sources/turn.ts';
import { createButtonStore } from './store/buttons.ts';
import { createChannelStore } from './store/channels.ts';
import { createChoiceStore } from './store/choices.ts';
import { openDatabase } from './store/database.ts';
import { createDayStore } from './store/days.ts';
import { createEditionStore } from './store/editions.ts';
import { createMessageStore, type MessageStore } from './store/messages.ts';
import { createPaperStore } from './store/papers.ts';
import { createSharedTurn, createTurnStore } from './store/turns.ts';

const data = new URL('../data/', import.meta.url);

/** This process among those that share the database. */
const instance = randomUUID();
/** A request to arXiv that takes longer no longer holds up other instances. */
const ARXIV_LEASE_MS = 120_000;
/** Another instance takes a source over when this one has been silent for so long. */
const INGEST_LEASE_MS = 90_000;
/** An import that takes longer is told of under every reply. */
const IMPORT_QUIET_MS = 2_000;

export interface BringOptions extends ImportOptions {
  /** How long replies keep quiet about it, in milliseconds; default 2,000. */
  quietMs?: number;
}

export interface Paperboy {
  services: Services;
  desk: Desk;
  /** Brings in a file. Throws `UserError` when it cannot be read. */
  bring(path: string, options?: BringOptions): Promise<Imported>;
  /** One round over the sources that are on: reads the days that are due. */
  readSources(): Promise<void>;
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
  const db = await openDatabase(
    config.DATABASE_URL
      ? { url: config.DATABASE_URL }
      : { file: join(config.PAPERBOY_STATE_DIR, 'paperboy.db') },
    {
      onLost: ({ message }) =>
        log.warn({ reason: message }, 'a connection to the database was lost'),
    },
  );
  const papers = createPaperStore(db);
  const channels = createChannelStore(db);
  const editions = createEditionStore(db);
  const messages = createMessageStore(db, now);
  const catalogue = createCatalogue({
    now,
    onBadPaper: ({ id }, err) => log.warn({ id, err }, 'a paper cannot be searched'),
  });
  const platforms = new Map<PlatformName, Platform>();
  const turns = createTurnStore(db);
  const ledger = createDayStore(db);
  const all = createSources(sourceSettings(config), {
    turn: createSharedTurn(
      turns,
      { name: 'arxiv', everyMs: ARXIV_PAUSE_MS, leaseMs: ARXIV_LEASE_MS },
      () => new Date(),
    ),
    now,
  });
  const sources = createSourceDesk({
    sources: all,
    names: [...config.PAPERBOY_SOURCES, ...config.PAPERBOY_FEEDS],
    choices: createChoiceStore(db),
    ledger,
    now,
  });
  const digests = createDigests({
    papers,
    channels,
    editions,
    platforms,
    sources: sources.days,
    now,
    log,
  });

  if ((await papers.count()) === 0) {
    const first = fileURLToPath(new URL('papers.ndjson', data));
    const { added, faults } = await importFile(first, papers, now);
    log.info({ added, faults }, 'first catalogue stored');
  }
  const total = await papers.count();
  let isLoaded = false;
  const stopping = new AbortController();
  const { loaded, applied, catchUp } = follow(papers, catalogue, stopping.signal);
  const topics = z
    .array(Topic)
    .parse(JSON.parse(await readFile(new URL('topics.json', data), 'utf8')));

  async function keep(told: readonly Told[], source: string): Promise<void> {
    for await (const put of papers.put(told, { source, now: now().toISOString() })) {
      await applied(put);
    }
  }

  const ingest = createIngest({
    sources: sources.on,
    ledger,
    keep,
    async claim(source, run) {
      const mine = {
        name: `ingest:${source}`,
        holder: instance,
        everyMs: 0,
        leaseMs: INGEST_LEASE_MS,
      };
      if ((await turns.take(mine, new Date())) > 0) return;
      const stay = setInterval(
        () => void turns.take(mine, new Date()).catch(() => {}),
        INGEST_LEASE_MS / 3,
      );
      await run().finally(() => {
        clearInterval(stay);
        return turns.give(mine);
      });
    },
    now,
    report: {
      flaw: (source, day, flaw) => log.warn({ source, day, ...flaw }, 'an item is no paper'),
      day: (day) => log.info(day, 'day read'),
      failed: (source, err) => log.error({ source, err }, 'a source could not be stored'),
    },
  });

  let importing: Progress | undefined;
  async function bring(
    path: string,
    { quietMs = IMPORT_QUIET_MS, ...options }: BringOptions = {},
  ): Promise<Imported> {
    const started = Date.now();
    return importFile(path, papers, now, {
      onPut: applied,
      onProgress(progress) {
        importing = Date.now() - started >= quietMs ? progress : undefined;
        options.onProgress?.(progress);
      },
    }).finally(() => {
      importing = undefined;
    });
  }

  async function known(name: PaperId): Promise<Paper | undefined> {
    const id = await papers.named(name);
    return id && (await papers.get([id]))[0];
  }

  const services: Services = {
    commands,
    catalogue,
    known,
    topics,
    channels,
    editions,
    digests,
    sources: {
      days: sources.days,
      choose: sources.choose,
      async bring(id) {
        const paper = await sources.fetch(id);
        if (!paper) return undefined;
        // No news: other channels did not ask for it.
        await keep([{ paper, kind: 'update' }], 'arxiv');
        return known(paper.id);
      },
    },
    operators: new Set(config.PAPERBOY_OPERATORS),
    timezone: config.PAPERBOY_TIMEZONE,
    loading: () => (isLoaded ? undefined : { done: catalogue.size, total }),
    importing: () => importing,
    now,
  };
  const desk = createDesk(services, createButtonStore(db), log);

  // Posts before it is started too: what the terminal posts, the page of a running bot shows.
  const local = createLocal({ config, desk, messages });
  platforms.set('local', local);
  const wanted: (() => Promise<Platform>)[] = [async () => local];
  // Each SDK takes half a second to load: only where its token is set.
  if (config.SLACK_BOT_TOKEN) {
    wanted.push(async () =>
      (await import('./platforms/slack/app.ts')).createSlack({ config, desk }),
    );
  }
  if (config.DISCORD_TOKEN) {
    wanted.push(async () =>
      (await import('./platforms/discord/app.ts')).createDiscord({ config, desk }),
    );
  }

  let stopJobs = async () => {};
  const readSources = async () => {
    await loaded;
    await ingest.round();
  };
  loaded.then(
    () => {
      isLoaded = true;
      log.info({ papers: catalogue.size }, 'catalogue loaded');
    },
    (err: unknown) => log.error({ err }, 'the catalogue could not be loaded'),
  );
  const inbox =
    config.PAPERBOY_WATCH_DIR === undefined
      ? undefined
      : createInbox({ folder: config.PAPERBOY_WATCH_DIR, bring, log });

  return {
    services,
    desk,
    bring,
    readSources,
    messages,
    platforms,
    loaded,
    async start(tell) {
      stopJobs = startJobs(
        [
          {
            name: 'editions',
            cron: '* * * * *',
            describe: 'Every minute: plan the editions that are due and deliver those that wait.',
            run: async () => {
              await loaded;
              await catchUp();
              await digests.tick();
            },
          },
          {
            name: 'sources',
            cron: '*/10 * * * *',
            describe: 'Every ten minutes: read the days of the sources that are due.',
            run: readSources,
          },
          {
            name: 'citations',
            cron: '30 4 * * *',
            describe: 'At 04:30 UTC: count the citations of recent papers, where a key is set.',
            run: async () => {
              if (config.SEMANTIC_SCHOLAR_API_KEY === undefined) return;
              await loaded;
              const { semanticScholar: scholar } = all;
              const counted = await countCitations({ papers, scholar, keep, now: now() });
              log.info({ papers: counted }, 'citations counted');
            },
          },
          {
            name: 'inbox',
            cron: '* * * * *',
            describe: 'Every minute: import the files that came into the watched folder.',
            run: async () => {
              await loaded;
              await inbox?.look();
            },
          },
        ],
        log,
      );
      // At once too: a bot that is started in the morning should not wait for its first papers.
      void readSources();
      const onConnected = (platform: Platform) => platforms.set(platform.name, platform);
      const { signal } = stopping;
      await Promise.all(
        wanted.map(async (make) => tell(await connect(make, { onConnected, signal, log }))),
      );
    },
    async stop() {
      stopping.abort();
      await ingest.stop();
      await stopJobs();
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await loaded;
      await db.destroy();
    },
  };
}

function sourceSettings(config: Config): SourceSettings {
  return {
    huggingFaceUrl: config.HUGGINGFACE_URL,
    arxivApiUrl: config.ARXIV_API_URL,
    arxivRssUrl: config.ARXIV_RSS_URL,
    biorxivUrl: config.BIORXIV_URL,
    semanticScholarUrl: config.SEMANTIC_SCHOLAR_URL,
    semanticScholarKey: config.SEMANTIC_SCHOLAR_API_KEY,
    arxivCategories: config.PAPERBOY_ARXIV_CATEGORIES,
    allowPrivateFeeds: config.PAPERBOY_ALLOW_PRIVATE_FEEDS,
    calendars: readCalendars(config.PAPERBOY_CALENDAR),
  };
}
