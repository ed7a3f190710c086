/** pause: no digests in this channel until resume. */
import { z } from 'zod';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import { say } from '../src/reply/text.ts';

export const pause = defineCommand({
  name: 'pause',
  aliases: ['schedule pause'],
  describe: "Stop this channel's digests until you resume them",
  group: 'digest',
  examples: ['pause'],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: z.object({}),
  async run(_, ctx) {
    const settings = await settingsOrDefault(ctx);
    await ctx.channels.putSettings({
      ...settings,
      paused: settings.paused ?? `by ${ctx.actor.name}`,
    });
    return sentence(
      say`Digests in ${ctx.place.name} are paused; topics and schedule are kept.`,
      'channel',
      buttons(run('Resume', 'resume')),
    );
  },
});
