/** What an edition carries, and why each paper is there. */
import type { Paper } from './paper.ts';

export interface Pick {
  paper: Paper;
  /** The topics it matches, in the order of the subscriptions. */
  topics: readonly string[];
  /** The analysed words of those topics, to show in bold. */
  terms: readonly string[];
}

export interface Selection {
  picks: Pick[];
  /** All that might be picked, in the order in which room is given to them. */
  order: Paper[];
  /** New papers that were looked at. */
  looked: number;
  /** New papers that matched, picked or not. */
  matched: number;
}
