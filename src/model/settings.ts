/** What Paperboy remembers of a channel besides its subscriptions. */
import { z } from 'zod';
import { ChannelRef } from './channel.ts';
import { DELAY_MAX_HOURS, Schedule } from './schedule.ts';

/**
 * What a channel gets on a day without papers: `nothing`, a `line` that says why, or `weekly`, one line at the
 * end of the week over all such days of it.
 */
export const onEmptyDays = ['nothing', 'line', 'weekly'] as const;

/** A digest as one `message`, split where a platform's limits need it, or as a `thread` under a list of titles. */
export const layouts = ['message', 'thread'] as const;

/** Whether questions are answered, and asked on, in a `thread` or in the `channel` itself. */
export const answerPlaces = ['thread', 'channel'] as const;

export const ChannelSettings = z.object({
  channel: ChannelRef,
  /** As people see it, `#reading-group`. */
  name: z.string(),
  schedule: Schedule,
  /** Of subscriptions without a minimum of their own; 0 where nobody said. */
  minUpvotes: z.number().int().min(0).optional(),
  /** Hours after it was announced before a paper may come, so that votes collect; 0 where nobody said. */
  delayHours: z.number().int().min(0).max(DELAY_MAX_HOURS).optional(),
  /** `nothing` where nobody said. */
  empty: z.enum(onEmptyDays).optional(),
  /** `message` where nobody said. */
  layout: z.enum(layouts).optional(),
  /** `thread` where nobody said. */
  answers: z.enum(answerPlaces).optional(),
  /** Since when the schedule holds (ISO 8601 instant): no slot before it is ever due. */
  since: z.string(),
  /** Why no digest is posted; undefined while it is active. */
  paused: z.string().optional(),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;
