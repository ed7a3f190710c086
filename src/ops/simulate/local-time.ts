/**
 * The slots of a schedule, worked out from what the engine's clock shows in a timezone and from nothing of
 * ours: the second opinion of the judge. A time that is skipped moves forward by the gap; of one that comes
 * twice, the first counts.
 */
import type { Schedule } from '../../model/schedule.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** All slots after one instant and up to another, in milliseconds, ascending. */
export function slotsBetween(
  { at, on, timezone }: Pick<Schedule, 'at' | 'on' | 'timezone'>,
  after: number,
  until: number,
): number[] {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  /** How far the clock on the wall is ahead of UTC. */
  const offset = (instant: number) => {
    const parts = Object.fromEntries(
      shown.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return (
      Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000
    );
  };
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const slots: number[] = [];
  const first = Math.floor(after / DAY_MS) * DAY_MS - 2 * DAY_MS;
  for (let date = first; date <= until + 2 * DAY_MS; date += DAY_MS) {
    if (!on.some((weekday) => weekday === names[new Date(date).getUTCDay()])) continue;
    const wall = date + (hour * 60 + minute) * MINUTE_MS;
    const offsets = [offset(wall - DAY_MS), offset(wall + DAY_MS)];
    const real = offsets.map((each) => wall - each).filter((each) => each + offset(each) === wall);
    // Skipped: with the offset from before the gap the clock shows a time that lies after it.
    const slot = real.length ? Math.min(...real) : wall - (offsets[0] ?? 0);
    if (slot > after && slot <= until) slots.push(slot);
  }
  return slots;
}
