/**
 * All papers the bot knows, searched in memory: looked up, ranked and compared. Whoever owns the database
 * puts them here, and hands out their texts, of which memory holds only the words.
 */
import type { Results } from '../model/hit.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import { type Condition, noPaper, type Query } from '../query/ast.ts';
import type { Asker } from '../query/match.ts';
import { dayOf } from '../query/period.ts';
import { orderOf, wantedWords, withoutWords } from '../query/terms.ts';
import { createEngine, type Found, type Saved } from './engine.ts';
import { find } from './find.ts';
import { fused } from './hybrid.ts';
import { type BuildOptions, build, type PapersAt } from './index/build.ts';
import { patiently } from './index/patience.ts';
import { questionOf } from './index/question.ts';
import { similarTo } from './index/similar.ts';
import { loadSnapshot, saveSnapshot } from './index/snapshot.ts';
import { suggest } from './index/suggest.ts';
import { type Meaning, nearTo } from './near.ts';
import { resolve } from './resolve.ts';

export interface Page {
  /** From 0. */
  offset: number;
  limit: number;
}

export type Resolved =
  | { kind: 'one'; paper: Paper }
  /** Best first. */
  | { kind: 'many'; papers: Paper[] }
  | { kind: 'none'; nearest: Paper[] };

/** Where an index lies on disk, and of which database it is. */
export interface Snapshot {
  file: string;
  /** Another one for every database. */
  database: string;
}

export interface Catalogue {
  readonly size: number;
  /** The papers that are known, in the order asked for. */
  papers(ids: readonly PaperId[]): Promise<Paper[]>;
  /**
   * Makes papers findable, or replaces those with the same id. Yields often, so that the bot answers
   * meanwhile; one that cannot be indexed goes to `onBadPaper` and the others go on.
   */
  put(papers: readonly Paper[]): Promise<void>;
  remove(id: PaperId): void;
  /**
   * Papers for which the whole query holds, best first, one with exactly that title before all others, or newest
   * first where no words rank them. When there are none, those that come closest, words spelt as the catalogue
   * spells them: fields and exclusions still hold, phrases too where any paper has them, and of the bare words some.
   * With `goesOn`, those that come closest follow the others too, beyond `total`; `asTyped`, no word is taken for a
   * slip. `asker` is whom `seen:here` and `saved:me` are about.
   */
  search(
    query: Query,
    page: Page & {
      goesOn?: boolean;
      asTyped?: boolean | undefined;
      asker?: Asker | undefined;
    },
  ): Promise<Results>;
  /**
   * Papers that speak of what a text in plain words speaks of, best first; `total` is how many were looked
   * through: all, or those for which `where` holds, or those of `within`.
   */
  about(
    text: string,
    among: { where?: Condition | undefined; within?: readonly PaperId[] | undefined },
    page: Page,
  ): Promise<Results>;
  /** How many papers have a term (see `text/tokens`) in their title or abstract. */
  having(term: string): number;
  /** Papers like this one, its copies apart; each hit's terms are the words they share, weightiest first. */
  similar(id: PaperId, page: Page): Promise<Results>;
  /** By upvotes, then date; published on the UTC day of `since` (ISO 8601) or later. */
  trending(since: string | undefined, page: Page): Promise<Results>;
  /** For completion: words of titles and names in any order, the last one unfinished. */
  suggest(typed: string, limit: number): Promise<Paper[]>;
  /** The paper meant by an id, a link or words of a title. */
  resolve(text: string): Promise<Resolved>;
  /** Takes everything from a snapshot, and gives the revision it was saved with, or says why it cannot. */
  open(snapshot: Snapshot): Promise<{ revision: number } | { reason: string }>;
  /** Indexes all papers anew in a worker thread; until that is done, those there were are found. */
  build(papers: PapersAt, options?: BuildOptions): Promise<void>;
  clear(): void;
  /** Saves everything as it is when this is called; `revision` says when that was. */
  save(snapshot: Snapshot & { revision: number }): Promise<void>;
}

/** As many papers with the words are put in order with those near in meaning. */
const FUSED = 100;
/** Of a longer text the beginning tells what it is about; UTF-16 units. */
const ABOUT_MAX = 2_000;
/** Papers that `put` indexes together; more of them would wait for long to be found. */
const TOGETHER = 500;

