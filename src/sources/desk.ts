/** The sources as commands and digests see them: which are on, how they stand, a single paper fetched. */
import { UserError } from '../errors.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import { type SourceDay, type SourceNow, sourceNow } from '../model/source-day.ts';
import { type Sources, sourceName } from './enabled.ts';
import { type Source, SourceError } from './source.ts';
import { dayBefore, WINDOW_DAYS } from './window.ts';

export interface Chosen {
  /** As people write it: `arxiv:cs.CL`. */
  source: string;
  isOn: boolean;
  by: string;
}

export interface SourceDesk {
  /** Those that are on. */
  on(): Promise<Source[]>;
  /** How each of them stands. */
  days(): Promise<SourceNow[]>;
  /** Switches one on or off; gives its name and how people read it. Throws `UserError` for what is none or may not be. */
  choose(written: string, isOn: boolean, by: string): Promise<{ name: string; title: string }>;
  /** The paper an arXiv id names; undefined when arXiv has none. Throws `UserError` when it cannot be asked. */
  fetch(id: PaperId): Promise<Paper | undefined>;
}

/** A person waits no longer for a single paper. */
const FETCH_MS = 30_000;

/** Throws `UserError` for a name of the environment that is no source. */
export function createSourceDesk(house: {
  sources: Sources;
  /** On where nobody said otherwise, as the environment writes them. */
  names: readonly string[];
  choices: { all(): Promise<Chosen[]>; put(choice: Chosen, now: string): Promise<void> };
  ledger: { since(source: string, day: string): Promise<SourceDay[]> };
  now(): Date;
}): SourceDesk {
  const { sources, choices, ledger, now } = house;
  const first = house.names.map(sourceName);
  const opened = new Map<string, Source>();
  const open = (name: string) => {
    const source = opened.get(name) ?? sources.open(name);
    opened.set(name, source);
    return source;
  };

  async function names(): Promise<string[]> {
    const on = new Set(first);
    for (const { source, isOn } of await choices.all()) {
      if (isOn) on.add(source);
      else on.delete(source);
    }
    return [...on];
  }

  async function on(): Promise<Source[]> {
    const named = await names();
    return [...named.map(open), ...sources.along(named)];
  }

  return {
    on,

    async days() {
      return Promise.all(
        (await on()).map(async (source) => {
          const today = source.dayAt(now());
          const since = dayBefore(today, WINDOW_DAYS - 1);
          return sourceNow(source, await ledger.since(source.name, since), today);
        }),
      );
    },

    async choose(written, isOn, by) {
      const name = sourceName(written);
      const { title } = open(name);
      const on = await names();
      if (on.includes(name) === isOn) {
        throw new UserError(
          `${title} is ${isOn ? 'on already' : 'not on'}; on are ${on.join(', ') || 'none'}.`,
        );
      }
      if (isOn) await sources.allow(name);
      await choices.put({ source: name, isOn, by }, now().toISOString());
      return { name, title };
    },

    async fetch(id) {
      const signal = AbortSignal.timeout(FETCH_MS);
      const { listings } = await sources.lookup([id], signal).catch((cause: unknown) => {
        if (!(cause instanceof SourceError) && !signal.aborted) throw cause;
        throw new UserError('arXiv does not answer just now; try again in a few minutes.', {
          cause,
        });
      });
      return listings.find(({ paper }) => paper.id === id)?.paper;
    },
  };
}
