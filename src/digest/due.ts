/** Which editions are due: asked of the database every minute, so that downtime loses none. */
import type { ChannelRef } from '../model/channel.ts';
import type { EditionId } from '../model/delivery.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { lastSlot } from '../schedule/slots.ts';

const MINUTE_MS = 60_000;

/**
 * The newest slot of each channel that has come and that its schedule covers. After downtime that is one
 * edition a channel, whatever was missed, and for a slot of the last week, as a schedule has one in each. A channel
 * with instant digests has a slot each minute, and an edition only for one that finds papers. A channel whose slots
 * cannot be told is a fault, and keeps no other from its edition.
 */
export function due(
  channels: readonly ChannelSettings[],
  now: Date,
): {
  editions: EditionId[];
  /** Due if there are papers. */
  instant: { settings: ChannelSettings; slot: string }[];
  faults: { channel: ChannelRef; error: unknown }[];
} {
  const editions: EditionId[] = [];
  const instant: { settings: ChannelSettings; slot: string }[] = [];
  const faults: { channel: ChannelRef; error: unknown }[] = [];
  for (const settings of channels) {
    const { channel, schedule, since } = settings;
    try {
      const isInstant = schedule.frequency === 'instant';
      const slot = isInstant ? minuteOf(now) : lastSlot(schedule, now);
      if (slot.getTime() <= Date.parse(since)) continue;
      if (isInstant) instant.push({ settings, slot: slot.toISOString() });
      else editions.push({ channel, slot: slot.toISOString() });
    } catch (error) {
      faults.push({ channel, error });
    }
  }
  return { editions, instant, faults };
}

function minuteOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
}
