/** Editions that wait to be posted: many channels at once, those of one channel in order. */
import { createHash } from 'node:crypto';
import { setImmediate as breath, setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Log } from '../log.ts';
import { type ChannelRef, channelParts, type PlatformName } from '../model/channel.ts';
import { type EditionId, editionKey } from '../model/delivery.ts';

/** Channels of a platform at once, which keeps its own pace: as many as it may be asked for while a slow disk writes. */
const AT_ONCE = 128;
/** Channels put in line in one turn of the event loop. */
const IN_LINE = 100;

export interface Outbox {
  /** Resolves when each of these was tried, but for those of channels that an earlier call still sees to. */
  send(waiting: readonly EditionId[]): Promise<void>;
}

export function createOutbox(house: {
  send(id: EditionId): Promise<void>;
  /** Over how many milliseconds after their slot editions are spread. */
  spreadMs: number;
  now(): Date;
  /** When it aborts, what waits is left to the next start. */
  signal: AbortSignal | undefined;
  log: Log;
}): Outbox {
  const { spreadMs, now, signal, log } = house;
  const queues = new Map<PlatformName, PQueue>();
  const underway = new Set<ChannelRef>();

  /**
   * One start a turn of the event loop: SQLite answers at once, so that what many editions do before they are
   * posted would otherwise hold everything else up.
   */
  let starting = Promise.resolve();
  function started(): Promise<void> {
    starting = starting.then(() => breath());
    return starting;
  }

  /** What keeps a channel from one edition keeps it from no other. */
  async function sendIn(channel: ChannelRef, ids: readonly EditionId[]): Promise<void> {
    for (const id of ids) {
      if (signal?.aborted) break;
      await started();
      await house.send(id).catch((err: unknown) => {
        log.error({ err, edition: editionKey(id) }, 'an edition could not be delivered');
      });
    }
    underway.delete(channel);
  }

  /** When a channel's editions may leave, so that not all of one time of day do so at once. */
  function momentOf(channel: ChannelRef, ids: readonly EditionId[]): number {
    const share = createHash('sha256').update(channel).digest().readUInt32BE() / 2 ** 32;
    return Math.max(...ids.map(({ slot }) => Date.parse(slot))) + share * spreadMs;
  }

  /** A platform with thousands of channels, or one that is away, holds up no other. */
  function queueOf(channel: ChannelRef): PQueue {
    const { platform } = channelParts(channel);
    const queue = queues.get(platform) ?? new PQueue({ concurrency: AT_ONCE });
    queues.set(platform, queue);
    return queue;
  }

  async function sendInTime(channel: ChannelRef, ids: readonly EditionId[]): Promise<void> {
    const wait = momentOf(channel, ids) - now().getTime();
    if (wait > 0)
      await sleep(Math.min(wait, spreadMs), undefined, { signal, ref: false }).catch(() => {});
    await queueOf(channel).add(() => sendIn(channel, ids));
  }

  return {
    async send(waiting) {
      const news = Map.groupBy(
        waiting.filter(({ channel }) => !underway.has(channel)),
        ({ channel }) => channel,
      );
      for (const channel of news.keys()) underway.add(channel);
      const all: Promise<void>[] = [];
      for (const [channel, ids] of news) {
        all.push(sendInTime(channel, ids));
        if (all.length % IN_LINE === 0) await breath();
      }
      await Promise.all(all);
    },
  };
}
