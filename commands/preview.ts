/** preview [topic]: what the next digest would hold, shown to the asker only. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { topicOf } from '../src/command/resolve.ts';
import { Refusal } from '../src/errors.ts';
import { count, sentence } from '../src/reply/build.ts';
import { picksList } from '../src/reply/picks.ts';
import { bold, code, say } from '../src/reply/text.ts';
import { nextWords } from '../src/reply/time.ts';

export const preview = defineCommand({
  name: 'preview',
  describe: 'What the next digest would hold; only you see it',
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
        `${ctx.place.name} follows no topic yet; try one with “preview model-merging”.`,
      );
    }
    const { picks, looked, matched } = await ctx.digests.preview(settings, wanted);
    const slot = settings.paused
      ? 'once you resume'
      : nextWords(schedule, ctx.digests.next(settings));
    const what = tried ? say`A digest of ${bold(tried.name)}` : say`The next digest, ${slot},`;
    if (!picks.length) {
      return sentence(
        say`${what} would be empty: ${count(looked, 'new paper')} of the last 7 days looked at, none matched. ${code('/paper search')} finds older ones.`,
      );
    }
    return sentence(
      say`${what} would hold ${count(picks.length, 'paper')} of ${matched} that match, out of ${count(looked, 'new paper')}.`,
      'asker',
      picksList(picks),
    );
  },
});
