/** The settings of the channel a command runs in. */
import { defaultSchedule, readTimezone } from '../model/schedule.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { Context } from './context.ts';

/** What the channel chose, or what it gets until it does: the asker's timezone, else the operator's. */
export async function settingsOrDefault(ctx: Context): Promise<ChannelSettings> {
  const known = await ctx.channels.settings(ctx.place.channel);
  if (known) return { ...known, name: ctx.place.name };
  return {
    channel: ctx.place.channel,
    name: ctx.place.name,
    // What a profile or a browser says is not always a timezone.
    schedule: defaultSchedule(readTimezone((await ctx.actor.timezone()) ?? '') ?? ctx.timezone),
    since: ctx.now().toISOString(),
  };
}
