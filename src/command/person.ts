/** Who somebody is in the database: `slack:U024BE7LH`. */
import type { Context } from './context.ts';

export function personOf({ actor, place }: Pick<Context, 'actor' | 'place'>): string {
  const [platform = ''] = place.channel.split(':');
  return `${platform}:${actor.id}`;
}
