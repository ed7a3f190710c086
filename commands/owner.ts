/** owner [person] [topic]: who answers for this channel's subscriptions, and hands them over. */
import { z } from 'zod';
import { person, text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { referenceIn } from '../src/command/reference.ts';
import { Refusal, UserError } from '../src/errors.ts';
import { topicNameOf } from '../src/model/topic.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import { beginning, bold, say } from '../src/reply/text.ts';

export const owner = defineCommand({
  name: 'owner',
  describe: 'See who owns the topics here, or hand them over to somebody',
  group: 'channel',
  examples: ['owner @ada', 'owner @ada topic:model-merging', 'owner'],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: z.object({
    person: person({
      describe: 'Who is told when a digest cannot be posted, @ and the name',
      example: '@ada',
      positional: true,
    }).optional(),
    topic: text({
      describe: 'Only this topic of the channel',
      example: 'topic:model-merging',
      complete: 'subscription',
    }).optional(),
  }),
  async run({ person: written, topic }, ctx) {
    const all = await ctx.channels.subscriptions(ctx.place.channel);
    const name = topic === undefined ? undefined : topicNameOf(topic);
    const chosen = all.filter((each) => name === undefined || each.topic === name);
    if (!chosen.length) {
      throw new Refusal(
        `${beginning(ctx.place.name)} does not follow ${topic === undefined ? 'any topic' : `“${topic.slice(0, 80)}”`} yet; “topics” lists what it follows.`,
      );
    }
    if (written === undefined) {
      const owned = chosen.map((each) => `${each.topic} by ${each.ownerName ?? each.owner}`);
      return sentence(say`Owned in ${ctx.place.name}: ${owned.join(', ')}.`);
    }
    const to = referenceIn(written, '@', ctx.place);
    if (!to) {
      throw new UserError(
        `“${written.slice(0, 60)}” names no one person I can find; type @ and take the name from the list, for example “owner @ada”.`,
      );
    }
    const handed = chosen.map((each) => each.topic);
    await ctx.channels.handOver(ctx.place.channel, handed, to);
    const [first] = chosen;
    const isOne = new Set(chosen.map((each) => each.owner)).size === 1;
    const back = first && {
      person: `<@${first.owner}${first.ownerName ? `|${first.ownerName}` : ''}>`,
      ...(topic === undefined ? {} : { topic }),
    };
    return sentence(
      say`${bold(to.name ?? to.id)} now owns ${handed.join(', ')} in ${ctx.place.name}, and is told when a digest cannot be posted.`,
      'channel',
      buttons(back && isOne ? run('Undo', 'owner', back) : undefined),
    );
  },
});
