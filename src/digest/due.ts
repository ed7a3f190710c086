/** Which editions are due: asked of the database every minute, so that downtime loses none. */
import type { EditionId } from '../model/delivery.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { lastSlot } from '../schedule/slots.ts';

/**
 * The newest slot of each channel that has come and that its schedule covers. After downtime that is one
 * edition a channel, whatever was missed, and for a slot of the last week, as a schedule has one in each.
 */
export function due(channels: readonly ChannelSettings[], now: Date): EditionId[] {
  return channels.flatMap(({ channel, schedule, since }) => {
    const slot = lastSlot(schedule, now);
    return slot.getTime() <= Date.parse(since) ? [] : [{ channel, slot: slot.toISOString() }];
  });
}
