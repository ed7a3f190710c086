/** unsubscribe <topic>: its papers no longer come to this channel. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { Refusal } from '../src/errors.ts';
import { topicNameOf } from '../src/model/topic.ts';
import { namesTopic } from '../src/query/lex.ts';
import { buttons, sentence } from '../src/reply/build.ts';
import { beginning, bold, say } from '../src/reply/text.ts';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  describe: 'Stop a topic in this channel',
  examples: ['unsubscribe model-merging'],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: z.object({
    topic: text({
      describe: 'A topic this channel follows',
      example: 'model-merging',
      positional: true,
      complete: 'subscription',
    }),
  }),
  async run({ topic }, ctx) {
    const all = await ctx.channels.subscriptions(ctx.place.channel);
    const name = topicNameOf(topic);
    const found =
      all.find((each) => each.query === topic) ?? all.find((each) => each.topic === name);
    if (!found) {
      const names = all.map((each) => each.topic).join(', ');
      throw new Refusal(
        all.length
          ? `${beginning(ctx.place.name)} does not follow “${topic.slice(0, 80)}”. It follows ${names}; for example “unsubscribe ${all[0]?.topic}”.`
          : `${beginning(ctx.place.name)} follows no topic yet; “subscribe model-merging” starts one.`,
      );
    }
    const part = all.find(({ query }) => namesTopic(query, found.topic));
    if (part && !ctx.topics.some(({ name }) => name === found.topic)) {
      throw new Refusal(
        `The topic “${part.topic}” of ${ctx.place.name} is made with “${found.topic}”; unsubscribe that one first.`,
      );
    }
    await ctx.channels.removeSubscription(found.channel, found.topic);
    const { query, top, minUpvotes } = found;
    const undo = {
      topic: ctx.topics.some((each) => each.name === found.topic && each.query === query)
        ? found.topic
        : query,
      anyway: true,
      ...(top === undefined ? {} : { top }),
      ...(minUpvotes === undefined ? {} : { 'min-upvotes': minUpvotes }),
    };
    return sentence(
      say`${beginning(ctx.place.name)} no longer follows ${bold(found.topic)}.`,
      'channel',
      [
        ...buttons({
          kind: 'run',
          label: 'Undo',
          effect: 'answer',
          invocation: { command: 'subscribe', args: undo },
        }),
      ],
    );
  },
});
