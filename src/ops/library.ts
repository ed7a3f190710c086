/** The catalogue as answers need it, and the whole texts that are stored: search and answers know nothing of each other. */
import type { Library } from '../answer/answers.ts';
import type { FullTexts } from '../command/full-texts.ts';
import { placedSections } from '../model/full-text.ts';
import type { Topics } from '../model/topic.ts';
import { parseQuery } from '../query/parse.ts';
import type { Catalogue } from '../search/catalogue.ts';

export interface Shelves {
  fullTexts?: Pick<FullTexts, 'stored'>;
  /** Those that a topic's query may name. */
  topics?: Topics;
}

export function libraryOf(catalogue: Catalogue, { fullTexts, topics }: Shelves = {}): Library {
  return {
    rarity: () => ({ papers: catalogue.size, having: catalogue.having }),
    async find(question, { topic, within }, limit) {
      const where = topic === undefined ? undefined : parseQuery(topic, topics).where;
      const page = { offset: 0, limit };
      const { hits, total } = await catalogue.about(question, { where, within }, page);
      return { found: hits, searched: total };
    },
    ...(fullTexts && {
      async texts(papers) {
        const texts = await fullTexts.stored(papers);
        return new Map([...texts].map(([id, text]) => [id, { sections: placedSections(text) }]));
      },
    }),
  };
}
