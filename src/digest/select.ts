/** Which papers an edition carries, and why each is there. Pure. */
import type { Paper, PaperId } from '../model/paper.ts';
import type { Pick, Selection } from '../model/pick.ts';
import type { Query } from '../query/ast.ts';
import { matches } from '../query/match.ts';
import { termsOf, wantedWords } from '../query/terms.ts';

/** A subscription whose query is parsed. */
export interface Wanted {
  topic: string;
  query: Query;
  top: number | undefined;
  minUpvotes: number | undefined;
}

/** Whether a query holds for a paper; may remember. */
export type Holds = (query: Query, paper: Paper, now: Date) => boolean;

const matching: Holds = (query, paper, now) => matches(query, paper, { now });

/**
 * The best unseen papers of every topic: each topic ranks its own (upvotes, then date) and keeps its top-N;
 * then the topics take turns until the edition is full, so that no busy topic crowds out a quiet one.
 */
export function select(input: {
  wanted: readonly Wanted[];
  papers: readonly Paper[];
  seen: ReadonlySet<PaperId>;
  top: number;
  now: Date;
  holds?: Holds;
}): Selection {
  const { wanted, seen, top, now, holds = matching } = input;
  const papers = input.papers.filter(
    (paper) => !seen.has(paper.id) && paper.withdrawn === undefined,
  );
  const lists = wanted.map((want) =>
    papers.filter((paper) => wants(want, paper, { now, holds })).sort(byMerit),
  );
  const queues = lists.map((queue, i) => queue.slice(0, wanted[i]?.top ?? top));
  const picked = new Map<PaperId, Paper>();
  for (let turn = 0; picked.size < top && queues.some((queue) => turn < queue.length); turn++) {
    for (const queue of queues) {
      const paper = queue[turn];
      if (paper && picked.size < top) picked.set(paper.id, paper);
    }
  }
  return {
    picks: explain([...picked.values()].sort(byMerit), wanted, now),
    looked: papers.length,
    matched: new Set(lists.flat()).size,
  };
}

/** Papers with the topics that want them, in the same order. */
export function explain(papers: readonly Paper[], wanted: readonly Wanted[], now: Date): Pick[] {
  return papers.map((paper) => {
    const why = wanted.filter((want) => wants(want, paper, { now, holds: matching }));
    const words = why.flatMap(({ query }) => wantedWords(query.where));
    return { paper, topics: why.map(({ topic }) => topic), terms: termsOf(words) };
  });
}

function wants(
  { query, minUpvotes = 0 }: Wanted,
  paper: Paper,
  { now, holds }: { now: Date; holds: Holds },
): boolean {
  return (paper.upvotes ?? 0) >= minUpvotes && holds(query, paper, now);
}

function byMerit(a: Paper, b: Paper): number {
  return (
    (b.upvotes ?? 0) - (a.upvotes ?? 0) ||
    compare(b.published ?? '', a.published ?? '') ||
    compare(a.id, b.id)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
