/** What finds the papers of a shelf that satisfy a condition. */
import type { PaperId } from '../../model/paper.ts';
import type { About } from '../../query/match.ts';
import type { Papers } from './paper-lists.ts';

/** May name papers that are gone. */
export interface Matcher {
  /** At least as many papers as there are. */
  most: number;
  /** Whether it reads papers word by word, one after the other. */
  isRead?: boolean;
  list(): Papers;
  /** Those of a list that satisfy it. */
  keep(papers: Papers): Papers;
}

export interface Surroundings extends About {
  keyOf(id: PaperId): number | undefined;
}
