/** A channel's settings in words. */
import { assertNever } from '../errors.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { count } from './build.ts';
import { rhythm, span } from './time.ts';

/** Each choice as a phrase, `every weekday at 09:00 (Europe/Berlin)`, `at most 5 papers each`; defaults go unsaid. */
export function settingsWords(settings: ChannelSettings): string[] {
  const { schedule, minUpvotes, delayHours, empty, layout, answers } = settings;
  const each = schedule.frequency === 'instant' ? 'an hour' : 'each';
  return [
    rhythm(schedule),
    `at most ${count(schedule.top, 'paper')} ${each}`,
    ...(minUpvotes ? [`from ${count(minUpvotes, 'upvote')}`] : []),
    ...(delayHours ? [`${span(delayHours)} after a paper came, so that votes collect`] : []),
    ...(layout === 'thread' ? ['as a thread'] : []),
    ...emptyWords(empty),
    ...(answers === 'channel' ? ['with questions answered in the channel'] : []),
  ];
}

function emptyWords(empty: ChannelSettings['empty']): string[] {
  switch (empty) {
    case 'line':
      return ['with a line on days without papers'];
    case 'weekly':
      return ['with one line a week on days without papers'];
    case 'nothing':
    case undefined:
      return [];
    default:
      return assertNever(empty);
  }
}
