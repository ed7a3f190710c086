/** Which editions are due: asked of the database every minute, so that downtime loses none. */
import type { EditionId } from '../model/delivery.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { lastSlot } from '../schedule/slots.ts';

/** A slot missed by more than this is never made up for. */
export const CATCH_UP_MS = 7 * 24 * 3_600_000;

/**
 * The newest slot of each channel that has come, that its schedule covers, and that is not too old. After
 * downtime that is one edition a channel, whatever was missed.
 */
export function due(channels: readonly ChannelSettings[], now: Date): EditionId[] {
  return channels.flatMap(({ channel, schedule, since }) => {
    const slot = lastSlot(schedule, now);
    const early = slot.getTime() <= Date.parse(since);
    const late = slot.getTime() < now.getTime() - CATCH_UP_MS;
    return early || late ? [] : [{ channel, slot: slot.toISOString() }];
  });
}
