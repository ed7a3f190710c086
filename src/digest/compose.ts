/** What an edition says. Pure. */

import { assertNever } from '../errors.ts';
import type { Selection } from '../model/pick.ts';
import type { Schedule } from '../model/schedule.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { buttons, count } from '../reply/build.ts';
import { picksList } from '../reply/picks.ts';
import type { Block, Reply } from '../reply/reply.ts';
import { say, type Text } from '../reply/text.ts';
import { ofPeriod } from '../reply/time.ts';

/** The digest of one edition. `date` is how the channel reads its day, `23 Nov 2026`; `more` follows the papers. */
export function compose(
  selection: Selection,
  settings: ChannelSettings,
  { date, more = [] }: { date: string; more?: readonly Block[] },
): Reply {
  const { picks } = selection;
  return {
    visibility: 'channel',
    summary: `${count(picks.length, 'paper')} for ${date}`,
    blocks: [
      { kind: 'heading', text: heading(settings.schedule, date) },
      ...picksList(picks),
      { kind: 'note', text: origin(selection, settings) },
      ...more,
      ...buttons({
        kind: 'run',
        label: 'Topics',
        effect: 'answer',
        invocation: { command: 'topics', args: {} },
      }),
    ],
  };
}

function heading({ frequency }: Schedule, date: string): string {
  switch (frequency) {
    case 'daily':
      return `Papers for ${date}`;
    case 'weekly':
      return `Top of the week, ${date}`;
    case 'instant':
      return `New papers, ${date}`;
    default:
      return assertNever(frequency);
  }
}

/** How many there were to choose from. */
function origin(
  { picks, looked, matched }: Selection,
  { name, delayHours }: ChannelSettings,
): Text {
  const of = looked === 1 ? 'The one new paper' : `${matched} of the ${count(looked, 'new paper')}`;
  const best = matched > picks.length ? `; here are the best ${picks.length}` : '';
  return say`${of} ${ofPeriod(delayHours)} ${matched === 1 ? 'matches' : 'match'} what ${name} follows${best}.`;
}
