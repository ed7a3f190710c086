/** The catalogue as answers need it: search and answers know nothing of each other. */
import type { Library } from '../answer/answers.ts';
import type { Topics } from '../model/topic.ts';
import { parseQuery } from '../query/parse.ts';
import type { Catalogue } from '../search/catalogue.ts';

/** `topics` are those that a topic's query may name. */
export function libraryOf(catalogue: Catalogue, topics: Topics): Library {
  return {
    rarity: () => ({ papers: catalogue.size, having: catalogue.having }),
    async find(question, { topic, within }, limit) {
      const where = topic === undefined ? undefined : parseQuery(topic, topics).where;
      const page = { offset: 0, limit };
      const { hits, total } = await catalogue.about(question, { where, within }, page);
      return { found: hits, searched: total };
    },
  };
}
