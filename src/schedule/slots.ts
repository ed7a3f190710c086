/**
 * Slots of a schedule: the instants at which a channel's digest is due. Timezone arithmetic is Temporal's; a
 * local time that daylight saving skips moves forward by the gap, one that occurs twice means the first.
 * https://tc39.es/proposal-temporal/docs/ambiguity.html
 */
import { Temporal } from 'temporal-polyfill';
import { type Schedule, weekdays } from '../model/schedule.ts';

type Times = Pick<Schedule, 'at' | 'on' | 'timezone'>;

/** The first slot strictly after an instant. */
export function nextSlot(schedule: Times, after: Date): Date {
  return nearest(schedule, after, 1, (slot) => slot.getTime() > after.getTime());
}

/** The last slot at or before an instant. */
export function lastSlot(schedule: Times, at: Date): Date {
  const key = `${schedule.at} ${schedule.on} ${schedule.timezone}`;
  const known = between.get(key);
  if (known && known.last <= at.getTime() && at.getTime() < known.next) return new Date(known.last);
  const last = nearest(schedule, at, -1, (slot) => slot.getTime() <= at.getTime());
  if (between.size >= BETWEEN_MOST) between.clear();
  between.set(key, { last: last.getTime(), next: nextSlot(schedule, at).getTime() });
  return last;
}

/** The first instant of a slot's week, which begins on Monday, and whether the schedule has no later slot in it. */
export function weekOf(schedule: Times, slot: Date): { from: Date; isLast: boolean } {
  const mondayOf = (at: Date) => {
    const date = zoned(at, schedule.timezone).toPlainDate();
    return date.subtract({ days: date.dayOfWeek - 1 }).toZonedDateTime(schedule.timezone);
  };
  const monday = mondayOf(slot);
  return {
    from: new Date(monday.epochMilliseconds),
    isLast: !mondayOf(nextSlot(schedule, slot)).equals(monday),
  };
}

/**
 * The slots between which a schedule was last asked for: every channel is asked for every minute, and the
 * answer changes once a day.
 */
const between = new Map<string, { last: number; next: number }>();
const BETWEEN_MOST = 10_000;

function nearest(schedule: Times, from: Date, step: 1 | -1, fits: (slot: Date) => boolean): Date {
  const today = zoned(from, schedule.timezone).toPlainDate();
  // A slot can leave its calendar day only by a daylight-saving gap, so a week and a day on each side cover all.
  for (let days = -1; days <= 8; days++) {
    const date = today.add({ days: days * step });
    const weekday = weekdays[date.dayOfWeek - 1];
    if (!weekday || !schedule.on.includes(weekday)) continue;
    const local = date.toZonedDateTime({ timeZone: schedule.timezone, plainTime: schedule.at });
    const slot = new Date(local.epochMilliseconds);
    if (fits(slot)) return slot;
  }
  throw new Error(`A schedule without a slot in a week: ${JSON.stringify(schedule)}`);
}

const zoned = (at: Date, timezone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone);
