/** What happened to an edition: one channel's digest for one slot of its schedule. */
import { z } from 'zod';
import { ChannelRef } from './channel.ts';
import { PaperId } from './paper.ts';

export const Delivery = z.discriminatedUnion('state', [
  z.object({ state: z.literal('planned') }),
  z.object({ state: z.literal('sending') }),
  z.object({ state: z.literal('sent') }),
  z.object({ state: z.literal('empty'), reason: z.string().optional() }),
  z.object({ state: z.literal('rejected'), reason: z.string() }),
  z.object({ state: z.literal('failed'), reason: z.string(), retryAt: z.string() }),
  z.object({ state: z.literal('skipped'), reason: z.string() }),
]);
export type Delivery = z.infer<typeof Delivery>;

/** The identity of an edition is (channel, slot). */
export const EditionId = z.object({
  channel: ChannelRef,
  /** The scheduled instant, ISO 8601 in UTC. */
  slot: z.string(),
});
export type EditionId = z.infer<typeof EditionId>;

/** A paper that a person puts before a channel, beside the digests. */
export const Submission = z.object({ paper: PaperId, by: z.string() });
export type Submission = z.infer<typeof Submission>;

export const Edition = EditionId.extend({
  delivery: Delivery,
  /** The platform's ids of the messages posted so far, in order. */
  messages: z.array(z.string()),
  papers: z.array(PaperId),
  attempts: z.number().int(),
  updatedAt: z.string(),
  /** Who put its one paper before the channel; undefined for a digest. */
  submission: Submission.optional(),
});
export type Edition = z.infer<typeof Edition>;

/** The idempotency key a platform gets with every message of an edition. */
export function editionKey({ channel, slot }: EditionId): string {
  return `${channel}@${slot}`;
}
