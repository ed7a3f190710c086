/** digest: post a digest here now, beside the schedule. */
import { z } from 'zod';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { Refusal } from '../src/errors.ts';
import { count, sentence } from '../src/reply/build.ts';
import { deliveryWords } from '../src/reply/delivery.ts';
import { beginning, code, say } from '../src/reply/text.ts';

export const digest = defineCommand({
  name: 'digest',
  describe: 'Post a digest here now',
  group: 'digest',
  examples: ['digest'],
  rights: 'manage',
  visibility: 'asker',
  defer: true,
  args: z.object({}),
  async run(_, ctx) {
    const settings = await settingsOrDefault(ctx);
    const topics = await ctx.channels.subscriptions(settings.channel);
    if (!topics.length) {
      throw new Refusal(
        `${beginning(ctx.place.name)} follows no topic yet; start one with “subscribe model-merging”.`,
      );
    }
    const obstacle = await ctx.place.obstacle();
    if (obstacle) throw new Refusal(obstacle);
    const { delivery, papers } = await ctx.digests.postNow(settings);
    if (delivery.state === 'sent') return sentence(say`Posted ${count(papers.length, 'paper')}.`);
    if (delivery.state === 'empty') {
      return sentence(
        say`There is nothing new to post: no unseen paper of the last 7 days matches. ${code('/paper search')} finds older ones.`,
      );
    }
    if (delivery.state === 'planned' || delivery.state === 'sending') {
      return sentence(say`A digest is being posted here already; this one follows it.`);
    }
    return sentence(say`The digest was ${deliveryWords(delivery, settings.schedule.timezone)}.`);
  },
});
