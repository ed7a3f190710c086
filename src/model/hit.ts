/** A paper that a search found, and why. */
import type { Paper } from './paper.ts';

export interface Hit {
  paper: Paper;
  /** Larger is better; comparable within one search only. */
  score: number;
  /** Analysed words of the query (see `text/tokens`) to show in bold. */
  terms: readonly string[];
}

/** A page of hits. */
export interface Results {
  hits: Hit[];
  total: number;
  /** False when no paper satisfies the whole query and these only come closest. */
  exact: boolean;
  /** How many of `total` lack some of the words and are only near in meaning. */
  onlyNear?: number | undefined;
  /** A query with the same words as the catalogue spells them, where hardly any paper has one of them as typed. */
  meant?: string | undefined;
  /** Whether these are the papers for which `meant` holds, since none has the words as typed. */
  isMeant?: boolean | undefined;
  /** The query with its abbreviations written out beside them, and the other way round. */
  inBothForms?: string | undefined;
  /** Words that hardly any paper has and that were not looked at as slips, since so many were. */
  unchecked?: number | undefined;
  /** Words that papers were not ranked by, the commonest of very many. */
  unranked?: number | undefined;
  /** Papers that are nearly the one that others are like, and not among the hits. */
  copies?: Paper[];
}
