/** unsubscribe <topic>: its papers no longer come to this channel. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { Refusal } from '../src/errors.ts';
import { topicNameOf } from '../src/model/topic.ts';
import { namesTopic } from '../src/query/lex.ts';
import { withoutRequest } from '../src/query/parse.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import { beginning, bold, say } from '../src/reply/text.ts';
import { anyway } from './subscribe.ts';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  describe: 'Stop a topic in this channel',
  group: 'digest',
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
    const name = topicNameOf(withoutRequest(topic));
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
    const isCurated = ctx.topics.some(
      (each) => each.name === found.topic && each.query === found.query,
    );
    const undo = anyway(isCurated ? found.topic : found.query, found);
    return sentence(
      say`${beginning(ctx.place.name)} no longer follows ${bold(found.topic)}.`,
      'channel',
      buttons(run('Undo', 'subscribe', undo)),
    );
  },
});
