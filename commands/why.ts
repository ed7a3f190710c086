/** why <paper>: why a paper is in this channel's digests, or is not. */
import { z } from 'zod';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import type { Obstacle } from '../src/model/delivery.ts';
import { paperIdIn } from '../src/model/paper.ts';
import type { ChannelSettings } from '../src/model/settings.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import { titleOf } from '../src/reply/paper.ts';
import { reasonWords } from '../src/reply/reason.ts';
import { bold, code, say, type Text, toPlain } from '../src/reply/text.ts';
import { nextWords, when } from '../src/reply/time.ts';
import { remedyOf, stageWords, stepsOf } from '../src/reply/why.ts';

export const why = defineCommand({
  name: 'why',
  describe: "Why a paper is in this channel's digests, or is not",
  group: 'channel',
  examples: ['why 2407.09435', 'why https://arxiv.org/abs/2407.09435'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({ paper: paperArg }),
  async run({ paper: wanted }, ctx) {
    const id = paperIdIn(wanted);
    if (id && !(await ctx.known(id))) {
      return sentence(
        say`${bold(id.replace(/^arxiv:/, ''))} is not in the catalogue yet: no source that is on has announced it. ${code('/paper status')} says how the sources stand, ${code(`/paper submit ${id.replace(/^arxiv:/, '')}`)} brings one paper of arXiv.`,
      );
    }
    return withPaper(wanted, ctx, async (paper) => {
      const settings = await settingsOrDefault(ctx);
      const topics = await ctx.channels.subscriptions(settings.channel);
      const verdict = await ctx.digests.why(settings, topics, paper);
      const slot = nextWords(settings.schedule, ctx.digests.next(settings));
      const blocked = await ctx.digests.blocked(settings.channel);
      const next = settings.paused
        ? 'would be in the next digest once you resume'
        : blocked
          ? 'waits for the next digest that can be posted'
          : `will be in the next digest, ${slot}`;
      const answer = say`${bold(titleOf(paper))} ${stageWords(verdict, paper, settings, next)}`;
      const steps = stepsOf(verdict, settings);
      const remedy = remedyOf(verdict, paper, settings);
      return {
        visibility: 'asker',
        summary: toPlain(answer),
        blocks: [
          { kind: 'text', text: answer },
          ...(steps.length ? [{ kind: 'list' as const, items: steps }] : []),
          ...(remedy ? [{ kind: 'note' as const, text: remedy }] : []),
          ...(blocked ? [{ kind: 'note' as const, text: obstacleWords(blocked, settings) }] : []),
          ...buttons(run('Show', 'show', { paper: paper.id })),
        ],
      };
    });
  },
});

function obstacleWords(
  { reason, since }: { reason: Obstacle; since: string },
  { schedule }: ChannelSettings,
): Text {
  const { because, remedy } = reasonWords[reason];
  return say`Digests wait since ${when(since, schedule.timezone)}, because ${because}. ${remedy}`;
}
