/** Editions that wait to be posted: many channels at once, those of one channel in order. */
import PQueue from 'p-queue';
import type { Log } from '../log.ts';
import type { ChannelRef } from '../model/channel.ts';
import { type EditionId, editionKey } from '../model/delivery.ts';

/** Channels at once; the platforms keep their own pace. */
const AT_ONCE = 64;

export interface Outbox {
  /** Resolves when each of these was tried, but for those of channels that an earlier call still sees to. */
  send(waiting: readonly EditionId[]): Promise<void>;
}

export function createOutbox(house: {
  send(id: EditionId): Promise<void>;
  /** When it aborts, what waits is left to the next start. */
  signal?: AbortSignal;
  log: Log;
}): Outbox {
  const { signal, log } = house;
  const queue = new PQueue({ concurrency: AT_ONCE });
  const underway = new Set<ChannelRef>();

  /** What keeps a channel from one edition keeps it from no other. */
  async function sendIn(channel: ChannelRef, ids: readonly EditionId[]): Promise<void> {
    for (const id of ids) {
      if (signal?.aborted) break;
      await house.send(id).catch((err: unknown) => {
        log.error({ err, edition: editionKey(id) }, 'an edition could not be delivered');
      });
    }
    underway.delete(channel);
  }

  return {
    async send(waiting) {
      const news = Map.groupBy(
        waiting.filter(({ channel }) => !underway.has(channel)),
        ({ channel }) => channel,
      );
      for (const channel of news.keys()) underway.add(channel);
      const all = [...news].map(([channel, ids]) => queue.add(() => sendIn(channel, ids)));
      await Promise.all(all);
    },
  };
}
