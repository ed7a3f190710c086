/** Which papers a channel was shown, when and where. */
import type { ChannelRef } from '../model/channel.ts';
import type { PaperId } from '../model/paper.ts';
import type { Shown } from '../model/shown.ts';
import type { Database } from './database.ts';

export interface SeenStore {
  shown(channel: ChannelRef): Promise<Map<PaperId, Shown>>;
}

export function createSeenStore(db: Database): SeenStore {
  return {
    async shown(channel) {
      const rows = await db
        .selectFrom('seen')
        .select(['paper', 'slot', 'message'])
        .where('channel', '=', channel)
        .execute();
      return new Map(
        rows.map(({ paper, slot, message }) => [paper as PaperId, { slot, message }] as const),
      );
    },
  };
}
