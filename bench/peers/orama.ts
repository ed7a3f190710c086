import { create, insertMultiple, search } from '@orama/orama';
import { dayOf, type Peer } from './peer.ts';

export function createPeer(): Peer {
  const schema = {
    title: 'string',
    abstract: 'string',
    authors: 'string',
    categories: 'enum[]',
    day: 'number',
  } as const;
  const db = create({ schema, sort: { enabled: false } });
  return {
    async build(papers) {
      const documents = papers.map(({ id, title, abstract, authors, categories, published }) => ({
        id,
        title,
        abstract,
        authors: authors.join(' '),
        categories,
        day: dayOf(published),
      }));
      await insertMultiple(db, documents);
    },
    search({ text, category, since, meant }) {
      const where =
        category && since
          ? { categories: { containsAny: [category] }, day: { gte: dayOf(since) } }
          : {};
      return search(db, { term: text, limit: 10, where, ...(meant && { tolerance: 1 }) });
    },
  };
}
