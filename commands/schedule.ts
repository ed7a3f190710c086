/** schedule [at] [on] [timezone] [top] [silence]: when this channel gets its digest. */
import { z } from 'zod';
import { flag, integer, text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import { UserError } from '../src/errors.ts';
import { readDays, readTime, readTimezone, type Schedule, TOP_MAX } from '../src/model/schedule.ts';
import { sentence } from '../src/reply/build.ts';
import { bold, code, say } from '../src/reply/text.ts';
import { rhythm, when } from '../src/reply/time.ts';

export const schedule = defineCommand({
  name: 'schedule',
  describe: "See or change when this channel's digest comes",
  examples: ['schedule at:09:00 on:weekdays timezone:Europe/Berlin top:5', 'schedule'],
  rights: 'manage',
  visibility: 'channel',
  defer: false,
  args: z.object({
    at: text({
      describe: 'Time of day in the channel’s timezone',
      example: 'at:09:00',
      positional: true,
      max: 40,
    }).optional(),
    on: text({
      describe: 'Days: daily, weekdays, mon,wed,fri',
      example: 'on:weekdays',
      max: 100,
    }).optional(),
    timezone: text({
      describe: 'An IANA timezone',
      example: 'timezone:Europe/Berlin',
      complete: 'timezone',
      max: 60,
    }).optional(),
    top: integer({
      describe: 'At most this many papers a digest',
      example: 'top:5',
      min: 1,
      max: TOP_MAX,
    }).optional(),
    silence: flag({
      describe: 'Say why on days without papers',
      example: 'silence:yes',
    }).optional(),
  }),
  async run({ silence, ...args }, ctx) {
    const settings = await settingsOrDefault(ctx);
    const moved = Object.values(args).some((value) => value !== undefined);
    const changed = moved || silence !== undefined;
    const wanted = { ...settings.schedule, ...changes(args) };
    const now = {
      ...settings,
      ...(moved && { schedule: wanted, since: ctx.now().toISOString() }),
      ...(silence !== undefined && { silence }),
    };
    // Before anything is stored: a schedule without a next slot is none.
    const slot = ctx.digests.next(now);
    if (changed) await ctx.channels.putSettings(now);
    const topics = await ctx.channels.subscriptions(settings.channel);
    const comes = say`Digests for ${ctx.place.name} come ${bold(rhythm(wanted))}, at most ${wanted.top} papers each${now.silence ? ', and say why on days without papers' : ''}.`;
    const next = say`The next one comes ${bold(when(slot, wanted.timezone))}.`;
    const missing = settings.paused
      ? say`They are paused; ${code('/paper resume')} starts them again.`
      : topics.length
        ? next
        : say`No topic is followed yet; ${code('/paper subscribe model-merging')} starts one.`;
    return sentence(say`${comes} ${missing}`, changed ? 'channel' : 'asker');
  },
});

function changes(args: {
  at?: string | undefined;
  on?: string | undefined;
  timezone?: string | undefined;
  top?: number | undefined;
}): Partial<Schedule> {
  return {
    ...(args.at === undefined
      ? {}
      : { at: read('a time of day', args.at, readTime, 'at:09:00 or at:5:30pm') }),
    ...(args.on === undefined
      ? {}
      : {
          on: read(
            'a day of the week',
            args.on,
            readDays,
            'on:daily, on:weekdays or on:mon,wed,fri',
          ),
        }),
    ...(args.timezone === undefined
      ? {}
      : {
          timezone: read('a timezone', args.timezone, readTimezone, 'timezone:Europe/Berlin'),
        }),
    ...(args.top === undefined ? {} : { top: args.top }),
  };
}

function read<T>(
  what: string,
  text: string,
  reader: (text: string) => T | undefined,
  example: string,
): T {
  const value = reader(text);
  if (value === undefined)
    throw new UserError(
      `“${text.slice(0, 60)}” is not ${what} I know; say for example ${example}.`,
    );
  return value;
}