export function createCatalogue({
  now,
  fetch,
  meaning,
  onBadPaper = () => {},
}: {
  now: () => Date;
  /** The papers with these identities, in any order. */
  fetch: (ids: readonly PaperId[]) => Promise<Paper[]>;
  /** Default: words alone. */
  meaning?: Meaning | undefined;
  /** Told of a paper that cannot be indexed, and why. */
  onBadPaper?: (id: PaperId, error: unknown) => void;
}): Catalogue {
  let engine = createEngine({ now });

  async function papers(ids: readonly PaperId[]): Promise<Paper[]> {
    if (!ids.length) return [];
    const fetched = new Map((await fetch(ids)).map((paper) => [paper.id, paper]));
    return ids.flatMap((id) => fetched.get(id) ?? []);
  }

  async function adopt(saved: Saved): Promise<void> {
    const next = createEngine({ now });
    await next.adopt(saved);
    engine = next;
  }

  /** A page of what was found, its papers fetched. */
  async function results(
    found: readonly (Found & { terms: readonly string[] })[],
    finding: Omit<Results, 'hits' | 'copies'>,
    { offset, limit }: Page,
  ): Promise<Results> {
    const { total, exact, meant, isMeant, onlyNear, inBothForms, unchecked, unranked } = finding;
    const shown = new Map(found.slice(offset, offset + limit).map((each) => [each.id, each]));
    const hits = (await papers([...shown.keys()])).flatMap((paper) => {
      const { score, terms } = shown.get(paper.id) ?? { score: 0, terms: [] };
      return { paper, score, terms };
    });
    return {
      hits,
      total,
      exact: exact && total > 0,
      ...(meant && { meant, isMeant }),
      ...(onlyNear && { onlyNear }),
      ...(inBothForms && { inBothForms }),
      ...(unchecked && { unchecked }),
      ...(unranked && { unranked }),
    };
  }

  return {
    get size() {
      engine.flush();
      return engine.index.size;
    },
    papers,

    async put(given) {
      for (let start = 0; start < given.length; start += TOGETHER) {
        for (const paper of given.slice(start, start + TOGETHER)) {
          try {
            engine.add(paper);
          } catch (error) {
            onBadPaper(paper.id, error);
          }
        }
        await engine.flushMany();
      }
    },

    remove(id) {
      engine.remove(id);
    },

    async search(query, page) {
      const { goesOn, asker, asTyped } = page;
      const { where } = query;
      const isPlain = orderOf(query) === 'relevance' && wantedWords(where, ['word']).length > 0;
      const near = isPlain
        ? await nearTo(wantedWords(where).join(' '), meaning, () =>
            patiently(() => engine.holds(where && withoutWords(where), asker)),
          )
        : [];
      const first = Math.max(page.offset + page.limit, near.length && FUSED);
      const { found, terms, ...finding } = await patiently(() =>
        find(query, engine, { first, goesOn, asker, asTyped }),
      );
      const shown = fused(found, near).map((each) => ({ ...each, terms }));
      if (!near.length) return results(shown, finding, page);
      const isHeld = finding.exact || finding.isMeant;
      if (!isHeld) {
        return results(shown, { ...finding, total: Math.max(finding.total, shown.length) }, page);
      }
      const holds = await patiently(() => engine.holds(finding.where, asker));
      const onlyNear = near.filter((id) => !holds(id)).length;
      const total = finding.total + onlyNear;
      return results(shown, { ...finding, total, onlyNear }, page);
    },

    async about(text, { where, within }, page) {
      const near = await nearTo(text, meaning, async () => {
        const holds = await patiently(() => engine.holds(where));
        const named = within && new Set(within);
        return (id) => holds(id) && (named?.has(id) ?? true);
      });
      engine.flush();
      // The title of a paper is not the only thing it can be about.
      const question = {
        ...questionOf([text.slice(0, ABOUT_MAX)], engine.index.abbreviations),
        title: 0,
      };
      const only = within && new Set(within.flatMap((id) => engine.keyOf(id) ?? []));
      const first = Math.max(page.offset + page.limit, near.length && FUSED);
      // Where all may come, those with a word are found faster than all are ranked.
      const condition = where ?? (only ? undefined : noPaper);
      const beyond = condition === noPaper ? ('anything' as const) : undefined;
      const ranked = await patiently(() =>
        engine.search({ question, where: condition, beyond, only, first }),
      );
      const terms = [...question.terms.keys()];
      const speaking = ranked.found.filter(({ score }) => score > 0);
      const found = fused(speaking, near).map((each) => ({ ...each, terms }));
      const total = beyond ? engine.index.size : ranked.holding;
      return results(found, { total, exact: true }, page);
    },

    having(term) {
      return engine.index.having(term);
    },

    async similar(id, page) {
      const key = engine.keyOf(id);
      if (key === undefined) return results([], { total: 0, exact: false }, page);
      engine.flush();
      const about = { now: now(), keyOf: engine.keyOf };
      const { others, copies } = similarTo(key, engine.index, about);
      const found = others.map((each) => ({ ...each, id: engine.idOf(each.key) }));
      const similar = await results(found, { total: found.length, exact: true }, page);
      return { ...similar, copies: await papers(copies.map(engine.idOf)) };
    },

    async trending(since, page) {
      const where: Condition | undefined = since
        ? { kind: 'since', period: dayOf(since) }
        : undefined;
      const first = page.offset + page.limit;
      const ask = { question: questionOf([]), where, sort: 'top', first } as const;
      const { found, holding } = engine.search(ask);
      const shown = found.map((each) => ({ ...each, terms: [] }));
      return results(shown, { total: holding, exact: true }, page);
    },

    suggest(typed, limit) {
      engine.flush();
      const ids = suggest(engine.index, typed, limit).map(engine.idOf);
      return papers([...new Set([...engine.idsBegun(typed, limit), ...ids])].slice(0, limit));
    },

    async resolve(text) {
      engine.flush();
      const resolved = resolve(text, engine);
      if ('nearest' in resolved) return { kind: 'none', nearest: await papers(resolved.nearest) };
      const [first, ...others] = await papers(resolved.meant);
      if (!first) return { kind: 'none', nearest: [] };
      return others.length
        ? { kind: 'many', papers: [first, ...others] }
        : { kind: 'one', paper: first };
    },

    async open({ file, database }) {
      const loaded = await loadSnapshot(file, database);
      if ('reason' in loaded) return loaded;
      // Whoever wrote this version of a snapshot wrote this.
      const { revision, saved } = loaded.value as { revision: number; saved: Saved };
      await adopt(saved);
      return { revision };
    },

    async build(papersAt, options) {
      await adopt({ ...(await build(papersAt, { onBadPaper, ...options })), gone: [] });
    },

    clear() {
      engine = createEngine({ now });
    },

    async save({ file, database, revision }) {
      await saveSnapshot(file, database, { revision, saved: await engine.saved() });
    },
  };
}
