/** How a source stands, in words. */
import { assertNever } from '../errors.ts';
import type { SourceDay, SourceNow } from '../model/source-day.ts';
import { count } from './build.ts';
import { bold, say, type Text } from './text.ts';
import { when } from './time.ts';

/** `2026-11-23: complete, 412 papers` for one day. */
function dayWords(day: SourceDay, timezone: string): string {
  const { received, expected, flaws, retryAt } = day;
  const known = flaws ? `, ${count(flaws, 'item')} could not be read` : '';
  const of =
    expected === undefined ? count(received, 'paper') : `${received} of ${expected} papers`;
  const again = retryAt === undefined ? '' : `; the next try is ${when(retryAt, timezone)}`;
  switch (day.state) {
    case 'complete':
      return `complete, ${count(received, 'paper')}${known}`;
    case 'partial':
      return `${of} so far${known}${day.error ? `, then it broke off (${day.error})` : ''}${again}`;
    case 'no announcement':
      return `no announcement (${day.because ?? 'holiday'})`;
    case 'stale':
      return `an old list again, nothing new${again}`;
    case 'failing':
      return `failing since ${when(day.since ?? day.readAt, timezone)} (${day.error ?? 'no answer'})${again}`;
    default:
      return assertNever(day.state);
  }
}

/**
 * A line for its newest day, and one for every other day of the week that is not whole; of a source that fails,
 * one for all the days it fails with.
 */
export function sourceLines({ title, days }: SourceNow, timezone: string): Text[] {
  const today = days.at(-1);
  if (!today) return [say`${bold(title)}: not asked yet`];
  const open = days
    .slice(0, -1)
    .filter(({ state }) => state !== 'complete' && state !== 'no announcement');
  const isDown = today.state === 'failing';
  const shown = open.filter(({ state }) => !isDown || state !== 'failing');
  const others = open.length - shown.length;
  const besides = others ? `; ${count(others, 'earlier day')} with it` : '';
  return [
    say`${bold(title)}, ${today.day}: ${dayWords(today, timezone)}${besides}`,
    ...shown.toReversed().map((day) => say`${bold(title)}, ${day.day}: ${dayWords(day, timezone)}`),
  ];
}
