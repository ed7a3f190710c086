/** What an edition says. Pure. */

import type { Selection } from '../model/pick.ts';
import { buttons, count } from '../reply/build.ts';
import { picksList } from '../reply/picks.ts';
import type { Reply } from '../reply/reply.ts';
import { say, type Text } from '../reply/text.ts';

/** The digest of one edition. `date` is how the channel reads its day, `23 Nov 2026`; `place` the channel's name. */
export function compose(
  selection: Selection,
  { date, place }: { date: string; place: string },
): Reply {
  const { picks } = selection;
  const summary = `${count(picks.length, 'paper')} for ${date}`;
  return {
    visibility: 'channel',
    summary,
    blocks: [
      { kind: 'heading', text: `Papers for ${date}` },
      ...picksList(picks),
      { kind: 'note', text: origin(selection, place) },
      ...buttons({
        kind: 'run',
        label: 'Topics',
        effect: 'answer',
        invocation: { command: 'topics', args: {} },
      }),
    ],
  };
}

/** How many there were to choose from. */
function origin({ picks, looked, matched }: Selection, place: string): Text {
  const of = looked === 1 ? 'The one new paper' : `${matched} of the ${count(looked, 'new paper')}`;
  const best = matched > picks.length ? `; here are the best ${picks.length}` : '';
  return say`${of} of the last 7 days ${matched === 1 ? 'matches' : 'match'} what ${place} follows${best}.`;
}
