/** A channel's tie to a topic, with its own top-N and minimum. */
import { z } from 'zod';
import { ChannelRef } from './channel.ts';
import { Topic } from './topic.ts';

export const Subscription = z.object({
  channel: ChannelRef,
  /** A curated topic's name, or one made from the query. Unique in a channel. */
  topic: Topic.shape.name,
  query: Topic.shape.query,
  /** At most this many papers of this topic an edition; undefined leaves it to the schedule. */
  top: z.number().int().min(1).optional(),
  minUpvotes: z.number().int().min(0).optional(),
  /** The platform's id of the person who subscribed, or to whom it was handed over. */
  owner: z.string(),
  /** As people read it; undefined where nobody said. */
  ownerName: z.string().optional(),
  /** ISO 8601 instant. */
  createdAt: z.string(),
});
export type Subscription = z.infer<typeof Subscription>;

/** `at most 3 a digest, from 5 upvotes`; empty for a subscription without limits of its own. */
export function limitsOf({ top, minUpvotes }: Pick<Subscription, 'top' | 'minUpvotes'>): string {
  return [
    top === undefined ? '' : `at most ${top} a digest`,
    minUpvotes === undefined ? '' : `from ${minUpvotes} upvote${minUpvotes === 1 ? '' : 's'}`,
  ]
    .filter(Boolean)
    .join(', ');
}
