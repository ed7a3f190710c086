/** Instants, dates and schedules in words. */
import { type Schedule, weekdays } from '../model/schedule.ts';

/** `Mon 24 Nov at 09:00 (Europe/Berlin)` for an ISO 8601 instant. */
export function when(instant: string, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} at ${part('hour')}:${part('minute')} (${timezone})`;
}

/** `12 Jul 2024` for an ISO 8601 date or instant; the text itself when it is neither. */
export function day(date: string, timezone = 'UTC'): string {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone, dateStyle: 'medium' }).format(time);
}

/** `every weekday at 09:00 (Europe/Berlin)`. */
export function rhythm({ at, on, timezone }: Schedule): string {
  const chosen = on.join();
  const names = on.map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`);
  const days =
    chosen === weekdays.join()
      ? 'day'
      : chosen === weekdays.slice(0, 5).join()
        ? 'weekday'
        : new Intl.ListFormat('en-GB').format(names);
  return `every ${days} at ${at} (${timezone})`;
}
