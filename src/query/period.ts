/** Periods of time as people type them: `2024`, `2024-05`, `2024-05-17`, `30d`, `2w`, `last-week`. */
import { Temporal } from 'temporal-polyfill';

/** The first and the last day of a period, ISO 8601, both inside it. */
export interface Period {
  first: string;
  last: string;
}

const units = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const;

/**
 * The days a text means, counted from the UTC day of `now`; undefined when it means none. `30d` is the
 * day 30 days ago; a week starts on Monday.
 */
export function periodOf(text: string, now: Date): Period | undefined {
  const typed = text.toLowerCase();
  const date = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(typed);
  if (date) return dated(Number(date[1]), numberOr(date[2]), numberOr(date[3]));
  const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10));
  const [, count, unit] = /^(\d{1,4})([dwmy])$/.exec(typed) ?? [];
  if (count) return span(today.subtract({ [units[unit as keyof typeof units]]: Number(count) }));
  switch (typed) {
    case 'today':
      return span(today);
    case 'yesterday':
      return span(today.subtract({ days: 1 }));
    case 'last-week': {
      const monday = today.subtract({ days: today.dayOfWeek + 6 });
      return span(monday, monday.add({ days: 6 }));
    }
    case 'last-month': {
      const first = today.with({ day: 1 }).subtract({ months: 1 });
      return dated(first.year, first.month);
    }
    case 'last-year':
      return dated(today.year - 1);
    default:
      return undefined;
  }
}

const numberOr = (digits: string | undefined) =>
  digits === undefined ? undefined : Number(digits);

const span = (first: Temporal.PlainDate, last = first): Period => ({
  first: first.toString(),
  last: last.toString(),
});

function dated(year: number, month?: number, day?: number): Period | undefined {
  try {
    const first = Temporal.PlainDate.from(
      { year, month: month ?? 1, day: day ?? 1 },
      { overflow: 'reject' },
    );
    if (day) return span(first);
    const length = month ? { months: 1 } : { years: 1 };
    return span(first, first.add(length).subtract({ days: 1 }));
  } catch {
    return undefined;
  }
}

/** The UTC day something was published, `2024` and `2024-05` as their first. */
export function dayOf(published: string): string {
  if (published.length <= 10)
    return `${published}${'-01-01'.slice(published.length - 4)}`.slice(0, 10);
  const instant = new Date(published);
  return Number.isNaN(instant.getTime())
    ? published.slice(0, 10)
    : instant.toISOString().slice(0, 10);
}
