/** subscribe <topic or query>: new papers of a topic come to this channel's digest. */
import { z } from 'zod';
import { flag, integer, text } from '../src/command/args.ts';
import { asked } from '../src/command/asking.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { needsAll } from '../src/command/loading.ts';
import { nameIn } from '../src/command/naming.ts';
import { noPaper } from '../src/command/nothing-found.ts';
import { topicOf } from '../src/command/resolve.ts';
import { Refusal } from '../src/errors.ts';
import type { Invocation } from '../src/model/invocation.ts';
import { type Schedule, TOP_MAX } from '../src/model/schedule.ts';
import { limitsOf, type Subscription } from '../src/model/subscription.ts';
import type { Query } from '../src/query/ast.ts';
import { explainQuery } from '../src/query/explain.ts';
import { buttons, count, run, sentence } from '../src/reply/build.ts';
import { paperBlock } from '../src/reply/paper.ts';
import type { Reply } from '../src/reply/reply.ts';
import { beginning, bold, code, say } from '../src/reply/text.ts';
import { nextWords, rhythm } from '../src/reply/time.ts';

const SHOWN = 3;
/** A query that takes more characters to explain reads better as it was typed. */
const MEANING_MAX = 300;

export const subscribe = defineCommand({
  name: 'subscribe',
  describe: 'Bring new papers of a topic or query to this channel',
  group: 'digest',
  examples: [
    'subscribe model-merging',
    'subscribe "chain of thought" OR reasoning -survey top:3 min-upvotes:5',
  ],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: z.object({
    topic: text({
      describe: 'A topic of /paper topics, or a query of your own',
      example: 'model-merging',
      positional: true,
      complete: 'topic',
    }),
    top: integer({
      describe: 'At most this many of its papers a digest',
      example: 'top:3',
      min: 1,
      max: TOP_MAX,
    }).optional(),
    'min-upvotes': integer({
      describe: 'Only papers with at least this many upvotes',
      example: 'min-upvotes:5',
      min: 0,
      max: 100_000,
    }).optional(),
    anyway: flag({
      describe: 'Subscribe though nothing matches yet',
      example: 'anyway:yes',
      hidden: true,
    }).optional(),
  }),
  async run(args, ctx) {
    const wanted = await topicOf(args.topic, ctx);
    const { query } = wanted;
    const limits = { top: args.top, minUpvotes: args['min-upvotes'] };
    const obstacle = await ctx.place.obstacle();
    if (obstacle) throw new Refusal(obstacle);
    const { query: parsed } = await asked(query, ctx);
    const { exact } = await ctx.catalogue.search(parsed, { offset: 0, limit: 1 });
    if (!exact && !args.anyway) {
      needsAll(ctx);
      return nothingYet(args.topic, limits, ctx);
    }

    const settings = await settingsOrDefault(ctx);
    const slot = ctx.digests.next(settings);
    const followed = await ctx.channels.subscriptions(settings.channel);
    const { name, isKnown } = nameIn(followed, wanted, ctx.topics);
    const subscription: Subscription = {
      channel: ctx.place.channel,
      topic: name,
      query,
      ...limits,
      owner: ctx.actor.id,
      ownerName: ctx.actor.name,
      createdAt: ctx.now().toISOString(),
    };
    // A channel that followed nothing missed nothing: no slot before now is made up for.
    await ctx.channels.putSettings(
      followed.length ? settings : { ...settings, since: ctx.now().toISOString() },
    );
    await ctx.channels.putSubscription(subscription);
    const { picks } = await ctx.digests.preview(settings, [subscription]);
    const next = settings.paused
      ? say`Digests are paused here; ${code('/paper resume')} starts them again.`
      : say`The next digest comes ${bold(nextWords(settings.schedule, slot))}${then(settings.schedule)}.`;
    const holds = picks.length
      ? say`If it came now it would hold ${count(picks.length, 'paper')} of it${picks.length > SHOWN ? `, the best ${SHOWN} here` : ''}:`
      : say`No new paper of the last 7 days matches yet; ${code(`/paper search ${query}`)} finds older ones.`;
    const follows = isKnown
      ? say`${beginning(ctx.place.name)} followed ${bold(name)} already; it is updated`
      : say`${beginning(ctx.place.name)} now follows ${bold(name)}`;
    const means = meaning(subscription, parsed, ctx);
    return sentence(say`${follows}${means}. ${next} ${holds}`, 'channel', [
      ...picks
        .slice(0, SHOWN)
        .map(({ paper, terms }, i) => paperBlock(paper, { number: i + 1, terms })),
      ...buttons(run('Preview', 'preview'), run('Unsubscribe', 'unsubscribe', { topic: name })),
    ]);
  },
});

/** The subscription's own limits, and what a query that is no curated topic looks for. */
function meaning(subscription: Subscription, query: Query, { topics }: Context): string {
  const limits = limitsOf(subscription);
  const isCurated = topics.some((topic) => topic.query === subscription.query);
  const words = isCurated ? '' : `: papers ${explainQuery(query)}`;
  return `${limits && ` (${limits})`}${words.length > MEANING_MAX ? '' : words}`;
}

/** How digests come after the next. */
function then(schedule: Schedule): string {
  return schedule.frequency === 'instant'
    ? `, at most ${schedule.top} an hour`
    : `, then ${rhythm(schedule)}`;
}

type Limits = Pick<Subscription, 'top' | 'minUpvotes'>;

/** The arguments that subscribe to a topic or query with these limits, whether or not a paper matches. */
export function anyway(topic: string, { top, minUpvotes }: Limits): Invocation['args'] {
  return {
    topic,
    anyway: true,
    ...(top !== undefined && { top }),
    ...(minUpvotes !== undefined && { 'min-upvotes': minUpvotes }),
  };
}

function nothingYet(topic: string, limits: Limits, { catalogue }: Context): Reply {
  return sentence(
    say`${noPaper(catalogue.size, 'matches')} ${bold(topic)}. Check the spelling, or take a topic from ${code('/paper topics')}, for example ${code('/paper subscribe model-merging')}.`,
    'asker',
    buttons(
      run('Topics', 'topics', {}, { effect: 'replace', style: 'primary' }),
      run('Subscribe anyway', 'subscribe', anyway(topic, limits), { effect: 'replace' }),
    ),
  );
}
