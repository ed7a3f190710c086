/** Completes an argument while it is typed, the same for Discord's autocomplete and the local page. */
import { assertNever } from '../errors.ts';
import type { ChannelRef } from '../model/channel.ts';
import { topicsOf } from '../model/topic.ts';
import { titleOf } from '../reply/paper.ts';
import type { Completion } from './args.ts';
import { completeQuery } from './complete-query.ts';
import type { Services } from './context.ts';
import { type CommandDescription, offered } from './description.ts';
import type { Suggestion } from './suggestion.ts';

export type Complete = (
  kind: Completion,
  typed: string,
  channel: ChannelRef,
  limit: number,
) => Promise<Suggestion[]>;

export function createComplete(
  commands: readonly CommandDescription[],
  services: Services,
): Complete {
  return async (kind, typed, channel, limit) => {
    const all = await candidates(kind, typed, channel, limit);
    return all.slice(0, limit);
  };

  async function candidates(kind: Completion, typed: string, channel: ChannelRef, limit: number) {
    switch (kind) {
      case 'paper':
        return papers(typed, limit);
      case 'query':
        return [
          ...(await query(typed, channel, limit)),
          ...(mayBeTitle(typed) ? await papers(typed, TITLES) : []),
        ];
      case 'topic':
        return topic(typed, channel, limit);
      case 'subscription':
        return containing(typed, await followed(channel));
      case 'timezone':
        return containing(
          typed.replaceAll(' ', '_'),
          Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone })),
        );
      case 'command':
        return containing(
          typed,
          offered(commands).map(({ name, describe }) => ({
            value: name,
            label: `${name}: ${describe}`,
          })),
        );
      default:
        return assertNever(kind);
    }
  }

  /** By words of their titles and names of their authors; a query is for a paper by its identity. */
  async function papers(typed: string, limit: number): Promise<Suggestion[]> {
    const found = await services.catalogue.suggest(typed, limit);
    return found.map((paper) => ({ value: paper.id, label: titleOf(paper) }));
  }

  /** In its place a query may stand too. */
  async function topic(typed: string, channel: ChannelRef, limit: number) {
    const curated = services.topics.map(({ name, description }) => ({
      value: name,
      label: `${name}: ${description}`,
    }));
    const names = new Set(curated.map(({ value }) => value));
    const own = (await followed(channel)).filter(({ value }) => !names.has(value));
    const parts = /\S$/.test(typed) ? await query(typed, channel, limit) : [];
    return [...containing(typed, [...curated, ...own]), ...parts];
  }

  async function followed(channel: ChannelRef): Promise<Suggestion[]> {
    const subscriptions = await services.channels.subscriptions(channel);
    return subscriptions.map(({ topic, query }) => ({
      value: topic,
      label: `${topic}: ${query}`,
    }));
  }

  function query(typed: string, channel: ChannelRef, limit: number) {
    return completeQuery(typed, {
      async topic() {
        const own = await services.channels.subscriptions(channel);
        return [...topicsOf(services.topics, own).keys()];
      },
      async author(part) {
        const papers = part ? await services.catalogue.suggest(part, limit) : [];
        return [...new Set(papers.flatMap(({ authors }) => authors))];
      },
    });
  }
}

/** Papers offered beside what else a query may go on with. */
const TITLES = 4;
/** With fewer letters nearly any paper begins so. */
const LETTERS_MIN = 4;

/** Whether a query is still words alone, as a title is. */
function mayBeTitle(typed: string): boolean {
  return typed.trim().length >= LETTERS_MIN && !/["“”()]|:(?!\s)|(?:^|\s)-\S/.test(typed);
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
