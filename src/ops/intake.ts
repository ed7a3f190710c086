/**
 * All ways papers come in, wired: sources by the clock, files by hand or from the watched folder, a single one
 * that a person submits. What is stored is indexed while the next is read, and found once the reading is over.
 */
import { randomUUID } from 'node:crypto';
import type { FullTexts } from '../command/full-texts.ts';
import type { SourceService } from '../command/sources.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Importing } from '../model/importing.ts';
import type { Told } from '../model/merge.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Job } from '../schedule/jobs.ts';
import { readCalendars } from '../sources/calendar.ts';
import { createSourceDesk } from '../sources/desk.ts';
import { createSources, type SourceSettings } from '../sources/enabled.ts';
import { createIngest } from '../sources/ingest.ts';
import { ARXIV_PAUSE_MS } from '../sources/turn.ts';
import { createChoiceStore } from '../store/choices.ts';
import type { Database } from '../store/database.ts';
import { createDayStore } from '../store/days.ts';
import { createImportStore } from '../store/imports.ts';
import type { PaperStore } from '../store/papers.ts';
import { createRelatedStore } from '../store/related.ts';
import { createSharedTurn, createTurnStore } from '../store/turns.ts';
import { type Bring, createBring } from './bring.ts';
import { enrichmentJobs } from './enrichment.ts';
import type { Follower } from './follow.ts';
import { createFullTexts } from './full-texts.ts';
import { createInbox } from './inbox.ts';

/** This process among those that share the database. */
const instance = randomUUID();
/** A request to arXiv that takes longer no longer holds up other instances. */
const ARXIV_LEASE_MS = 120_000;
/** Another instance takes a source over when this one has been silent for so long. */
const INGEST_LEASE_MS = 90_000;

export interface Intake {
  sources: SourceService;
  fullTexts: FullTexts;
  /** The paper a name stands for: its identity, one it had before, its DOI. */
  known(name: PaperId): Promise<Paper | undefined>;
  /** Brings in a file. Throws `UserError` when it cannot be read. */
  bring: Bring;
  /** The import that has been going on for a while, or has lately ended after such a while. */
  importing(): Promise<Importing | undefined>;
  /** One round over the sources that are on: reads the days that are due. */
  readSources(): Promise<void>;
  jobs: Job[];
  /** Reads no further; what is stored stays. */
  stop(): Promise<void>;
}

export function createIntake({
  db,
  config,
  papers,
  follower,
  now,
  log,
}: {
  db: Database;
  config: Config;
  papers: PaperStore;
  follower: Pick<Follower, 'take' | 'found'>;
  now(): Date;
  log: Log;
}): Intake {
  const turns = createTurnStore(db);
  const ledger = createDayStore(db);
  const turn = createSharedTurn(
    turns,
    { name: 'arxiv', everyMs: ARXIV_PAUSE_MS, leaseMs: ARXIV_LEASE_MS },
    () => new Date(),
  );
  const related = createRelatedStore(db);
  const imports = createImportStore(db, now);
  const all = createSources(sourceSettings(config), { turn, now });
  const sources = createSourceDesk({
    sources: all,
    names: [...config.PAPERBOY_SOURCES, ...config.PAPERBOY_FEEDS],
    choices: createChoiceStore(db),
    ledger,
    now,
  });

  async function keep(told: readonly Told[], source: string): Promise<void> {
    for await (const put of papers.put(told, { source, now: now().toISOString() })) {
      await follower.take(put);
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

  const bring = createBring({ papers, imports, follower, now, log });

  async function known(name: PaperId): Promise<Paper | undefined> {
    const id = await papers.named(name);
    return id && (await papers.get([id]))[0];
  }

  const inbox =
    config.PAPERBOY_WATCH_DIR === undefined
      ? undefined
      : createInbox({ folder: config.PAPERBOY_WATCH_DIR, bring, log });

  return {
    known,
    bring,
    importing: imports.latest,
    async readSources() {
      await ingest.round();
      await follower.found();
    },
    fullTexts: createFullTexts({ db, config, turn, now }),
    sources: {
      days: sources.days,
      choose: sources.choose,
      async bring(id) {
        const paper = await sources.fetch(id);
        if (!paper) return undefined;
        // No news: other channels did not ask for it.
        await keep([{ paper, kind: 'update' }], 'arxiv');
        await follower.found();
        return known(paper.id);
      },
      related: async (id) => papers.get(await related.related(id)),
    },
    jobs: [
      {
        name: 'sources',
        cron: '*/10 * * * *',
        describe: 'Every ten minutes: read the days of the sources that are due.',
        run: ingest.round,
      },
      ...enrichmentJobs({
        papers,
        related,
        scholar: all.semanticScholar,
        keep,
        isReading: async () => (await sources.on()).length > 0,
        now,
        log,
      }),
      {
        name: 'inbox',
        cron: '* * * * *',
        describe: 'Every minute: import the files that came into the watched folder.',
        run: async () => inbox?.look(),
      },
    ],
    stop: ingest.stop,
  };
}

function sourceSettings(config: Config): SourceSettings {
  return {
    huggingFaceUrl: config.HUGGINGFACE_URL,
    arxivApiUrl: config.ARXIV_API_URL,
    arxivRssUrl: config.ARXIV_RSS_URL,
    arxivOaiUrl: config.ARXIV_OAI_URL,
    biorxivUrl: config.BIORXIV_URL,
    semanticScholarUrl: config.SEMANTIC_SCHOLAR_URL,
    semanticScholarKey: config.SEMANTIC_SCHOLAR_API_KEY,
    arxivCategories: config.PAPERBOY_ARXIV_CATEGORIES,
    allowPrivateFeeds: config.PAPERBOY_ALLOW_PRIVATE_FEEDS,
    calendars: readCalendars(config.PAPERBOY_CALENDAR),
  };
}
