/** preview [topic]: what the next digest would hold, shown to the asker only. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { topicOf } from '../src/command/resolve.ts';
import { Refusal } from '../src/errors.ts';
import type { Tally } from '../src/model/pick.ts';
import type { ChannelSettings } from '../src/model/settings.ts';
import { buttons, count, number, run, sentence } from '../src/reply/build.ts';
import { picksList } from '../src/reply/picks.ts';
import type { Block } from '../src/reply/reply.ts';
import { beginning, bold, code, say } from '../src/reply/text.ts';
import { nextWords, ofPeriod, span } from '../src/reply/time.ts';

/** Papers are new for so long. */
const DAYS = 7;

export const preview = defineCommand({
  name: 'preview',
  describe: 'What the next digest would hold; only you see it',
  group: 'digest',
  examples: ['preview', 'preview reasoning -survey'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({
    topic: text({
      describe: 'A topic or query to try instead of what the channel follows',
      example: 'model-merging',
      positional: true,
      complete: 'topic',
    }).optional(),
  }),
  async run({ topic }, ctx) {
    const settings = await settingsOrDefault(ctx);
    const { channel, schedule } = settings;
    const own = await ctx.channels.subscriptions(channel);
    const tried = topic === undefined ? undefined : await topicOf(topic, ctx);
    const wanted = tried
      ? [
          {
            channel,
            topic: tried.name,
            query: tried.query,
            owner: ctx.actor.id,
            createdAt: ctx.now().toISOString(),
          },
        ]
      : own;
    if (!wanted.length) {
      throw new Refusal(
        `${beginning(ctx.place.name)} follows no topic yet; try one with “preview model-merging”.`,
      );
    }
    const { picks, looked, matched } = await ctx.digests.preview(settings, wanted);
    const slot = settings.paused
      ? 'once you resume'
      : nextWords(schedule, ctx.digests.next(settings));
    const what = tried ? say`A digest of ${bold(tried.name)}` : say`The next digest, ${slot},`;
    const stages = tallyWords(
      await ctx.digests.tally(settings, wanted),
      settings,
      matched - picks.length,
    );
    const more: Block[] = [
      ...(stages ? [{ kind: 'note' as const, text: say`${stages}` }] : []),
      ...(topic === undefined
        ? []
        : buttons(run('Subscribe', 'subscribe', { topic }, { style: 'primary' }))),
    ];
    if (!picks.length) {
      return sentence(
        say`${what} would be empty: ${count(looked, 'new paper')} ${ofPeriod(settings.delayHours)} looked at, none matched. ${code('/paper search')} finds older ones.`,
        'asker',
        more,
      );
    }
    return sentence(
      say`${what} would hold ${count(picks.length, 'paper')} of ${number(matched)} that match, out of ${count(looked, 'new paper')}.`,
      'asker',
      [...picksList(picks), ...more],
    );
  },
});

/** How many come a day, and what became of those that a digest would not hold; empty when there is nothing to say. */
function tallyWords(tally: Tally, { delayHours = 0 }: ChannelSettings, over: number): string {
  const { matched, excluded, seen, minimum, waiting } = tally;
  const rate = matched / DAYS;
  const often = matched
    ? [`${number(matched)} matched in the last ${DAYS} days, ${rateWords(rate)}`]
    : [];
  const lost = [
    seen ? `${number(seen)} shown here already` : '',
    minimum ? `${number(minimum)} with too few upvotes` : '',
    waiting ? `${number(waiting)} waiting ${span(delayHours)} for votes` : '',
    over > 0 ? `${number(over)} over the most a digest holds` : '',
    excluded ? `${number(excluded)} kept out by an excluded word` : '',
  ].filter(Boolean);
  return [...often, ...(lost.length ? [`Not among these: ${lost.join(', ')}`] : [])]
    .map((words) => `${words}.`)
    .join(' ');
}

const rateWords = (rate: number) =>
  rate < 1 ? 'less than one a day' : `about ${number(Math.round(rate))} a day`;
