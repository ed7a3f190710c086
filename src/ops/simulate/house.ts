/** The bot's own services over one database, as `paperboy.ts` wires them, by a clock that is set. */
import type { Digests } from '../../command/context.ts';
import { createDigests } from '../../digest/digests.ts';
import type { Log } from '../../log.ts';
import type { PlatformName } from '../../model/channel.ts';
import { type SourceDay, sourceNow } from '../../model/source-day.ts';
import type { Platform } from '../../platforms/platform.ts';
import { createIngest, type Ingest } from '../../sources/ingest.ts';
import type { Source } from '../../sources/source.ts';
import { dayBefore, WINDOW_DAYS } from '../../sources/window.ts';
import { createChannelStore } from '../../store/channels.ts';
import type { Database } from '../../store/database.ts';
import { createDayStore } from '../../store/days.ts';
import { createEditionStore } from '../../store/editions.ts';
import { createObstacleStore } from '../../store/obstacles.ts';
import { createPaperStore } from '../../store/papers.ts';
import { createSignalStore } from '../../store/signals.ts';

export interface House {
  digests: Digests;
  ingest: Ingest;
}

/** A process that has just started: nothing in it but what the database says. */
export function startHouse({
  db,
  platform,
  sources,
  now,
  random,
  log,
  onDay,
}: {
  db: Database;
  platform: Platform;
  sources: readonly Source[];
  now(): Date;
  random(): number;
  log: Log;
  onDay(day: SourceDay): void;
}): House {
  const [papers, ledger] = [createPaperStore(db), createDayStore(db)];
  const digests = createDigests({
    papers,
    channels: createChannelStore(db),
    editions: createEditionStore(db),
    obstacles: createObstacleStore(db),
    signals: createSignalStore(db),
    whenUnsure: 'skip',
    spreadMs: 0,
    platforms: new Map<PlatformName, Platform>([[platform.name, platform]]),
    topics: [],
    sources: () =>
      Promise.all(
        sources.map(async (source) => {
          const today = source.dayAt(now());
          const days = await ledger.since(source.name, dayBefore(today, WINDOW_DAYS - 1));
          return sourceNow(source, days, today);
        }),
      ),
    now,
    log,
  });
  const ingest = createIngest({
    sources: () => sources,
    ledger,
    async keep(told, source) {
      await Array.fromAsync(papers.put(told, { source, now: now().toISOString() }));
    },
    now,
    random,
    report: {
      flaw: () => {},
      day: onDay,
      failed(source, error) {
        throw new Error(`${source} could not be stored`, { cause: error });
      },
    },
  });
  return { digests, ingest };
}
