/** resume: digests come again, from the next slot on. */
import { z } from 'zod';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { Refusal } from '../src/errors.ts';
import { sentence } from '../src/reply/build.ts';
import { bold, say } from '../src/reply/text.ts';
import { nextWords } from '../src/reply/time.ts';

export const resume = defineCommand({
  name: 'resume',
  aliases: ['schedule resume'],
  describe: "Start this channel's digests again",
  group: 'digest',
  examples: ['resume'],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: z.object({}),
  async run(_, ctx) {
    const obstacle = await ctx.place.obstacle();
    if (obstacle) throw new Refusal(obstacle);
    const { paused, ...settings } = await settingsOrDefault(ctx);
    const next = nextWords(settings.schedule, ctx.digests.next(settings));
    if (paused === undefined)
      return sentence(
        say`Digests in ${ctx.place.name} are not paused; the next one comes ${bold(next)}.`,
      );
    await ctx.channels.putSettings({ ...settings, since: ctx.now().toISOString() });
    return sentence(
      say`Digests in ${ctx.place.name} are on again; the next one comes ${bold(next)}.`,
      'channel',
    );
  },
});
