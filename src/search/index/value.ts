/** What papers are ordered by. */
import type { Sort } from '../../query/ast.ts';
import { NO_DAY, type Segment } from './segment.ts';

/** Among equals of one day or one count, what else orders them adds less than one. */
const squash = (score: number) => score / (score + 10);
const DAYS = 100_000;

/** Larger is earlier. Papers without a date or a count come last. */
export function valueBy(
  sort: Sort,
  { days, upvotes }: Segment,
): (paper: number, score: number) => number {
  switch (sort) {
    case 'relevance':
      return (_, score) => score;
    case 'new':
      return (paper, score) => (days[paper] ?? 0) + squash(score);
    case 'top':
      return (paper) => (upvotes[paper] ?? 0) + Math.max(0, days[paper] ?? 0) / DAYS;
  }
}

/** The most that being new, and that being upvoted, adds to a score: enough between equals only. */
const NUDGE = 0.03;
const DAY_MS = 86_400_000;
/** After as many days the advantage of being new has halved. */
const HALF_LIFE_DAYS = 365;
/** More upvotes than a thousand add nothing. */
const UPVOTES_FULL = Math.log1p(1_000);

/** The factor to a paper's score that decides between nearly equal ones. */
export function nudge({ days, upvotes }: Segment, paper: number, now: Date): number {
  const day = days[paper] ?? NO_DAY;
  const age = Math.max(0, now.getTime() / DAY_MS - day);
  const recency = day === NO_DAY ? 0 : 2 ** (-age / HALF_LIFE_DAYS);
  const votes = Math.log1p(Math.max(0, upvotes[paper] ?? 0)) / UPVOTES_FULL;
  return 1 + NUDGE * recency + NUDGE * Math.min(1, votes);
}
