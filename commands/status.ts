/** status: how this channel stands: schedule, last and next edition, topics, catalogue, sources. */
import { z } from 'zod';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { count } from '../src/reply/build.ts';
import { deliveryWords } from '../src/reply/delivery.ts';
import { sourceLines } from '../src/reply/source-day.ts';
import { bold, code, say } from '../src/reply/text.ts';
import { nextWords, rhythm, when } from '../src/reply/time.ts';

export const status = defineCommand({
  name: 'status',
  describe: 'How this channel stands: topics, digests, sources',
  examples: ['status'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({}),
  async run(_, ctx) {
    const settings = await settingsOrDefault(ctx);
    const { channel, schedule, paused } = settings;
    const zone = schedule.timezone;
    const topics = await ctx.channels.subscriptions(channel);
    const last = await ctx.editions.latest(channel);
    const sources = await ctx.sources.days();
    const active = topics.length > 0 && paused === undefined;
    const next = paused === undefined ? 'none until a topic is followed' : `paused ${paused}`;
    return {
      visibility: 'asker',
      summary: `Status of ${ctx.place.name}`,
      blocks: [
        { kind: 'heading', text: `Status of ${ctx.place.name}` },
        {
          kind: 'list',
          items: [
            say`${bold('Topics')}: ${topics.length ? topics.map(({ topic }) => topic).join(', ') : 'none yet'}`,
            say`${bold('Schedule')}: ${rhythm(schedule)}, at most ${count(schedule.top, 'paper')}`,
            say`${bold('Next digest')}: ${active ? nextWords(schedule, ctx.digests.next(settings)) : next}`,
            say`${bold('Last digest')}: ${last ? `${when(last.slot, zone)}, ${deliveryWords(last.delivery, zone)}` : 'none yet'}`,
            say`${bold('Catalogue')}: ${count(ctx.catalogue.size, 'paper')}`,
            ...sources.flatMap((source) => sourceLines(source, zone)),
          ],
        },
        ...(topics.length
          ? []
          : [{ kind: 'note' as const, text: say`${code('/paper topics')} shows what to follow.` }]),
      ],
    };
  },
});
