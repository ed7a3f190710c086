import MiniSearch, { type SearchResult } from 'minisearch';
import { dayOf, type Peer } from './peer.ts';

export function createPeer(): Peer {
  const index = new MiniSearch({
    fields: ['title', 'abstract', 'authors'],
    storeFields: ['categories', 'day'],
  });
  return {
    build(papers) {
      index.addAll(
        papers.map(({ id, title, abstract, authors, categories, published }) => ({
          id,
          title,
          abstract,
          authors: authors.join(' '),
          categories,
          day: dayOf(published),
        })),
      );
    },
    search({ text, category, since, meant }) {
      const filter = ({ categories, day }: SearchResult) =>
        categories.includes(category) && day >= dayOf(since);
      return index
        .search(text, { ...(category && { filter }), ...(meant && { fuzzy: 1 }) })
        .slice(0, 10);
    },
  };
}
