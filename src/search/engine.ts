/**
 * Orama, set up with our analysis and our postings. Knows texts and terms; papers and queries are the
 * catalogue's.
 */
import { count, create, insert, remove, search } from '@orama/orama';
import { isStopWord } from '../text/stopwords.ts';
import { tokens } from '../text/tokens.ts';
import { createPostings, type Weights } from './postings.ts';

export interface Texts {
  id: string;
  title: string;
  abstract: string;
  /** All names; one string, because Orama keeps only the last of a list. */
  authors: string;
}

/** A word of the title says more. */
const usual: Weights = { title: 5, abstract: 1, authors: 1 };

export interface Engine {
  /** The id must be new. */
  add(texts: Texts): void;
  remove(id: string): void;
  /** BM25F scores of all that have one of the terms. */
  rank(terms: readonly string[], weights?: Weights): Map<string, number>;
  /** In how many texts of the field that has it most a term stands. */
  frequency(term: string): number;
  /** Every word ever indexed, unstemmed, with its term. */
  words: ReadonlyMap<string, string>;
}

export function createEngine(): Engine {
  const words = new Map<string, string>();
  const { component, frequency } = createPostings();

  /** Texts are analysed here; what is searched for already is, and comes as terms with spaces between. */
  function tokenize(raw: string, _language?: string, field?: string): string[] {
    if (field === undefined) return raw.split(' ');
    const found = tokens(raw).filter(({ term }) => !isStopWord(term));
    for (const { word, term } of found) words.set(word, term);
    return found.map(({ term }) => term);
  }

  const db = create({
    schema: { title: 'string', abstract: 'string', authors: 'string' } as const,
    // A sort index of every field would be built at the first search that sorts.
    sort: { enabled: false },
    components: {
      index: component,
      tokenizer: { language: 'english', normalizationCache: new Map(), tokenize },
    },
  });

  return {
    words,
    frequency,
    add: (texts) => void settled(insert(db, { ...texts })),
    remove: (id) => void settled(remove(db, id)),
    rank(terms, weights = usual) {
      if (!terms.length) return new Map();
      // All that have any of the terms: whether a whole query holds is decided by its own matching.
      const everything = { threshold: 1, limit: count(db) };
      const term = terms.join(' ');
      const found = settled(search(db, { term, boost: weights, ...everything }));
      return new Map(found.hits.map(({ id, score }) => [id, score]));
    },
  };
}

/** Orama answers at once unless a hook or component of its is async; none of ours is. */
function settled<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new Error('Orama answered later; no component may be async');
  return value;
}
