/** What a replay came to: what is stored of what was announced, and the counts. */
import { titleName } from '../../model/same-work.ts';
import { dayBefore } from '../../sources/window.ts';
import type { Database } from '../../store/database.ts';
import { createDayStore } from '../../store/days.ts';
import { createPaperStore, type PaperStore } from '../../store/papers.ts';
import type { Judge } from './judge.ts';
import type { Observer } from './observer.ts';
import type { Recorder } from './platform.ts';
import type { SourceName, World } from './world.ts';

export interface Summary {
  days: number;
  channels: number;
  papers: number;
  editions: Record<string, number>;
  /** Papers that people saw, once for each channel. */
  delivered: number;
  dayStates: Record<string, number>;
  faults: Record<string, number>;
  restarts: number;
  /** What went wrong; empty when nothing did. */
  violations: string[];
}

const DAY_MS = 86_400_000;

/** That every work is one paper, and every announced one there. */
export async function checkStored(
  { world, judge, papers }: { world: World; judge: Judge; papers: PaperStore },
  fault: (violation: string) => void,
): Promise<void> {
  const count = await papers.count();
  if (count !== judge.works()) fault(`${judge.works()} works were told of, ${count} are stored`);
  for (const { work, day } of world.announced) {
    const isThere =
      (await papers.named(work.id)) !== undefined ||
      (await papers.named(titleName(work))) !== undefined;
    if (!isThere) fault(`${work.id}, announced on ${day}, was never stored`);
  }
}

export async function summaryOf({
  db,
  service,
  observer,
  sources,
  from,
  to,
}: {
  db: Database;
  service: Recorder;
  observer: Observer;
  sources: readonly SourceName[];
  from: string;
  to: string;
}): Promise<Pick<Summary, 'days' | 'papers' | 'editions' | 'delivered' | 'dayStates'>> {
  const ledger = createDayStore(db);
  const read = await Promise.all(sources.map((source) => ledger.since(source, dayBefore(from, 1))));
  const days = read.flat().filter(({ day }) => day <= to);
  const editions = [...observer.editions()];
  return {
    days: Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1,
    papers: await createPaperStore(db).count(),
    editions: counted(editions.map(({ edition }) => edition.delivery.state)),
    delivered: service.posted.reduce((sum, each) => sum + each.papers.length, 0),
    dayStates: counted(days.map(({ state }) => state)),
  };
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
