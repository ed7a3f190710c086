/** When a channel gets its digest: time of day, weekdays, timezone. */
import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

/** Most papers one edition may carry, over all topics of a channel. */
export const TOP_MAX = 20;

export const Schedule = z.object({
  /** 24-hour local time, `09:00`. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Never empty, in week order. */
  on: z.array(Weekday).min(1),
  /** An IANA name, `Europe/Berlin`. */
  timezone: z.string(),
  /** At most this many papers an edition. */
  top: z.number().int().min(1).max(TOP_MAX),
});
export type Schedule = z.infer<typeof Schedule>;

export const workdays: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
