/** How people say when a channel gets its digests and what these hold, and what that makes of its settings. */
import { z } from 'zod';
import { UserError } from '../errors.ts';
import {
  DELAY_MAX_HOURS,
  defaultSchedule,
  frequencies,
  readDays,
  readDelay,
  readTime,
  readTimezone,
  type Schedule,
  TOP_MAX,
  writeDelay,
} from '../model/schedule.ts';
import { answerPlaces, type ChannelSettings, layouts, onEmptyDays } from '../model/settings.ts';
import { choice, integer, text } from './args.ts';

export const scheduleArgs = z.object({
  at: text({
    describe: 'Time of day in the channel’s timezone',
    example: 'at:09:00',
    positional: true,
    max: 40,
  }).optional(),
  on: text({
    describe: 'Days: daily, weekdays, mon,wed,fri',
    example: 'on:weekdays',
    max: 100,
  }).optional(),
  timezone: text({
    describe: 'An IANA timezone',
    example: 'timezone:Europe/Berlin',
    complete: 'timezone',
    max: 60,
  }).optional(),
  frequency: choice({
    describe: 'daily, weekly with the top of the week, or instant, as papers come',
    example: 'frequency:weekly',
    values: frequencies,
  }).optional(),
  top: integer({
    describe: 'At most this many papers a digest; with instant an hour',
    example: 'top:5',
    min: 1,
    max: TOP_MAX,
  }).optional(),
  'min-upvotes': integer({
    describe: 'Only papers with so many upvotes, where a topic has no minimum of its own',
    example: 'min-upvotes:3',
    min: 0,
    max: 100_000,
  }).optional(),
  delay: text({
    describe: 'How long votes collect before a paper may come: none, 12h, 2d, up to 7d',
    example: 'delay:2d',
    max: 20,
  }).optional(),
  empty: choice({
    describe: 'On days without papers: nothing, a line that says why, or one line weekly',
    example: 'empty:line',
    values: onEmptyDays,
  }).optional(),
  layout: choice({
    describe: 'A digest as one message, or as a thread under a list of titles',
    example: 'layout:thread',
    values: layouts,
  }).optional(),
  answers: choice({
    describe: 'Where questions are answered: in a thread, or in the channel',
    example: 'answers:channel',
    values: answerPlaces,
  }).optional(),
});

type Said = z.infer<typeof scheduleArgs>;

/** The settings with what was said changed. Throws `UserError` with a right example for what cannot be read. */
export function changed(settings: ChannelSettings, said: Said, now: string): ChannelSettings {
  const { at, on, timezone, frequency, top, delay } = said;
  const { schedule } = settings;
  const when: Partial<Schedule> = {
    ...(at !== undefined && {
      at: read('a time of day', at, readTime, 'at:09:00 or at:5:30pm'),
    }),
    ...(timezone !== undefined && {
      timezone: read('a timezone', timezone, readTimezone, 'timezone:Europe/Berlin'),
    }),
    ...(frequency !== undefined && { frequency }),
    ...days(schedule, { on, frequency }),
  };
  const isMoved = Object.keys(when).length > 0;
  return {
    ...settings,
    schedule: { ...schedule, ...when, ...(top !== undefined && { top }) },
    // No slot of the new times that lies before now is made up for.
    ...(isMoved && { since: now }),
    ...(said['min-upvotes'] !== undefined && { minUpvotes: said['min-upvotes'] }),
    ...(delay !== undefined && {
      delayHours: read(
        `a delay from none to ${writeDelay(DELAY_MAX_HOURS)}`,
        delay,
        readDelay,
        'delay:12h or delay:2d',
      ),
    }),
    ...(said.empty !== undefined && { empty: said.empty }),
    ...(said.layout !== undefined && { layout: said.layout }),
    ...(said.answers !== undefined && { answers: said.answers }),
  };
}

/** What must be said to have again, of what was said, what the settings are. */
export function undoOf(said: Said, settings: ChannelSettings): Record<string, string | number> {
  const { schedule, minUpvotes = 0, delayHours = 0 } = settings;
  const before = {
    at: schedule.at,
    on: schedule.on.join(),
    timezone: schedule.timezone,
    frequency: schedule.frequency,
    top: schedule.top,
    'min-upvotes': minUpvotes,
    delay: writeDelay(delayHours),
    empty: settings.empty ?? 'nothing',
    layout: settings.layout ?? 'message',
    answers: settings.answers ?? 'thread',
  } satisfies Record<keyof Required<Said>, string | number>;
  const isSaid = (name: string) => said[name as keyof Said] !== undefined;
  // The days follow the frequency.
  const wanted = Object.entries(before).filter(
    ([name]) => isSaid(name) || (name === 'on' && isSaid('frequency')),
  );
  return Object.fromEntries(wanted);
}

/** A weekly digest has one day; one that is no longer weekly gets back the days of a channel that chose none. */
function days(
  before: Schedule,
  { on, frequency = before.frequency }: Pick<Said, 'on' | 'frequency'>,
): Partial<Schedule> {
  const said =
    on === undefined
      ? undefined
      : read('a day of the week', on, readDays, 'on:daily, on:weekdays or on:mon,wed,fri');
  if (frequency === 'weekly') {
    if (said && said.length > 1) {
      throw new UserError(
        'A weekly digest comes on one day; say for example on:fri, or frequency:daily for several days.',
      );
    }
    const day = said ?? before.on.slice(0, 1);
    return day.join() === before.on.join() ? {} : { on: day };
  }
  if (said) return { on: said };
  const isFreed = before.frequency === 'weekly' && frequency === 'daily';
  return isFreed ? { on: defaultSchedule(before.timezone).on } : {};
}

function read<T>(
  what: string,
  written: string,
  reader: (text: string) => T | undefined,
  example: string,
): T {
  const value = reader(written);
  if (value === undefined)
    throw new UserError(
      `“${written.slice(0, 60)}” is not ${what} I know; say for example ${example}.`,
    );
  return value;
}
