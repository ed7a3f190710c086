/** One process of the bot: its own services as `paperboy.ts` wires them, by a clock that is set. It can be killed. */
import type { Digests } from '../../command/context.ts';
import { createDigests } from '../../digest/digests.ts';
import { createLog } from '../../log.ts';
import type { SourceDay } from '../../model/source-day.ts';
import { sourceNow } from '../../model/source-day.ts';
import { createIngest, type Ingest } from '../../sources/ingest.ts';
import type { Source } from '../../sources/source.ts';
import { dayBefore, WINDOW_DAYS } from '../../sources/window.ts';
import { createChannelStore } from '../../store/channels.ts';
import { openDatabase } from '../../store/database.ts';
import { createDayStore } from '../../store/days.ts';
import { createEditionStore } from '../../store/editions.ts';
import { createObstacleStore } from '../../store/obstacles.ts';
import { createPaperStore } from '../../store/papers.ts';
import { createSignalStore } from '../../store/signals.ts';
import type { Recorder } from './platform.ts';

export interface Bot {
  digests: Digests;
  ingest: Ingest;
  /** From now on nothing it does reaches the database or the service; what it had not committed is undone. */
  kill(): Promise<void>;
}

/** A process that has just started: nothing in it but what the database says. */
export async function startBot({
  file,
  service,
  sources,
  now,
  random,
  onDay,
}: {
  /** Of the database. */
  file: string;
  service: Recorder;
  sources: readonly Source[];
  now(): Date;
  random(): number;
  onDay(day: SourceDay): void;
}): Promise<Bot> {
  const db = await openDatabase({ file });
  let isDead = false;
  const platform = service.connect(() => isDead);
  const [papers, ledger] = [createPaperStore(db), createDayStore(db)];
  const digests = createDigests({
    papers,
    channels: createChannelStore(db),
    editions: createEditionStore(db),
    obstacles: createObstacleStore(db),
    signals: createSignalStore(db),
    whenUnsure: 'skip',
    spreadMs: 0,
    platforms: new Map([[platform.name, platform]]),
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
    log: createLog('fatal'),
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
  return {
    digests,
    ingest,
    async kill() {
      isDead = true;
      await db.destroy();
    },
  };
}
