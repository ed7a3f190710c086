/** A topic: a named query that a channel can subscribe to. */
import { z } from 'zod';

/** Letters in lower case, or without case, with their marks; digits. */
const word = String.raw`[[\p{L}\p{M}\p{N}]--[\p{Lu}\p{Lt}]]+`;

export const Topic = z.object({
  /** Lower-case words and hyphens: what a person types and a button carries. */
  name: z.string().regex(new RegExp(`^${word}(?:-${word})*$`, 'v')),
  description: z.string().min(1).max(100),
  /** In the query language of `src/query`. */
  query: z.string().min(1),
});
export type Topic = z.infer<typeof Topic>;

/** Name → query of the topics that may be named in a query. */
export type Topics = ReadonlyMap<string, string>;

/** The curated topics and those of a channel, which go before a curated one of the same name. */
export function topicsOf(
  curated: readonly Pick<Topic, 'name' | 'query'>[],
  followed: readonly { topic: string; query: string }[] = [],
): Topics {
  return new Map([
    ...curated.map(({ name, query }) => [name, query] as const),
    ...followed.map(({ topic, query }) => [topic, query] as const),
  ]);
}

/** How a name is written, for one a person typed: `Model Merging` → `model-merging`. */
export function topicName(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

/**
 * The name a query gets when a channel subscribes to it directly, from what it asks for rather than what it
 * keeps out: `"model merging" OR evolution -survey category:cs.CL` → `model-merging-evolution`.
 */
export function topicNameOf(query: string): string {
  const asked = query.replace(/(^|[\s(])-(?:\w+:)?(?:"[^"]*"|\([^)]*\)|\S+)|\b(?:AND|OR)\b/g, ' ');
  const words =
    wordsOf(asked.replace(/\b[a-z]+:(?:"[^"]*"|\S+)/g, ' ')) ?? wordsOf(asked) ?? wordsOf(query);
  // A cut may leave half a character.
  return (words ?? ['topic'])
    .join('-')
    .slice(0, 60)
    .replace(/[-\p{Cs}]$/u, '');
}

function wordsOf(text: string): string[] | null {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
}
