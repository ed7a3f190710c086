import FlexSearch from 'flexsearch';
import { dayOf, type Peer } from './peer.ts';

/** Candidates among which a filter looks: the index has none of its own for numbers. */
const FILTERED = 5_000;

export function createPeer(): Peer {
  const index = new FlexSearch.Index({
    tokenize: 'strict',
    encoder: FlexSearch.Charset.LatinBalance,
  });
  const numbers = new Map<number, { categories: string[]; day: number }>();
  return {
    build(papers) {
      for (const [i, { title, abstract, authors, categories, published }] of papers.entries()) {
        index.add(i, `${title} ${abstract} ${authors.join(' ')}`);
        numbers.set(i, { categories, day: dayOf(published) });
      }
    },
    search({ text, category, since }) {
      if (!category) return index.search(text, { limit: 10, suggest: true });
      return [...index.search(text, { limit: FILTERED, suggest: true })]
        .filter((id) => {
          const paper = numbers.get(Number(id));
          return paper?.categories.includes(category) && paper.day >= dayOf(since);
        })
        .slice(0, 10);
    },
  };
}
