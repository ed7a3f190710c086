/** What Paperboy remembers of a channel besides its subscriptions. */
import { z } from 'zod';
import { ChannelRef } from './channel.ts';
import { Schedule } from './schedule.ts';

export const ChannelSettings = z.object({
  channel: ChannelRef,
  /** As people see it, `#reading-group`. */
  name: z.string(),
  schedule: Schedule,
  /** Since when the schedule holds (ISO 8601 instant): no slot before it is ever due. */
  since: z.string(),
  /** Why no digest is posted; undefined while it is active. */
  paused: z.string().optional(),
  /** Whether a day without papers is explained in the channel; off where nobody said. */
  silence: z.boolean().optional(),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;
