/** What an argument offers while it is typed, the same for Discord's autocomplete and the local page. */
import { assertNever } from '../errors.ts';
import type { ChannelRef } from '../model/channel.ts';
import type { Completion } from './args.ts';
import type { Services } from './context.ts';

export interface Suggestion {
  /** What the argument becomes. */
  value: string;
  /** What the person reads. */
  label: string;
}

export type Complete = (
  kind: Completion,
  typed: string,
  channel: ChannelRef,
  limit: number,
) => Promise<Suggestion[]>;

export function createComplete(services: Services): Complete {
  return async (kind, typed, channel, limit) => {
    const all = await candidates(kind, typed, channel, limit);
    return all.slice(0, limit);
  };

  async function candidates(kind: Completion, typed: string, channel: ChannelRef, limit: number) {
    switch (kind) {
      case 'paper':
        return (await services.catalogue.suggest(typed, limit)).map((paper) => ({
          value: paper.id,
          label: paper.title,
        }));
      case 'topic':
        return containing(
          typed,
          services.topics.map((topic) => ({
            value: topic.name,
            label: `${topic.name}: ${topic.description}`,
          })),
        );
      case 'subscription': {
        const subscriptions = await services.channels.subscriptions(channel);
        return containing(
          typed,
          subscriptions.map(({ topic, query }) => ({ value: topic, label: `${topic}: ${query}` })),
        );
      }
      case 'timezone':
        return containing(
          typed.replaceAll(' ', '_'),
          Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone })),
        );
      case 'command':
        return containing(
          typed,
          services.commands.map(({ name, describe }) => ({
            value: name,
            label: `${name}: ${describe}`,
          })),
        );
      default:
        return assertNever(kind);
    }
  }
}

/** Those whose value starts with what was typed, then those that hold it anywhere. */
function containing(typed: string, all: readonly Suggestion[]): Suggestion[] {
  const needle = typed.trim().toLowerCase();
  const at = ({ value, label }: Suggestion) => {
    if (value.toLowerCase().startsWith(needle)) return 0;
    return `${value} ${label}`.toLowerCase().includes(needle) ? 1 : 2;
  };
  return all.filter((each) => at(each) < 2).sort((a, b) => at(a) - at(b));
}
