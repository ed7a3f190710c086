/**
 * When sources announce: `calendar.json` is what they publish, and an operator's file of the same shape adds
 * to it. A source's day begins at its own hour: arXiv's Monday is what it announces on Sunday at 20:00 in
 * New York (https://info.arxiv.org/help/availability.html), Hugging Face's begins on the eve at 21:30.
 */
import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { Weekday, weekdays } from '../model/schedule.ts';
import builtIn from './calendar.json' with { type: 'json' };
import type { Source } from './source.ts';

/** What a `Source` says about its days. */
export type Calendar = Pick<Source, 'dayAt' | 'announcement' | 'completeAt'>;

const offsets = { eve: -1, day: 0, morrow: 1 } as const;
const On = z.enum(['eve', 'day', 'morrow']);
const At = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 21:30');

const Entry = z.strictObject({
  timezone: z.string(),
  /** When a day begins, on the date it is called after or on its eve. */
  starts: z.strictObject({ on: On, at: At }),
  /** When everything of it should be there. */
  complete: z.strictObject({ on: On, at: At }),
  /** Days with an announcement. */
  weekdays: z.array(Weekday),
  /** Dates without one, as the source publishes them: of the day itself, or of its eve. */
  without: z.strictObject({ counts: On, dates: z.array(z.iso.date()) }),
});
type Entry = z.infer<typeof Entry>;

const Entries = z.record(z.string(), Entry);

/** What an operator may add: more dates without an announcement, or dates that have one after all. */
const Additions = z.record(
  z.string(),
  z.strictObject({
    without: z.array(z.iso.date()).default([]),
    with: z.array(z.iso.date()).default([]),
  }),
);

export const calendars: Readonly<Record<string, Entry>> = Entries.parse(builtIn);

/**
 * The calendars with an operator's additions, `{"arxiv": {"without": ["2027-01-01"], "with": ["2026-12-29"]}}`.
 * Throws `UserError` when the file cannot be used.
 */
export function readCalendars(path: string | undefined): typeof calendars {
  if (path === undefined) return calendars;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UserError(`The calendar ${path} cannot be read as JSON.`, { cause });
  }
  const parsed = Additions.safeParse(json);
  const problem = parsed.success
    ? Object.keys(parsed.data).find((source) => !calendars[source])
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
  if (problem !== undefined || !parsed.success) {
    throw new UserError(
      `The calendar ${path} needs a change: ${problem}. It looks like {"arxiv": {"without": ["2027-01-01"]}}, for ${Object.keys(calendars).join(', ')}.`,
    );
  }
  return { ...calendars, ...Object.fromEntries(Object.entries(parsed.data).map(extended)) };
}

function extended([source, more]: [string, z.infer<typeof Additions>[string]]): [string, Entry] {
  const entry = entryOf(source, calendars);
  const dates = [...entry.without.dates, ...more.without].filter(
    (date) => !more.with.includes(date),
  );
  return [source, { ...entry, without: { ...entry.without, dates } }];
}

/** The calendar of a source; `of` is a key of `calendars`. */
export function calendarFor(of: string, all: typeof calendars = calendars): Calendar {
  const entry = entryOf(of, all);
  const without = new Set(entry.without.dates);
  const instant = (day: string, when: Entry['starts']) => {
    const date = Temporal.PlainDate.from(day).add({ days: offsets[when.on] });
    const zoned = date.toZonedDateTime({ timeZone: entry.timezone, plainTime: when.at });
    return new Date(zoned.epochMilliseconds);
  };
  return {
    dayAt(now) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime());
      const today = zoned.toZonedDateTimeISO(entry.timezone).toPlainDate();
      // A day begins at most a date before or after its own, and there is always one that has begun.
      const day = [1, 0, -1, -2]
        .map((days) => today.add({ days }).toString())
        .find((candidate) => instant(candidate, entry.starts).getTime() <= now.getTime());
      return day ?? today.toString();
    },
    announcement(day) {
      const date = Temporal.PlainDate.from(day);
      const weekday = weekdays[date.dayOfWeek - 1];
      if (!weekday || !entry.weekdays.includes(weekday)) {
        return { announces: false, because: 'weekend' };
      }
      const counted = date.add({ days: offsets[entry.without.counts] }).toString();
      return without.has(counted) ? { announces: false, because: 'holiday' } : { announces: true };
    },
    completeAt: (day) => instant(day, entry.complete),
  };
}

function entryOf(source: string, all: typeof calendars): Entry {
  const entry = all[source];
  if (!entry) throw new Error(`There is no calendar for ${source}`);
  return entry;
}
