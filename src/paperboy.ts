/** The whole bot, wired: services around one database, and the platforms the configuration asks for. */
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
import { Topic } from './model/topic.ts';
import { importFile } from './ops/import.ts';
import { connect } from './platforms/connect.ts';
import { createLocal } from './platforms/local/app.ts';
import type { Platform } from './platforms/platform.ts';
import { startJobs } from './schedule/jobs.ts';
import { createCatalogue } from './search/catalogue.ts';
import { createButtonStore } from './store/buttons.ts';
import { createChannelStore } from './store/channels.ts';
import { openDatabase } from './store/database.ts';
import { createEditionStore } from './store/editions.ts';
import { createMessageStore, type MessageStore } from './store/messages.ts';
import { createPaperStore, type PaperStore } from './store/papers.ts';

const data = new URL('../data/', import.meta.url);

export interface Paperboy {
  services: Services;
  desk: Desk;
  /** What the terminal reaches beside the commands. */
  papers: PaperStore;
  messages: MessageStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  /** Resolves when every paper of the database can be searched. */
  loaded: Promise<void>;
  /** Connects the platforms and begins to tick; a line for the operator from each platform. */
  start(): Promise<string[]>;
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
  const digests = createDigests({ catalogue, papers, channels, editions, platforms, now, log });

  if ((await papers.count()) === 0) {
    const first = fileURLToPath(new URL('papers.ndjson', data));
    const { added, faults } = await importFile(first, papers, now);
    log.info({ added, faults }, 'first catalogue stored');
  }
  const total = await papers.count();
  let isLoaded = false;
  const topics = z
    .array(Topic)
    .parse(JSON.parse(await readFile(new URL('topics.json', data), 'utf8')));

  const services: Services = {
    commands,
    catalogue,
    topics,
    channels,
    editions,
    digests,
    timezone: config.PAPERBOY_TIMEZONE,
    loading: () => (isLoaded ? undefined : { done: catalogue.size, total }),
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
  const stopping = new AbortController();

  let stopJobs = async () => {};
  const loaded = (async () => {
    for await (const batch of papers.batches()) {
      if (stopping.signal.aborted) return;
      await catalogue.put(batch);
    }
    isLoaded = true;
    log.info({ papers: catalogue.size }, 'catalogue loaded');
  })();

  return {
    services,
    desk,
    papers,
    messages,
    platforms,
    loaded,
    async start() {
      const onConnected = (platform: Platform) => platforms.set(platform.name, platform);
      const { signal } = stopping;
      const lines = await Promise.all(
        wanted.map((make) => connect(make, { onConnected, signal, log })),
      );
      if (signal.aborted) return lines;
      stopJobs = startJobs(
        [
          {
            name: 'editions',
            cron: '* * * * *',
            describe: 'Every minute: plan the editions that are due and deliver those that wait.',
            run: async () => {
              await loaded;
              await digests.tick();
            },
          },
        ],
        log,
      );
      return lines;
    },
    async stop() {
      stopping.abort();
      await stopJobs();
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await loaded;
      await db.destroy();
    },
  };
}
