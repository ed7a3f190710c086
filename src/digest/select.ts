/** Which papers an edition carries, and why each is there. Pure. */
import type { Paper, PaperId } from '../model/paper.ts';
import type { Pick, Selection } from '../model/pick.ts';
import { isDeclined, type Regard, standing } from '../model/regard.ts';
import type { Query } from '../query/ast.ts';
import type { Test } from '../query/match.ts';
import { termsOf, wantedWords } from '../query/terms.ts';

/** A subscription whose query is parsed. */
export interface Wanted {
  topic: string;
  query: Query;
  top: number | undefined;
  minUpvotes: number | undefined;
}

/** Gives the test of a query. */
export type TestOf = (query: Query) => Test;

/** What people of the channel say of papers. */
export type Regards = ReadonlyMap<PaperId, Regard>;

/** The papers that an edition may carry, and what it takes to tell. */
export interface Candidates {
  papers: readonly Paper[];
  /** Papers that the channel was shown. */
  seen: ReadonlySet<PaperId>;
  testOf: TestOf;
}

/** How many papers, and which of them come first. */
export interface Choice {
  top: number;
  /** `turns`: the topics take turns, so that no busy one crowds out a quiet one; `votes`: the most upvoted of all. */
  by: 'turns' | 'votes';
}

/**
 * The best unseen papers of every topic: each topic ranks its own (upvotes, then what the channel says, then
 * date) and keeps its top-N, of which the edition takes its own. What the channel declined comes after all else.
 */
export function select(
  input: Candidates & { wanted: readonly Wanted[]; regards: Regards; choice: Choice },
): Selection {
  const { wanted, papers, seen, regards, choice, testOf } = input;
  const byMerit = merit(regards);
  const declined = ({ id }: Paper) => Number(isDeclined(regards.get(id)));
  const asked = wanted.map((want) => ({ ...want, holds: wants(want, testOf(want.query)) }));
  const open = papers.filter(isOpen(seen));
  // Put in order once: what is left of them for a topic is in order too.
  const matched = open.filter((paper) => asked.some(({ holds }) => holds(paper))).sort(byMerit);
  const lists = asked.map(({ topic, top, holds }) => ({
    topic,
    papers: matched.filter(holds),
    top,
  }));
  const kept = lists.map((list) => list.papers.slice(0, list.top));
  const order =
    choice.by === 'turns'
      ? inTurns(kept).sort((a, b) => declined(a) - declined(b))
      : [...new Set(kept.flat())].sort(byMerit);
  return {
    picks: explain(order.slice(0, choice.top).sort(byMerit), asked, regards),
    order,
    lists,
    looked: open.length,
    matched: matched.length,
  };
}

/** The papers that a topic wants and the channel has not seen, in their order. */
export function openTo(want: Wanted, { papers, seen, testOf }: Candidates): Paper[] {
  return papers.filter(wants(want, testOf(want.query))).filter(isOpen(seen));
}

const isOpen =
  (seen: ReadonlySet<PaperId>): Test =>
  ({ id, withdrawn }) =>
    withdrawn === undefined && !seen.has(id);

/** The first of every list, then the second of every list, and so on; each paper once. */
function inTurns(lists: readonly (readonly Paper[])[]): Paper[] {
  const order = new Set<Paper>();
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let turn = 0; turn < longest; turn++) {
    for (const list of lists) {
      const paper = list[turn];
      if (paper) order.add(paper);
    }
  }
  return [...order];
}

/** Papers with the topics that want them and what the channel says of them, in the same order. */
function explain(
  papers: readonly Paper[],
  asked: readonly (Wanted & { holds: Test })[],
  regards: Regards,
): Pick[] {
  return papers.map((paper) => {
    const why = asked.filter(({ holds }) => holds(paper));
    const words = why.flatMap(({ query }) => wantedWords(query.where));
    const topics = why.map(({ topic }) => topic);
    return { paper, topics, terms: termsOf(words), regard: regards.get(paper.id) };
  });
}

const wants =
  ({ minUpvotes = 0 }: Wanted, holds: Test): Test =>
  (paper) =>
    (paper.upvotes ?? 0) >= minUpvotes && holds(paper);

const merit =
  (regards: Regards) =>
  (a: Paper, b: Paper): number => {
    const [ofA, ofB] = [regards.get(a.id), regards.get(b.id)];
    return (
      Number(isDeclined(ofA)) - Number(isDeclined(ofB)) ||
      (b.upvotes ?? 0) - (a.upvotes ?? 0) ||
      standing(ofB) - standing(ofA) ||
      compare(b.published ?? '', a.published ?? '') ||
      compare(a.id, b.id)
    );
  };

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
