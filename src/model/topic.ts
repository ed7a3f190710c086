/** A topic: a named query that a channel can subscribe to. */
import { z } from 'zod';

export const Topic = z.object({
  /** Lower-case words and hyphens: what a person types and a button carries. */
  name: z.string().regex(/^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u),
  description: z.string().min(1).max(100),
  /** In the query language of `src/query`. */
  query: z.string().min(1),
});
export type Topic = z.infer<typeof Topic>;

/** The name a query gets when a channel subscribes to it directly: `"model merging" -survey` → `model-merging-survey`. */
export function topicNameOf(query: string): string {
  const words = query
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? ['topic']).join('-').slice(0, 60).replace(/-$/, '');
}
