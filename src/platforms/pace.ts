/**
 * How fast a service is asked, kept by design rather than by being refused. Digests wait for their turn and leave
 * evenly spaced; what answers people never waits, and takes the next turn away from a digest. By the monotonic
 * clock: libraries for this go by the time of day, and stand still for as long as that is set back.
 */
import { PostError } from './platform.ts';

export interface Pace {
  /**
   * Resolves when a digest may make one request. Throws `PostError` when `performance.now()` is past `until` by
   * then: somebody else may have taken the edition over.
   */
  turn(channel: string, until?: number): Promise<void>;
  /** A request leaves, with a turn or without one. */
  passed(channel?: string): void;
}

interface Waiting {
  channel: string;
  go(): void;
}

export function createPace({
  everyMs,
  everyMsInChannel = 0,
}: {
  /** From one request to the next. */
  everyMs: number;
  /** From one to the next in the same channel. */
  everyMsInChannel?: number;
}): Pace {
  const waiting: Waiting[] = [];
  const free = new Map<string, number>();
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Turns taken whose request has not left yet. */
  let taken = 0;

  function holdChannel(channel: string, now: number): void {
    if (!everyMsInChannel) return;
    free.delete(channel);
    free.set(channel, now + everyMsInChannel);
    // A Map iterates in the order of insertion, so those that are free come first.
    for (const [each, at] of free) {
      if (at > now) break;
      free.delete(each);
    }
  }

  function pump(): void {
    clearTimeout(timer);
    const now = performance.now();
    while (waiting.length && next <= now) {
      const i = waiting.findIndex(({ channel }) => (free.get(channel) ?? 0) <= now);
      const [one] = i < 0 ? [] : waiting.splice(i, 1);
      if (!one) break;
      // A timer that comes late is made up for, by one request at most.
      next = Math.max(next + everyMs, now);
      taken += 1;
      holdChannel(one.channel, now);
      one.go();
    }
    if (!waiting.length) return;
    const soonest = Math.min(...waiting.map(({ channel }) => free.get(channel) ?? 0));
    timer = setTimeout(pump, Math.max(next, soonest) - now);
  }

  return {
    async turn(channel, until = Number.POSITIVE_INFINITY) {
      await new Promise<void>((go) => {
        waiting.push({ channel, go });
        pump();
      });
      if (performance.now() <= until) return;
      throw new PostError('rate-limited', 'its turn came too late');
    },

    passed(channel) {
      const now = performance.now();
      if (channel !== undefined) holdChannel(channel, now);
      if (taken) taken -= 1;
      else next = Math.max(next, now) + everyMs;
    },
  };
}
