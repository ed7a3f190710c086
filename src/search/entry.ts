/** A paper in the catalogue, with what is looked up of it besides its text. */
import type { Paper } from '../model/paper.ts';
import { isStopWord } from '../text/stopwords.ts';
import { readings, tokens } from '../text/tokens.ts';

export interface Entry {
  paper: Paper;
  /** The title as `titleKey` gives it. */
  title: string;
  /** Words of title, authors and id, then their terms, each between spaces, for completion. */
  completion: string;
}

export function entryOf(paper: Paper): Entry {
  const found = tokens([paper.title, ...paper.authors].join('\n'));
  const words = [...found.map(({ word }) => word), paper.id.slice(paper.id.indexOf(':') + 1)];
  const completion = ` ${[...words, ...found.map(({ term }) => term)].join(' ')} `;
  return { paper, title: titleKey(paper.title), completion };
}

/** Equal for texts that say the same title: its terms in order, without stop words where others remain. */
export function titleKey(text: string): string {
  const terms = readings(text).apart.map(({ term }) => term);
  const telling = terms.filter((term) => !isStopWord(term));
  return (telling.length ? telling : terms).join(' ');
}
