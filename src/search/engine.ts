/** Papers found by identity: Orama, our index under it, and the keys by which the index knows papers. */
import { insert, search } from '@orama/orama';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Condition } from '../query/ast.ts';
import type { Asker } from '../query/match.ts';
import { sliced } from '../sliced.ts';
import { Bitset } from './index/bitset.ts';
import type { Built } from './index/build.ts';
import { entryOf } from './index/entry.ts';
import { KeySet } from './index/key-set.ts';
import { eachId, packIds } from './index/paper-ids.ts';
import { PaperIndex } from './index/paper-index.ts';
import { type Ask, papersFor } from './index/rank.ts';
import { Shelf } from './index/shelf.ts';
import { createOrama, type Wanted } from './orama.ts';

export interface Found {
  id: PaperId;
  score: number;
}

export interface Engine {
  readonly index: PaperIndex;
  /** Adds or replaces a paper; it is found from the next `flush` or search on. Throws when it is none. */
  add(paper: Paper): void;
  /** Makes what was added findable, at once: for few. */
  flush(): void;
  /** The same for many, beside other work; what was added is found when it is over. */
  flushMany(): Promise<void>;
  remove(id: PaperId): void;
  search(ask: Ask): { found: Found[]; holding: number; beyond: number };
  /** Tells of papers whether they are there and a condition holds; undefined holds of all. */
  holds(where: Condition | undefined, asker?: Asker): (id: PaperId) => boolean;
  keyOf(id: string): number | undefined;
  idOf(key: number): PaperId;
  /** Identities begun by what was typed, `2407.09` or `arxiv:2407.09`. */
  idsBegun(typed: string, limit: number): PaperId[];
  /** Takes a whole index made elsewhere, in slices; nothing was added before. */
  adopt(made: Saved): Promise<void>;
  /** Everything that a snapshot holds, as it is when this is called. */
  saved(): Promise<Saved>;
}

/** Enough of an arXiv id or a DOI to be no number or year. */
const BEGUN_ID = /^(?:arxiv:)?\d{4}\.\d|^(?:doi:)?10\.\d{4}|^[a-z-]+\/\d{3}/;

/** An index as it travels. */
export interface Saved extends Built {
  /** Papers of each segment that are gone. */
  gone: Uint32Array<ArrayBuffer>[];
}

export function createEngine({ now }: { now: () => Date }): Engine {
  const index = new PaperIndex();
  const { db, flush, flushMany } = createOrama(index, { now });
  const { idToInternalId, internalIdToId } = db.internalDocumentIDStore;
  const keyOf = (id: string) => idToInternalId.get(id);
  // Orama got its identities from papers.
  const idOf = (key: number) => (internalIdToId[key - 1] ?? '') as PaperId;

  return {
    index,
    flush,
    flushMany,
    keyOf,
    idOf,

    idsBegun(typed, limit) {
      const begun = typed.trim().toLowerCase();
      const found: PaperId[] = [];
      if (!BEGUN_ID.test(begun)) return found;
      for (const [i, id] of internalIdToId.entries()) {
        if (found.length === limit) break;
        const isSo = id.startsWith(begun) || id.startsWith(begun, id.indexOf(':') + 1);
        if (isSo && index.place(i + 1)) found.push(idOf(i + 1));
      }
      return found;
    },

    add(paper) {
      const { day, upvotes, title, abstract, labels } = entryOf(paper, 0);
      const { authors } = paper;
      const numbers = {
        ...(day !== undefined && { day }),
        ...(upvotes !== undefined && { upvotes }),
      };
      settled(insert(db, { id: paper.id, title, abstract, authors, labels, ...numbers }));
    },

    remove(id) {
      const key = keyOf(id);
      if (key !== undefined) settled(db.documentsStore.remove(db.data.docs, id, key));
    },

    search(ask) {
      const wanted: Wanted = { ask, about: { now: now(), keyOf, asker: ask.asker } };
      const relevance = { k: 0, b: 0, d: 0, wanted };
      // The answer comes with its papers: Orama need not look its documents up.
      settled(search(db, { term: '*', preflight: true, relevance }));
      const { papers = [], holding = 0, beyond = 0 } = wanted.answer ?? {};
      return { found: papers.map(({ key, score }) => ({ id: idOf(key), score })), holding, beyond };
    },

    holds(where, asker) {
      flush();
      const keys = new KeySet(index.largestKey);
      for (const shelf of index.shelves) {
        for (const paper of papersFor(where, shelf, { now: now(), keyOf, asker })) {
          keys.add(shelf.segment.keys[paper] ?? 0);
        }
      }
      return (id) => keys.has(keyOf(id) ?? 0);
    },

    async adopt({ segments, gone, ids, abbreviations }) {
      await sliced(index.abbreviations.adding(abbreviations));
      const take = (id: string) => {
        internalIdToId.push(id);
        idToInternalId.set(id, internalIdToId.length);
      };
      await sliced(eachId(ids, take));
      for (const [i, segment] of segments.entries()) {
        const shelf = new Shelf(segment);
        await sliced(shelf.removing(new Bitset(gone[i] ?? 0).list()));
        index.take(segment, shelf);
      }
    },

    async saved() {
      flush();
      const { shelves } = index;
      const ids = [...internalIdToId];
      const taken = {
        // What changes in place is copied, so that what is written is of one moment.
        segments: shelves.map(({ segment }) => ({
          ...segment,
          days: segment.days.slice(),
          upvotes: segment.upvotes.slice(),
        })),
        gone: shelves.map(({ gone }) => gone.bits.slice()),
        abbreviations: index.abbreviations.met(),
      };
      return { ...taken, ids: await sliced(packIds(ids)) };
    },
  };
}

/** Orama answers at once unless a hook or component of its is async; none of ours is. */
function settled<T>(value: T | PromiseLike<T>): T {
  if (isLater(value)) throw new Error('Orama answered later; no component may be async');
  return value;
}

const isLater = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof value === 'object' && value !== null && 'then' in value;
