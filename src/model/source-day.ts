/** What is known of one source's day: whether all it announced is here, and if not, why and what next. */
import { z } from 'zod';

export const SourceDay = z.object({
  /** The source's name. */
  source: z.string(),
  /** Its own day, `YYYY-MM-DD`. */
  day: z.string(),
  /**
   * - `complete`: everything announced is here
   * - `partial`: some is here and more is to come, or was announced and did not arrive
   * - `no announcement`: its calendar has none; `because` says why
   * - `stale`: it gave a batch of an earlier day again
   * - `failing`: nothing could be read since `since`
   */
  state: z.enum(['complete', 'partial', 'no announcement', 'stale', 'failing']),
  because: z.enum(['weekend', 'holiday']).optional(),
  /** How many the source says there are, where it says so. */
  expected: z.number().int().optional(),
  /** Different papers that arrived. */
  received: z.number().int(),
  /** Items that were no papers. */
  flaws: z.number().int(),
  /** Tries in a row that did not bring it to an end. */
  attempts: z.number().int(),
  /** Since when it cannot be read, or gives what is old (ISO 8601 instant). */
  since: z.string().optional(),
  /** No try before this instant. */
  retryAt: z.string().optional(),
  /** What the last try met, in words for the operator. */
  error: z.string().optional(),
  /** Of the papers announced as new; equal for equal batches. */
  fingerprint: z.string().optional(),
  /** When it was last asked for (ISO 8601 instant). */
  readAt: z.string(),
});
export type SourceDay = z.infer<typeof SourceDay>;

/** How a source stands now. */
export interface SourceNow {
  name: string;
  /** As people read it. */
  title: string;
  /** Its days of the last week that are in the ledger, oldest first. */
  days: SourceDay[];
  /** Since when nothing new of it can be had; undefined while all is well. */
  failingSince?: string;
  /** Set where it tells of changes alone: without it a digest lacks no paper. */
  changesOnly?: boolean;
}

/**
 * A source with its days up to `today`: what a clock that ran ahead wrote of later ones says nothing. Failing
 * when the newest day is, since the first of the days that failed on end.
 */
export function sourceNow(
  { name, title, changesOnly }: Pick<SourceNow, 'name' | 'title' | 'changesOnly'>,
  rows: readonly SourceDay[],
  today: string,
): SourceNow {
  const days = rows.filter(({ day }) => day <= today);
  const upset: SourceDay[] = [];
  for (const day of days.toReversed()) {
    if (day.state === 'no announcement') continue;
    if (day.since === undefined) break;
    upset.push(day);
  }
  const failingSince = upset.at(-1)?.since;
  return {
    name,
    title,
    days,
    ...(failingSince !== undefined && { failingSince }),
    ...(changesOnly && { changesOnly }),
  };
}
