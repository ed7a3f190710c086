/**
 * Slots of a schedule: the instants at which a channel's digest is due. Timezone arithmetic is Temporal's; a
 * local time that daylight saving skips moves forward by the gap, one that occurs twice means the first.
 * https://tc39.es/proposal-temporal/docs/ambiguity.html
 */
import { Temporal } from 'temporal-polyfill';
import { type Schedule, weekdays } from '../model/schedule.ts';

/** The first slot strictly after an instant. */
export function nextSlot(schedule: Schedule, after: Date): Date {
  return nearest(schedule, after, 1, (slot) => slot.getTime() > after.getTime());
}

/** The last slot at or before an instant. */
export function lastSlot(schedule: Schedule, at: Date): Date {
  const key = `${schedule.at} ${schedule.on} ${schedule.timezone}`;
  const known = between.get(key);
  if (known && known.last <= at.getTime() && at.getTime() < known.next) return new Date(known.last);
  const last = nearest(schedule, at, -1, (slot) => slot.getTime() <= at.getTime());
  if (between.size >= BETWEEN_MOST) between.clear();
  between.set(key, { last: last.getTime(), next: nextSlot(schedule, at).getTime() });
  return last;
}

/**
 * The slots between which a schedule was last asked for: every channel is asked for every minute, and the
 * answer changes once a day.
 */
const between = new Map<string, { last: number; next: number }>();
const BETWEEN_MOST = 10_000;

function nearest(
  schedule: Schedule,
  from: Date,
  step: 1 | -1,
  fits: (slot: Date) => boolean,
): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(from.getTime())
    .toZonedDateTimeISO(schedule.timezone)
    .toPlainDate();
  // A slot can leave its calendar day only by a daylight-saving gap, so a week and a day on each side cover all.
  for (let days = -1; days <= 8; days++) {
    const date = today.add({ days: days * step });
    const weekday = weekdays[date.dayOfWeek - 1];
    if (!weekday || !schedule.on.includes(weekday)) continue;
    const zoned = date.toZonedDateTime({ timeZone: schedule.timezone, plainTime: schedule.at });
    const slot = new Date(zoned.epochMilliseconds);
    if (fits(slot)) return slot;
  }
  throw new Error(`A schedule without a slot in a week: ${JSON.stringify(schedule)}`);
}
