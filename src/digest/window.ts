/** Which papers are new to a channel, by when they were first known. Pure. */
import type { ChannelSettings } from '../model/settings.ts';
import type { Look } from '../store/channels.ts';

/** From one instant to another, both within (ISO 8601). */
export interface Window {
  from: string;
  to: string;
}

const HOUR_MS = 3_600_000;
/** A paper is new for this long after it may come. */
const NEW_FOR_MS = 7 * 24 * HOUR_MS;
/** An edition may come this much more than a week after the one before: the clocks change, a platform was away. */
const LATE_MS = 24 * HOUR_MS;

/**
 * The last seven days, all of it the channel's delay ago; and what the last edition did not reach, when that was
 * one of the same week, so that neither a shorter delay nor a late edition loses a paper.
 */
export function windowOf(
  { delayHours = 0 }: Pick<ChannelSettings, 'delayHours'>,
  looked: Look | undefined,
  now: Date,
): Window {
  const before = (ms: number) => new Date(now.getTime() - delayHours * HOUR_MS - ms).toISOString();
  const [week, to] = [before(NEW_FOR_MS), before(0)];
  const isRecent =
    looked !== undefined && now.getTime() - Date.parse(looked.at) <= NEW_FOR_MS + LATE_MS;
  return { from: isRecent && looked.to < week ? looked.to : week, to };
}

/** When a paper that was first known then may come. */
export function ripeAt(addedAt: string, delayHours: number): string {
  return new Date(Date.parse(addedAt) + delayHours * HOUR_MS).toISOString();
}

/** Until when it is new. */
export function newUntil(addedAt: string, delayHours: number): string {
  return new Date(Date.parse(ripeAt(addedAt, delayHours)) + NEW_FOR_MS).toISOString();
}
