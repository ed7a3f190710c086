/** Which editions are due: asked of the database every minute, so that downtime loses none. */
import type { ChannelRef } from '../model/channel.ts';
import type { EditionId } from '../model/delivery.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { lastSlot } from '../schedule/slots.ts';

/**
 * The newest slot of each channel that has come and that its schedule covers. After downtime that is one
 * edition a channel, whatever was missed, and for a slot of the last week, as a schedule has one in each. A channel whose slots cannot be told is a fault, and
 * keeps no other from its edition.
 */
export function due(
  channels: readonly ChannelSettings[],
  now: Date,
): { editions: EditionId[]; faults: { channel: ChannelRef; error: unknown }[] } {
  const editions: EditionId[] = [];
  const faults: { channel: ChannelRef; error: unknown }[] = [];
  for (const { channel, schedule, since } of channels) {
    try {
      const slot = lastSlot(schedule, now);
      if (slot.getTime() > Date.parse(since)) editions.push({ channel, slot: slot.toISOString() });
    } catch (error) {
      faults.push({ channel, error });
    }
  }
  return { editions, faults };
}
