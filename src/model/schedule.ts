/** When a channel gets its digest: time of day, weekdays, timezone; and how people write them. */
import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

/** Most papers one edition may carry, over all topics of a channel. */
export const TOP_MAX = 20;

/** Longest delay, in hours: a week, as long as papers are new. */
export const DELAY_MAX_HOURS = 7 * 24;

/**
 * - `daily`: on each of its days
 * - `weekly`: on its one day, the most upvoted of all topics first
 * - `instant`: as papers come, at most `top` an hour; time and days wait until it is another
 */
export const frequencies = ['daily', 'weekly', 'instant'] as const;

export const Schedule = z.object({
  frequency: z.enum(frequencies),
  /** 24-hour local time, `09:00`. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Never empty, in week order. */
  on: z.array(Weekday).min(1),
  /** An IANA name, `Europe/Berlin`. */
  timezone: z.string(),
  /** At most this many papers an edition; with `instant` an hour. */
  top: z.number().int().min(1).max(TOP_MAX),
});
export type Schedule = z.infer<typeof Schedule>;

/** What a channel gets that never said otherwise. */
export function defaultSchedule(timezone: string): Schedule {
  return { frequency: 'daily', at: '09:00', on: [...weekdays.slice(0, 5)], timezone, top: 5 };
}

/** `9`, `9am`, `9:30 pm`, `17.30`, `noon` → `09:00` …; undefined when it is no time of day. */
export function readTime(text: string): string | undefined {
  const normal = text
    .trim()
    .toLowerCase()
    .replace(/^noon$/, '12pm')
    .replace(/^midnight$/, '12am');
  const [, hour, minute = '00', half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?(?:m\.?)?$/.exec(normal) ?? [];
  const h = Number(hour);
  if (hour === undefined || Number(minute) > 59 || h > 23) return undefined;
  if (half && (h < 1 || h > 12)) return undefined;
  const full = half ? (h % 12) + (half === 'p' ? 12 : 0) : h;
  return `${String(full).padStart(2, '0')}:${minute}`;
}

/** `daily`, `weekdays`, `weekends`, `mon,wed,fri`, `Monday to Friday` → days in week order; undefined otherwise. */
export function readDays(text: string): Weekday[] | undefined {
  const normal = text.trim().toLowerCase();
  if (/^(daily|every ?day|all)$/.test(normal)) return [...weekdays];
  if (/^(week|work)(ing )?days$/.test(normal)) return [...weekdays.slice(0, 5)];
  if (/^weekends?$/.test(normal)) return [...weekdays.slice(5)];
  const chosen = new Set<Weekday>();
  const parts = normal.replace(/\s*(?:-|–|\bto\b)\s*/g, '-').replace(/\band\b/g, ' ');
  for (const part of parts.split(/[\s,]+/).filter(Boolean)) {
    const ends = part.split('-').map(weekdayOf);
    const [first, last] = [ends[0], ends.at(-1)];
    if (!first || !last || ends.length > 2) return undefined;
    for (const day of range(first, last)) chosen.add(day);
  }
  return chosen.size ? weekdays.filter((day) => chosen.has(day)) : undefined;
}

/** `2d`, `36h`, `1 day`, `none` → hours; undefined when it is no length of time, or longer than a delay may be. */
export function readDelay(text: string): number | undefined {
  const normal = text.trim().toLowerCase();
  if (/^(none|no|off|0)$/.test(normal)) return 0;
  const [, n, unit] = /^(\d{1,3})\s*(h|d)(?:(?:ou)?rs?|ays?)?$/.exec(normal) ?? [];
  const hours = Number(n) * (unit === 'd' ? 24 : 1);
  return n === undefined || hours > DELAY_MAX_HOURS ? undefined : hours;
}

/** As `readDelay` reads it back: `2d`, `36h`, `none`. */
export function writeDelay(hours: number): string {
  if (!hours) return 'none';
  return hours % 24 ? `${hours}h` : `${hours / 24}d`;
}

/** An IANA name in any case, or the city of one (`berlin`, `new york`); undefined when there is no such zone. */
export function readTimezone(text: string): string | undefined {
  const wanted = text.trim().toLowerCase().replaceAll(' ', '_');
  if (/^(utc|gmt|z)$/.test(wanted)) return 'UTC';
  const zones = Intl.supportedValuesOf('timeZone');
  const byCity = zones.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  const known = zones.find((zone) => zone.toLowerCase() === wanted) ?? byCity[0];
  if (known) return known;
  // Links such as Asia/Calcutta are valid though not listed; offsets such as +02:00 know no daylight saving.
  if (!/^[a-z]+\/[a-z_/+-]+$/.test(wanted)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function weekdayOf(name: string): Weekday | undefined {
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const i =
    name.length < 3 ? -1 : full.findIndex((day) => day.startsWith(name) || `${day}s` === name);
  return weekdays[i];
}

function range(first: Weekday, last: Weekday): Weekday[] {
  const from = weekdays.indexOf(first);
  const length = (weekdays.indexOf(last) - from + 7) % 7;
  return Array.from({ length: length + 1 }, (_, i) => weekdays[(from + i) % 7] ?? first);
}
