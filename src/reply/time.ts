/** Instants, dates and schedules in words. */
import { type Schedule, weekdays } from '../model/schedule.ts';

/** `Mon 24 Nov at 09:00 (Europe/Berlin)` for an ISO 8601 instant. */
export function when(instant: string, timezone: string): string {
  const parts = formatOf(timezone).when.formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} at ${part('hour')}:${part('minute')} (${timezone})`;
}

/** `12 Jul 2024` for an ISO 8601 date or instant; the text itself when it is neither. */
export function day(date: string, timezone = 'UTC'): string {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return date;
  return formatOf(timezone).day.format(time);
}

/** Making one takes as long as a thousand uses of it. */
const formats = new Map<string, Record<'when' | 'day', Intl.DateTimeFormat>>();

function formatOf(timeZone: string) {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = {
    when: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
    day: new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium' }),
  };
  formats.set(timeZone, format);
  return format;
}

/** `every weekday at 09:00 (Europe/Berlin)`, `weekly on Fri at 16:00 (UTC)`, `as soon as papers match`. */
export function rhythm({ frequency, at, on, timezone }: Schedule): string {
  if (frequency === 'instant') return 'as soon as papers match';
  const chosen = on.join();
  const names = on.map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`);
  const listed = new Intl.ListFormat('en-GB').format(names);
  const days =
    chosen === weekdays.join()
      ? 'day'
      : chosen === weekdays.slice(0, 5).join()
        ? 'weekday'
        : listed;
  return `${frequency === 'weekly' ? `weekly on ${listed}` : `every ${days}`} at ${at} (${timezone})`;
}

/** When the next digest comes, whose slot this is: `Mon 24 Nov at 09:00 (Europe/Berlin)`, `as soon as a paper matches`. */
export function nextWords({ frequency, timezone }: Schedule, slot: string): string {
  return frequency === 'instant' ? 'as soon as a paper matches' : when(slot, timezone);
}

/** `2 days`, `36 hours`, `1 hour`. */
export function span(hours: number): string {
  const [n, unit] = hours % 24 ? [hours, 'hour'] : [hours / 24, 'day'];
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** Which days new papers are of, in a channel with this delay. */
export function ofPeriod(delayHours = 0): string {
  return delayHours ? `of the 7 days up to ${span(delayHours)} ago` : 'of the last 7 days';
}
