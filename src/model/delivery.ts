/** What happened to an edition: one channel's digest for one slot of its schedule. */
import { z } from 'zod';
import { ChannelRef } from './channel.ts';
import { PaperId } from './paper.ts';

/** What keeps the bot out of a channel until a person changes it; the channel waits for that. */
export const Obstacle = z.enum([
  /** Deleted, or private without the bot where the platform does not tell the two apart. */
  'channel-gone',
  'channel-archived',
  /** From the whole server or workspace. */
  'bot-removed',
  /** From this channel, or it became private. */
  'not-invited',
  'no-permission',
  /** A person who takes no direct messages. */
  'no-direct-messages',
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** Why an edition is not in its channel; `reply/reason.ts` says each in words, and what to do. */
export const Reason = z.enum([
  ...Obstacle.options,
  /** The platform refused the message itself. */
  'message-refused',
  'service-away',
  'rate-limited',
  /** Whoever was sending it stopped or died. */
  'interrupted',
  /** Something broke on our side. */
  'own-fault',
  /** A newer edition of the channel covers it. */
  'superseded',
  'too-old',
  /** It may have been posted, and nobody can look. */
  'unsure',
]);
export type Reason = z.infer<typeof Reason>;

export const Delivery = z.discriminatedUnion('state', [
  z.object({ state: z.literal('planned') }),
  z.object({ state: z.literal('sending') }),
  z.object({ state: z.literal('sent') }),
  /** `reason` is a phrase for people: how the sources stood. */
  z.object({ state: z.literal('empty'), reason: z.string().optional() }),
  z.object({ state: z.literal('rejected'), reason: Reason }),
  z.object({ state: z.literal('failed'), reason: Reason, retryAt: z.string() }),
  z.object({ state: z.literal('skipped'), reason: Reason }),
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
  /** Whether a message may be in the channel whose id is not known. */
  inDoubt: z.boolean(),
  updatedAt: z.string(),
  /** Who put its one paper before the channel; undefined for a digest. */
  submission: Submission.optional(),
});
export type Edition = z.infer<typeof Edition>;

/** The idempotency key a platform gets with every message of an edition. */
export function editionKey({ channel, slot }: EditionId): string {
  return `${channel}@${slot}`;
}
