/** topics: what this channel follows, and the curated topics it could. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { pageArg } from '../src/command/resolve.ts';
import { limitsOf, type Subscription } from '../src/model/subscription.ts';
import { buttons, pageButtons, run } from '../src/reply/build.ts';
import type { Block } from '../src/reply/reply.ts';
import { beginning, bold, code, say, type Text } from '../src/reply/text.ts';

const PAGE_SIZE = 10;

export const topics = defineCommand({
  name: 'topics',
  describe: 'What this channel follows, and topics to choose from',
  group: 'digest',
  examples: ['topics'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({ page: pageArg }),
  async run({ page: asked = 1 }, ctx) {
    const followed = await ctx.channels.subscriptions(ctx.place.channel);
    const names = new Set(followed.map(({ topic }) => topic));
    const pages = Math.max(1, Math.ceil(ctx.topics.length / PAGE_SIZE));
    const page = Math.min(asked, pages);
    const shown = ctx.topics.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    return {
      visibility: 'asker',
      summary: `${beginning(ctx.place.name)} follows ${followed.length ? [...names].join(', ') : 'no topic yet'}.`,
      blocks: [
        ...own(ctx.place.name, followed),
        { kind: 'heading', text: 'Topics to choose from' },
        {
          kind: 'list',
          items: shown.map(
            ({ name, description }) =>
              say`${bold(name)}: ${description}${names.has(name) ? ' ✓' : ''}`,
          ),
        },
        ...buttons(
          ...shown
            .filter(({ name }) => !names.has(name))
            .map(({ name }) => run(`+ ${name}`, 'subscribe', { topic: name })),
        ),
        ...pageButtons({ page, pages, command: 'topics', args: {} }),
        {
          kind: 'note',
          text: say`Or follow a query of your own: ${code('/paper subscribe "chain of thought" -survey')}`,
        },
      ],
    };
  },
});

function own(place: string, followed: readonly Subscription[]): Block[] {
  if (!followed.length)
    return [{ kind: 'text', text: say`${beginning(place)} follows no topic yet.` }];
  return [
    { kind: 'heading', text: `${beginning(place)} follows` },
    { kind: 'list', items: followed.map(line) },
    { kind: 'note', text: say`${code(`/paper unsubscribe ${followed[0]?.topic}`)} stops one.` },
  ];
}

function line(subscription: Subscription): Text {
  const limits = limitsOf(subscription);
  return say`${bold(subscription.topic)}: ${code(subscription.query)}${limits && `, ${limits}`}`;
}
