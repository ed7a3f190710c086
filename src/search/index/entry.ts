/** A paper as the index takes it. */
import type { Paper } from '../../model/paper.ts';
import { dayOf } from '../../query/period.ts';
import { dayNumber } from './day.ts';
import { labelsOf } from './labels.ts';

export interface Entry {
  key: number;
  title: string;
  abstract: string;
  authors: readonly string[];
  /** See `labels.ts`. */
  labels: string[];
  /** Days since 1970. */
  day?: number | undefined;
  upvotes?: number | undefined;
}

export function entryOf(paper: Paper, key: number): Entry {
  const { title, abstract, authors, published, upvotes } = paper;
  const day = published === undefined ? undefined : dayNumber(dayOf(published));
  return { key, title, abstract, authors, labels: labelsOf(paper), day, upvotes };
}
