/** What an edition says. Pure. */

import { buttons, count } from '../reply/build.ts';
import { picksList } from '../reply/picks.ts';
import type { Reply } from '../reply/reply.ts';
import { say } from '../reply/text.ts';
import type { Selection } from './select.ts';

/** The digest of one edition. `date` is how the channel reads its day, `23 Nov 2026`. */
export function compose({ picks, looked }: Selection, date: string): Reply {
  const summary = `${count(picks.length, 'paper')} for ${date}`;
  return {
    visibility: 'channel',
    summary,
    blocks: [
      { kind: 'heading', text: `Papers for ${date}` },
      ...picksList(picks),
      { kind: 'note', text: say`${picks.length} of ${count(looked, 'new paper')} looked at.` },
      ...buttons({
        kind: 'run',
        label: 'Topics',
        effect: 'answer',
        invocation: { command: 'topics', args: {} },
      }),
    ],
  };
}
