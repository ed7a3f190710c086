/** What a channel calls what it subscribes to. */
import { UserError } from '../errors.ts';
import type { Subscription } from '../model/subscription.ts';
import { type Topic, type Topics, topicsOf } from '../model/topic.ts';
import { parseQuery } from '../query/parse.ts';
import { printQuery } from '../query/print.ts';

type Named = Pick<Topic, 'name' | 'query'>;

/**
 * The name under which the channel follows this very query already (`isKnown`), else the wanted one, with `-2`,
 * `-3` … behind it while another query of the channel or of the curated topics has it.
 */
export function nameIn(
  followed: readonly Subscription[],
  wanted: Named,
  curated: readonly Named[],
): { name: string; isKnown: boolean } {
  const topics = topicsOf(curated, followed);
  const query = canonical(wanted.query, topics);
  const known = followed.find((each) => canonical(each.query, topics) === query);
  if (known) return { name: known.topic, isKnown: true };
  const isTaken = (name: string) =>
    followed.some(({ topic }) => topic === name) ||
    curated.some((each) => each.name === name && each.query !== wanted.query);
  let name = wanted.name;
  for (let n = 2; isTaken(name); n++) name = `${wanted.name}-${n}`;
  return { name, isKnown: false };
}

/** One spelling of all that mean the same; the text itself where a topic it names is gone. */
function canonical(query: string, topics: Topics): string {
  try {
    return printQuery(parseQuery(query, topics));
  } catch (error) {
    if (error instanceof UserError) return query;
    throw error;
  }
}
