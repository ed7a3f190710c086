/** In which order found papers come. */
import type { Hit } from '../model/hit.ts';
import type { Paper } from '../model/paper.ts';
import type { Sort } from '../query/ast.ts';
import { dayOf } from '../query/period.ts';

/** The most that being new, and that being upvoted, adds to a score: enough between equals only. */
const NUDGE = 0.03;
const DAY_MS = 86_400_000;
/** After as many days the advantage of being new has halved. */
const HALF_LIFE_DAYS = 365;
/** From this many upvotes on, more add nothing. */
const UPVOTES_FULL = 1_000;

/** The score with the nudge that decides between nearly equal ones. */
export function nudged(score: number, { published, upvotes = 0 }: Paper, now: Date): number {
  const days = published
    ? (now.getTime() - Date.parse(published)) / DAY_MS
    : Number.POSITIVE_INFINITY;
  const recency = days >= 0 ? 2 ** (-days / HALF_LIFE_DAYS) : 1;
  const votes = Math.min(1, Math.log1p(upvotes) / Math.log1p(UPVOTES_FULL));
  return score * (1 + NUDGE * recency + NUDGE * votes);
}

type Order = (a: Hit, b: Hit) => number;

const byScore: Order = (a, b) => b.score - a.score;
const byUpvotes: Order = (a, b) => (b.paper.upvotes ?? -1) - (a.paper.upvotes ?? -1);
const byDay: Order = (a, b) => compare(day(b.paper), day(a.paper));
const byId: Order = (a, b) => compare(a.paper.id, b.paper.id);

/** Complete orders: no two papers are equal, so that pages never overlap. */
export const orders: Readonly<Record<Sort, Order>> = {
  relevance: (a, b) => byScore(a, b) || byDay(a, b) || byUpvotes(a, b) || byId(a, b),
  new: (a, b) => byDay(a, b) || byScore(a, b) || byUpvotes(a, b) || byId(a, b),
  top: (a, b) => byUpvotes(a, b) || byDay(a, b) || byScore(a, b) || byId(a, b),
};

const day = ({ published }: Paper) => (published ? dayOf(published) : '');
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
