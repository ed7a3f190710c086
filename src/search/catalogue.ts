/**
 * All papers the bot knows, in memory: looked up, searched and compared. Whoever owns the database puts
 * them here. Ranking is Orama's (engine.ts), truth is the query's own (query/match.ts).
 */
import { setImmediate } from 'node:timers/promises';
import type { Hit, Results } from '../model/hit.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Query } from '../query/ast.ts';
import { dayOf } from '../query/period.ts';
import { proseOf } from '../query/prose.ts';
import { createEngine } from './engine.ts';
import { type Entry, entryOf } from './entry.ts';
import { find } from './find.ts';
import { orders } from './order.ts';
import { type Resolved, resolve } from './resolve.ts';
import { similarTo } from './similar.ts';
import { suggest } from './suggest.ts';

export interface Page {
  /** From 0. */
  offset: number;
  limit: number;
}

export interface Catalogue {
  readonly size: number;
  get(id: PaperId): Paper | undefined;
  /**
   * Inserts papers, or replaces those with the same id. Yields often, so that the bot answers meanwhile;
   * one that cannot be indexed goes to `onBadPaper` and the others go on.
   */
  put(papers: readonly Paper[]): Promise<void>;
  remove(id: PaperId): void;
  /**
   * Papers for which the whole query holds, best first, one with exactly that title before all others.
   * When there are none, those that come closest: phrases, fields and exclusions still hold, and of the
   * bare words, spelt as the catalogue spells them, some.
   */
  search(query: Query, page: Page): Promise<Results>;
  /** Papers like this one; each hit's terms are the words they share, weightiest first. */
  similar(id: PaperId, page: Page): Promise<Results>;
  /** By upvotes, then date; published on the UTC day of `since` (ISO 8601) or later. */
  trending(since: string | undefined, page: Page): Results;
  /** For completion: words of titles and names in any order, the last one unfinished. */
  suggest(typed: string, limit: number): Paper[];
  /** The paper meant by an id, a link or words of a title. */
  resolve(text: string): Resolved;
}

/** How long `put` works before it lets others work, in milliseconds. */
const SLICE_MS = 10;

export function createCatalogue({
  now,
  onBadPaper = () => {},
}: {
  now: () => Date;
  /** Told of a paper that cannot be indexed, and why. */
  onBadPaper?: (paper: Paper, error: unknown) => void;
}): Catalogue {
  const entries = new Map<string, Entry>();
  const engine = createEngine();

  function place(given: Paper): void {
    // Our own copy: what the giver changes later must not differ from what is indexed.
    const paper = { ...given };
    const entry = entryOf(paper);
    // Analysed now rather than at the first search, which would have to do it for all at once.
    proseOf(paper);
    const known = entries.get(paper.id);
    if (!known || !isSameText(known.paper, paper)) {
      const { id, title, abstract } = paper;
      if (known) engine.remove(id);
      engine.add({ id, title, abstract, authors: paper.authors.join('\n') });
    }
    entries.set(paper.id, entry);
  }

  return {
    get size() {
      return entries.size;
    },
    get: (id) => entries.get(id)?.paper,

    async put(papers) {
      let since = performance.now();
      for (const paper of papers) {
        try {
          place(paper);
        } catch (error) {
          onBadPaper(paper, error);
        }
        if (performance.now() - since > SLICE_MS) {
          await setImmediate();
          since = performance.now();
        }
      }
    },

    remove(id) {
      if (entries.delete(id)) engine.remove(id);
    },

    async search(query, page) {
      const { hits, exact } = find(query, { entries, engine, now: now() });
      return results(hits, page, exact);
    },

    async similar(id, page) {
      const paper = entries.get(id)?.paper;
      if (!paper) return results([], page, false);
      return results(similarTo(paper, { entries, engine, now: now() }), page, true);
    },

    trending(since, page) {
      const from = since && dayOf(since);
      const found = [...entries.values()]
        .filter(({ paper: { published } }) => !from || (published && dayOf(published) >= from))
        .map(({ paper }) => ({ paper, score: paper.upvotes ?? 0, terms: [] }));
      return results(found.sort(orders.top), page, true);
    },

    suggest: (typed, limit) => suggest(entries.values(), typed, limit),
    resolve: (text) => resolve(text, { entries, engine }),
  };
}

const isSameText = (a: Paper, b: Paper) =>
  a.title === b.title && a.abstract === b.abstract && a.authors.join('\n') === b.authors.join('\n');

function results(hits: readonly Hit[], { offset, limit }: Page, exact: boolean): Results {
  return {
    hits: hits.slice(offset, offset + limit),
    total: hits.length,
    exact: exact && hits.length > 0,
  };
}
