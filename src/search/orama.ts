/**
 * Orama on our index: its `search`, `where`, hooks and vectors over the postings, columns and ranking of
 * `index/`. A paper is taken whole when Orama stores it, because Orama's index sees one property at a time;
 * Orama keeps no texts: a
 * document is an identity and what the columns know.
 */
import { components, create, type IDocumentsStore } from '@orama/orama';
import { noPaper } from '../query/ast.ts';
import type { Entry } from './index/entry.ts';
import type { Surroundings } from './index/matcher.ts';
import type { PaperIndex } from './index/paper-index.ts';
import { questionOf } from './index/question.ts';
import { type Ask, type Ranking, rank } from './index/rank.ts';
import { keysWhere } from './index/where.ts';

const schema = {
  title: 'string',
  abstract: 'string',
  authors: 'string[]',
  labels: 'enum[]',
  day: 'number',
  upvotes: 'number',
} as const;

/** What Orama stores as a document: a paper as the index takes it, under its identity. */
export type Document = Omit<Entry, 'key'> & { id: string };

/** A question with more to it than a text, passed to Orama's `search` through `relevance`. */
export interface Wanted {
  ask: Ask;
  about: Surroundings;
  /** Filled in by the search. */
  answer?: Ranking;
}

export function createOrama(papers: PaperIndex, { now }: { now: () => Date }) {
  const stock = components.index.createIndex();
  /** Papers that Orama stored or removed since the index was last brought up to date. */
  const stored = new Map<number, Entry>();
  const removed = new Set<number>();

  /** What is to be put; what is to be removed is. */
  function taken(): Entry[] {
    if (removed.size) papers.remove([...removed]);
    const entries = [...stored.values()];
    removed.clear();
    stored.clear();
    return entries;
  }

  /** Brings the index up to date, at once: for few. */
  function flush(): void {
    const entries = taken();
    if (entries.length) papers.put(entries);
  }

  /** The same for many, beside other work; what comes meanwhile is for the next. */
  const flushMany = () => papers.putMany(taken());

  const index: typeof stock = {
    ...stock,
    create(orama, ids) {
      const store = stock.create(orama, ids, {});
      store.searchableProperties.push(...Object.keys(schema));
      Object.assign(store.searchablePropertiesWithTypes, schema);
      return store;
    },
    insert() {},
    remove: () => true,
    search(
      _index,
      term,
      _tokenizer,
      _language,
      _names,
      _exact,
      _tolerance,
      _boost,
      given,
      _n,
      only,
    ) {
      flush();
      // Orama passes on whatever else stands in a search's `relevance`.
      const { wanted } = given as typeof given & { wanted?: Wanted };
      const question = wanted?.ask.question ?? questionOf([term]);
      // Orama counts what it is given, and makes facets of it.
      const plain: Ask = { question, where: noPaper, beyond: 'anything', first: papers.size };
      const ask = wanted?.ask ?? plain;
      const about = wanted?.about ?? { now: now(), keyOf: () => undefined };
      const ranking = rank(papers, { ...ask, only: only ?? ask.only }, about);
      if (wanted) wanted.answer = ranking;
      // Orama sorts by score, and these are in order already.
      const last = ranking.papers.length;
      return ranking.papers.map(({ key, score }, i) => [key, wanted ? last - i : score]);
    },
    searchByWhereClause(_index, _tokenizer, filters) {
      flush();
      return keysWhere(papers, filters);
    },
  };

  const documentsStore: IDocumentsStore = {
    create: () => ({ docs: {} }),
    get: (_, id) => ({
      id: db.internalDocumentIDStore.internalIdToId[Number(id) - 1] ?? id,
      ...papers.columnsOf(Number(id)),
    }),
    getMultiple: (store, ids) => ids.map((id) => documentsStore.get(store, id)),
    getAll: () => ({}),
    store(_, _id, key, document) {
      const { title, abstract, authors, labels, day, upvotes } = document;
      removed.delete(key);
      stored.set(key, { key, title, abstract, authors, labels, day, upvotes });
      return true;
    },
    remove(_, _id, key) {
      stored.delete(key);
      removed.add(key);
      return true;
    },
    count: () => papers.size,
    load: () => ({ docs: {} }),
    save<R>() {
      return {} as R;
    },
  };

  const db = create({ schema, sort: { enabled: false }, components: { index, documentsStore } });
  return { db, flush, flushMany };
}
