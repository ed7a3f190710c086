/** An edition and its row. */
import type { ChannelRef } from '../model/channel.ts';
import { Edition, type EditionId } from '../model/delivery.ts';
import type { EditionsTable } from './tables.ts';

export function idOf({ channel, slot }: { channel: string; slot: string }): EditionId {
  // The column was written from a `ChannelRef`.
  return { channel: channel as ChannelRef, slot };
}

export function editionOf(row: EditionsTable): Edition {
  return Edition.parse({
    channel: row.channel,
    slot: row.slot,
    delivery: {
      state: row.state,
      ...(row.reason === null ? {} : { reason: row.reason }),
      ...(row.retry_at === null ? {} : { retryAt: row.retry_at }),
    },
    messages: JSON.parse(row.messages),
    papers: JSON.parse(row.papers),
    attempts: row.attempts,
    inDoubt: row.in_doubt === 1,
    updatedAt: row.updated_at,
    ...(row.submission === null ? {} : { submission: JSON.parse(row.submission) }),
  });
}
