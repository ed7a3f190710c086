/** schedule [at] [on] [timezone] [frequency] …: when this channel gets its digests, and what they hold. */
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { changed, scheduleArgs, undoOf } from '../src/command/schedule-args.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import { settingsWords } from '../src/reply/settings.ts';
import { bold, code, say } from '../src/reply/text.ts';
import { nextWords } from '../src/reply/time.ts';

export const schedule = defineCommand({
  name: 'schedule',
  describe: "See or change when this channel's digest comes and what it holds",
  group: 'digest',
  examples: [
    'schedule at:09:00 on:weekdays timezone:Europe/Berlin top:5',
    'schedule frequency:weekly on:fri at:16:00 delay:2d min-upvotes:3',
    'schedule frequency:instant top:3',
    'schedule',
  ],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: scheduleArgs,
  async run(args, ctx) {
    const settings = await settingsOrDefault(ctx);
    const isChange = Object.values(args).some((value) => value !== undefined);
    const now = changed(settings, args, ctx.now().toISOString());
    // Before anything is stored: a schedule without a next slot is none.
    const slot = ctx.digests.next(now);
    if (isChange) await ctx.channels.putSettings(now);
    const topics = await ctx.channels.subscriptions(settings.channel);
    const [times = '', ...more] = settingsWords(now);
    const comes = say`Digests for ${ctx.place.name} come ${bold(times)}, ${more.join(', ')}.`;
    const next = say`The next one comes ${bold(nextWords(now.schedule, slot))}.`;
    const missing = settings.paused
      ? say`They are paused; ${code('/paper resume')} starts them again.`
      : topics.length
        ? next
        : say`No topic is followed yet; ${code('/paper subscribe model-merging')} starts one.`;
    const undo = isChange ? run('Undo', 'schedule', undoOf(args, settings)) : undefined;
    return sentence(say`${comes} ${missing}`, isChange ? 'channel' : 'asker', buttons(undo));
  },
});
