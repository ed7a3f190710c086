/** The settings of the channel a command runs in. */
import { defaultSchedule, readTimezone } from '../model/schedule.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { Context } from './context.ts';

/** What the channel chose, or what it gets until it does: the asker's timezone, else the operator's. */
export async function settingsOrDefault(ctx: Context): Promise<ChannelSettings> {
  const { channel, name } = ctx.place;
  const known = await ctx.channels.settings(channel);
  if (known) return { ...known, name };
  const profile = await ctx.actor.timezone();
  // A profile is asked for over the network: somebody may have chosen meanwhile.
  const chosen = await ctx.channels.settings(channel);
  if (chosen) return { ...chosen, name };
  // What a profile or a browser says is not always a timezone.
  const timezone = readTimezone(profile ?? '') ?? ctx.timezone;
  return { channel, name, schedule: defaultSchedule(timezone), since: ctx.now().toISOString() };
}
