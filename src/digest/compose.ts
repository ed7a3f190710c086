/** What an edition says. Pure. */

import type { Pick, Selection } from '../model/pick.ts';
import type { Schedule } from '../model/schedule.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { buttons, count } from '../reply/build.ts';
import { linkedTitle } from '../reply/paper.ts';
import { picksList } from '../reply/picks.ts';
import type { Block, Reply } from '../reply/reply.ts';
import { say, type Text } from '../reply/text.ts';
import { ofPeriod } from '../reply/time.ts';

type Chosen = Omit<Selection, 'lists' | 'order'>;

/**
 * The digest of one edition: one reply, or its titles and a thread of its papers under them. `date` is how the
 * channel reads its day, `23 Nov 2026`; `more` ends it.
 */
export function compose(
  selection: Chosen,
  settings: ChannelSettings,
  { date, more = [] }: { date: string; more?: readonly Block[] },
): { reply: Reply; thread?: Reply } {
  const { picks } = selection;
  const papers = picksList(picks);
  const summary = `${count(picks.length, 'paper')} for ${date}`;
  const isThread = settings.layout === 'thread';
  const reply: Reply = {
    visibility: 'channel',
    summary,
    blocks: [
      { kind: 'heading', text: `${headings[settings.schedule.frequency]} ${date}` },
      ...(isThread ? [titles(picks)] : papers),
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
  return isThread
    ? { reply, thread: { visibility: 'channel', summary, blocks: papers } }
    : { reply };
}

/** What the thread holds, a line each. */
function titles(picks: readonly Pick[]): Block {
  return {
    kind: 'list',
    items: picks.map(({ paper }) => {
      const title = linkedTitle(paper);
      return paper.upvotes === undefined ? [title] : say`${title} ▲ ${paper.upvotes}`;
    }),
  };
}

const headings: Readonly<Record<Schedule['frequency'], string>> = {
  daily: 'Papers for',
  weekly: 'Top of the week,',
  instant: 'New papers,',
};

/** How many there were to choose from. */
function origin({ picks, looked, matched }: Chosen, { name, delayHours }: ChannelSettings): Text {
  const of = looked === 1 ? 'The one new paper' : `${matched} of the ${count(looked, 'new paper')}`;
  const best = matched > picks.length ? `; here are the best ${picks.length}` : '';
  return say`${of} ${ofPeriod(delayHours)} ${matched === 1 ? 'matches' : 'match'} what ${name} follows${best}.`;
}
