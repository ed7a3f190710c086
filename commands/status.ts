/** status: how this channel stands: digests, what is wrong and what to do, topics and owners, sources. */
import { z } from 'zod';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import type { Edition, Reason } from '../src/model/delivery.ts';
import type { ChannelSettings } from '../src/model/settings.ts';
import { limitsOf, type Subscription } from '../src/model/subscription.ts';
import { buttons, count, run } from '../src/reply/build.ts';
import { deliveryWords } from '../src/reply/delivery.ts';
import { reasonWords } from '../src/reply/reason.ts';
import type { Block } from '../src/reply/reply.ts';
import { settingsWords } from '../src/reply/settings.ts';
import { sourceLines } from '../src/reply/source-day.ts';
import { bold, code, link, say, type Text } from '../src/reply/text.ts';
import { nextWords, when } from '../src/reply/time.ts';

export const status = defineCommand({
  name: 'status',
  describe: 'How this channel stands: topics, digests, sources',
  group: 'channel',
  examples: ['status'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({}),
  async run(_, ctx) {
    const settings = await settingsOrDefault(ctx);
    const { channel, schedule } = settings;
    const topics = await ctx.channels.subscriptions(channel);
    const last = await ctx.editions.latest(channel);
    const blocked = await ctx.digests.blocked(channel);
    const sources = await ctx.sources.days();
    const summary = `Status of ${ctx.place.name}`;
    const [times = '', ...more] = settingsWords(settings);
    const remedy = remedyOf(blocked?.reason ?? reasonOf(last));
    return {
      visibility: 'asker',
      summary,
      blocks: [
        { kind: 'heading', text: summary },
        {
          kind: 'list',
          items: [
            say`${bold('Next digest')}: ${await nextLine(settings, topics, ctx)}`,
            say`${bold('Last digest')}: ${await lastLine(last, settings, ctx)}`,
            say`${bold('Digests')}: ${times}, ${more.join(', ')}`,
            say`${bold('Topics')}: ${topics.length ? topics.map(topicLine).join('; ') : 'none yet'}`,
          ],
        },
        ...(remedy ? [{ kind: 'note' as const, text: remedy }] : []),
        { kind: 'heading', text: 'Papers' },
        {
          kind: 'list',
          items: [
            say`${bold('Catalogue')}: ${count(ctx.catalogue.size, 'paper')}`,
            ...sources.flatMap((source) => sourceLines(source, schedule.timezone)),
          ],
        },
        ...hints(settings, topics),
      ],
    };

    async function nextLine(
      { paused }: ChannelSettings,
      followed: readonly Subscription[],
      { digests }: Context,
    ): Promise<Text> {
      if (paused !== undefined) return say`paused ${paused}`;
      if (blocked) {
        return say`waits since ${when(blocked.since, schedule.timezone)}, because ${reasonWords[blocked.reason].because}`;
      }
      if (!followed.length) return say`none until a topic is followed`;
      return say`${nextWords(schedule, digests.next(settings))}`;
    }
  },
});

async function lastLine(
  last: Edition | undefined,
  { schedule: { timezone } }: ChannelSettings,
  { digests }: Context,
): Promise<Text> {
  if (!last) return say`none yet`;
  const [message] = last.messages;
  const url = message === undefined ? undefined : await digests.link(last.channel, message);
  const at = when(last.slot, timezone);
  const papers = last.delivery.state === 'sent' ? `, ${count(last.papers.length, 'paper')}` : '';
  const tries = last.attempts > 1 ? ` (${last.attempts} tries)` : '';
  return say`${url ? link(at, url) : at}, ${deliveryWords(last.delivery, timezone)}${papers}${tries}`;
}

function topicLine(subscription: Subscription): string {
  const { topic, owner, ownerName } = subscription;
  const limits = limitsOf(subscription);
  return `${topic} (${limits && `${limits}, `}by ${ownerName ?? owner})`;
}

const reasonOf = (edition: Edition | undefined): Reason | undefined =>
  edition && 'reason' in edition.delivery && edition.delivery.state !== 'empty'
    ? edition.delivery.reason
    : undefined;

/** The code, for whoever runs the bot, and what a person can do. */
function remedyOf(reason: Reason | undefined): Text | undefined {
  if (reason === undefined) return undefined;
  return say`${code(reason)}: ${reasonWords[reason].remedy}`;
}

function hints({ paused }: ChannelSettings, topics: readonly Subscription[]): Block[] {
  if (!topics.length)
    return [{ kind: 'note', text: say`${code('/paper topics')} shows what to follow.` }];
  return buttons(paused === undefined ? run('Preview', 'preview') : run('Resume', 'resume'));
}
