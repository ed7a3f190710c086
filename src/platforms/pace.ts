/**
 * How fast a service is asked, kept by design rather than by being refused. Digests wait for their turn and leave
 * evenly spaced; what answers people never waits, and takes the next turn away from a digest. By the monotonic
 * clock: libraries for this go by the time of day, and stand still for as long as that is set back.
 *
 * When the service counts a request is known only within the time that its answer takes. It is held to be counted
 * until no window of the service, however it is laid, can hold both it and the next one: so neither a slow
 * network nor a busy machine, which bring requests closer together than they left, make it refuse one.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { PostError } from './platform.ts';

export interface Pace {
  /**
   * Does what makes one request of a digest, once it may. Throws `PostError` when `performance.now()` is past
   * `until` by then: somebody else may have taken the edition over.
   */
  turn<Answer>(channel: string, work: () => Promise<Answer>, until?: number): Promise<Answer>;
  /** Makes a request that the service counts, in a turn or outside of one. */
  through<Answer>(request: () => Promise<Answer>, channel?: string): Promise<Answer>;
  /** Gives no turn any more: whoever waits for one, or comes for one, gets a `PostError`. */
  stop(): void;
}

interface Waiting {
  channel: string;
  go(): void;
  leave(error: PostError): void;
}

/** So many milliseconds that the process was busy elsewhere are made up for. */
const MADE_UP_MS = 500;
/** Of so many requests the fastest tells how long the way to the service and back takes at least. */
const LATEST = 500;

export function createPace({
  most,
  perMs,
  everyMsInChannel = 0,
}: {
  /** Requests of digests within `perMs`, fewer than the service permits by those that are to answer people. */
  most: number;
  perMs: number;
  /** From one to the next in the same channel. */
  everyMsInChannel?: number;
}): Pace {
  const everyMs = perMs / most;
  const waiting: Waiting[] = [];
  const free = new Map<string, number>();
  const turns = new AsyncLocalStorage<{ isUsed: boolean }>();
  const took: number[] = [];
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** Turns taken whose request has not left yet. */
  let taken = 0;
  /** Requests that may stand in one window of the service with the next. */
  let held = 0;

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

  /** One turn at most, so that what is made up for does not hold up the event loop. */
  function pump(): void {
    clearTimeout(timer);
    if (held + taken >= most) return;
    const now = performance.now();
    const i = next > now ? -1 : waiting.findIndex(({ channel }) => (free.get(channel) ?? 0) <= now);
    const [one] = i < 0 ? [] : waiting.splice(i, 1);
    if (one) {
      next = Math.max(next, now - MADE_UP_MS) + everyMs;
      taken += 1;
      holdChannel(one.channel, now);
      one.go();
    }
    // An answer that is over for the service pumps again.
    if (!waiting.length || held + taken >= most) return;
    const soonest = Math.min(...waiting.map(({ channel }) => free.get(channel) ?? 0));
    timer = setTimeout(pump, Math.max(next - now, soonest - now, 0));
  }

  /** A timer goes by when its turn of the event loop began, and may fire that much too early. */
  function releaseAt(due: number): void {
    const wait = due - performance.now();
    if (wait > 0) {
      setTimeout(releaseAt, Math.ceil(wait), due).unref();
      return;
    }
    held -= 1;
    pump();
  }

  return {
    async turn(channel, work, until = Number.POSITIVE_INFINITY) {
      if (isStopped) throw stopping();
      await new Promise<void>((go, leave) => {
        waiting.push({ channel, go, leave });
        pump();
      });
      const turn = { isUsed: false };
      try {
        if (performance.now() > until)
          throw new PostError('rate-limited', 'its turn came too late');
        return await turns.run(turn, work);
      } finally {
        if (!turn.isUsed) {
          taken -= 1;
          next -= everyMs;
          pump();
        }
      }
    },

    async through(request, channel) {
      const sent = performance.now();
      if (channel !== undefined) holdChannel(channel, sent);
      const turn = turns.getStore();
      if (turn && !turn.isUsed) {
        turn.isUsed = true;
        taken -= 1;
      } else next = Math.max(next, sent) + everyMs;
      held += 1;
      let way = 0;
      try {
        const answer = await request();
        took.push(performance.now() - sent);
        if (took.length > LATEST) took.shift();
        way = Math.min(...took);
        return answer;
      } finally {
        if (channel !== undefined) holdChannel(channel, performance.now() - way);
        releaseAt(performance.now() + perMs - way);
      }
    },

    stop() {
      isStopped = true;
      for (const { leave } of waiting.splice(0)) leave(stopping());
    },
  };
}

const stopping = () => new PostError('interrupted', 'the bot stops before its turn');
