/** What an edition carries, and why each paper is there. */
import type { Paper } from './paper.ts';
import type { Regard } from './regard.ts';

export interface Pick {
  paper: Paper;
  /** The topics it matches, in the order of the subscriptions. */
  topics: readonly string[];
  /** The analysed words of those topics, to show in bold. */
  terms: readonly string[];
  regard: Regard | undefined;
}

export interface Selection {
  picks: Pick[];
  /** What each topic wants, best first, before its own top-N. */
  lists: { topic: string; papers: Paper[] }[];
  /** All that might be picked, in the order in which room is given to them. */
  order: Paper[];
  /** New papers that were looked at. */
  looked: number;
  /** New papers that matched, picked or not. */
  matched: number;
}

/** The new papers of a channel, by the stage at which topics lose them; each counts once. */
export interface Tally {
  /** All that are new and not withdrawn. */
  all: number;
  /** Of a topic's query, whatever becomes of them. */
  matched: number;
  /** Would match, but for a word that is excluded. */
  excluded: number;
  /** Matched, and shown in the channel already. */
  seen: number;
  /** Matched, with too few upvotes. */
  minimum: number;
  /** Matched, and votes still collect. */
  waiting: number;
}
