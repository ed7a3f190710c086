/**
 * What is announced, by whom and when: two sources with calendars of their own over the papers of a file. They
 * overlap, so that most papers are told twice; some come late, get votes, a new version or are withdrawn, and
 * some are told without an id before they are told with one.
 */
import type { Told } from '../../model/merge.ts';
import type { Paper } from '../../model/paper.ts';
import { titleName } from '../../model/same-work.ts';
import { type Calendar, calendarFor } from '../../sources/calendar.ts';
import { dayBefore } from '../../sources/window.ts';
import type { Chance } from './random.ts';

export type SourceName = 'arxiv' | 'huggingface';

/** One paper as one source has it. */
export interface Announced {
  work: Paper;
  /** Of the source's own days. */
  day: string;
  /** In milliseconds; before it the source does not show it. */
  from: number;
  told(at: number): Told;
}

export interface World {
  /** All that a source has of a day so far, and how many it will have when the day is over. */
  day(source: SourceName, day: string, at: number): { told: Told[]; expected: number };
  /** Everything announced as new. */
  announced: readonly Announced[];
  calendars: Readonly<Record<SourceName, Calendar>>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHARE = { arxiv: 0.75, huggingface: 0.5 };

export function createWorld(
  papers: readonly Paper[],
  { from, to, chance }: { from: string; to: string; chance: Chance },
): World {
  const calendars = { arxiv: calendarFor('arxiv'), huggingface: calendarFor('huggingface') };
  const byDay = new Map<string, Announced[]>();
  const announced: Announced[] = [];
  const add = (source: SourceName, entry: Announced) => {
    const key = `${source} ${entry.day}`;
    byDay.set(key, [...(byDay.get(key) ?? []), entry]);
  };
  const names = new Map<string, number>();
  for (const paper of papers) {
    names.set(titleName(paper), (names.get(titleName(paper)) ?? 0) + 1);
  }

  for (const work of papers) {
    const day = work.published?.slice(0, 10) ?? '';
    if (day < from || day > to) continue;
    const luck = chance.of(work.id);
    const isIn = { arxiv: luck.happens(SHARE.arxiv), huggingface: luck.happens(SHARE.huggingface) };
    if (!isIn.huggingface) isIn.arxiv = true;
    const isNameless =
      luck.happens(0.02) && names.get(titleName(work)) === 1 && work.authors.length > 0;
    if (isIn.arxiv) for (const entry of ofArxiv(work, day, luck)) add('arxiv', entry);
    if (isIn.huggingface) {
      const entry = ofHuggingFace(work, day, luck, isNameless);
      announced.push(entry);
      add('huggingface', entry);
    }
  }
  return {
    calendars,
    announced,
    day(source, day, at) {
      const all = byDay.get(`${source} ${day}`) ?? [];
      const told = all.filter((entry) => entry.from <= at).map((entry) => entry.told(at));
      const due = calendars[source].completeAt(day).getTime();
      const works = all.filter((entry) => entry.from <= Math.max(at, due)).map(({ work }) => work);
      return { told, expected: new Set(works).size };
    },
  };

  /** The first day of a source from one on that has an announcement. */
  function next(source: SourceName, day: string): string {
    for (let on = day; ; on = dayBefore(on, -1)) {
      if (calendars[source].announcement(on).announces) return on;
    }
  }

  function ofArxiv(work: Paper, listed: string, luck: Chance): Announced[] {
    const { upvotes: _, ...paper } = work;
    const day = next('arxiv', listed);
    const late = luck.happens(0.01) ? luck.next() * DAY_MS : 0;
    const first: Announced = {
      work,
      day,
      from: calendars.arxiv.completeAt(day).getTime() - 4 * HOUR_MS + late,
      told: () => ({ paper: { ...paper, version: 1 }, kind: 'new' }),
    };
    announced.push(first);
    const later = (after: number, told: Told): Announced => {
      const on = next('arxiv', dayBefore(day, -after));
      const at = calendars.arxiv.completeAt(on).getTime() - 4 * HOUR_MS;
      return { work, day: on, from: at, told: () => told };
    };
    const entries = [first];
    if (luck.happens(0.03)) {
      const second = { ...paper, version: 2, comment: 'A second version.' };
      entries.push(later(1 + luck.below(5), { paper: second, kind: 'update' }));
    }
    if (luck.happens(0.02)) {
      const taken = { ...paper, version: 3, withdrawn: 'An error in the proof.' };
      entries.push(later(1 + luck.below(5), { paper: taken, kind: 'withdrawn' }));
    }
    return entries;
  }

  function ofHuggingFace(
    work: Paper,
    listed: string,
    luck: Chance,
    isNameless: boolean,
  ): Announced {
    const { upvotes: _, ...paper } = work;
    const day = next('huggingface', listed);
    const over = calendars.huggingface.completeAt(day).getTime();
    const late = luck.happens(0.02) ? luck.next() * 3 * DAY_MS : -luck.next() * DAY_MS;
    const from = over + late;
    const most = luck.below(10) ** 2;
    // A vote an hour or so, for three days: enough to change the order of papers.
    const votes = (at: number) => Math.floor(most * Math.min(1, (at - from) / (3 * DAY_MS)));
    return {
      work,
      day,
      from,
      told: (at) => ({
        paper: {
          ...paper,
          id: isNameless ? titleName(work) : work.id,
          upvotes: Math.max(0, votes(at)),
        },
        kind: 'new',
      }),
    };
  }
}
