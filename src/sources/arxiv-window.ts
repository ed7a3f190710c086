/**
 * When the papers of an arXiv day were submitted: from one deadline, 14:00 in New York, to the next; what
 * comes in over a weekend or a holiday goes with the next announcement.
 * https://info.arxiv.org/help/availability.html
 */
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './calendar.ts';

const NEW_YORK = 'America/New_York';
/** No gap between two announcements is longer. */
const DAYS_BACK = 14;

/** `[202604231800 TO 202604241800]`, in GMT, for the day `2026-04-27`. */
export function submissionWindow(day: string, calendar: Calendar): string {
  const date = Temporal.PlainDate.from(day);
  let earlier = date.subtract({ days: 1 });
  for (let n = 0; n < DAYS_BACK && !calendar.announcement(earlier.toString()).announces; n++) {
    earlier = earlier.subtract({ days: 1 });
  }
  return `[${deadline(earlier)} TO ${deadline(date)}]`;
}

/** The deadline of what is announced on the eve of a date: that eve's, or Friday's on a Sunday. */
function deadline(date: Temporal.PlainDate): string {
  const eve = date.subtract({ days: 1 });
  const cut = eve.dayOfWeek > 5 ? eve.subtract({ days: eve.dayOfWeek - 5 }) : eve;
  const instant = cut.toZonedDateTime({ timeZone: NEW_YORK, plainTime: '14:00' }).toInstant();
  return instant.toString({ smallestUnit: 'minute' }).replace(/[-:TZ]/g, '');
}
