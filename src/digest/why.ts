/** The stage that lets a paper into a channel's next edition, or stops it: the rules of `select`, told for one paper. Pure. */
import type { Paper } from '../model/paper.ts';
import type { Selection } from '../model/pick.ts';
import type { Regard } from '../model/regard.ts';
import type { Stage, TopicReasons, Verdict } from '../model/verdict.ts';
import { matches } from '../query/match.ts';
import { reasonsOf } from '../query/reasons.ts';
import type { Wanted } from './select.ts';
import { newUntil, ripeAt, type Window } from './window.ts';

export interface Situation {
  paper: Paper;
  addedAt: string | undefined;
  window: Window;
  delayHours: number;
  wanted: readonly Wanted[];
  /** What the next edition would hold. */
  selection: Selection;
  /** Papers of one edition. */
  top: number;
  /** Where it was shown, or `underway` for an edition that is not done. */
  taken: Extract<Stage, { kind: 'shown' | 'underway' }> | undefined;
  regard: Regard | undefined;
  now: Date;
}

export function why(situation: Situation): Verdict {
  const { paper, addedAt, wanted, regard, now } = situation;
  const topics = wanted.map(({ topic, query }) => ({ topic, ...reasonsOf(query, paper, now) }));
  const fits = wanted.map(({ query }) => matches(query, paper, { now }));
  const matched = topics.filter((_, i) => fits[i]);
  return { addedAt, matched, regard, stage: stageOf(situation, topics, matched) };
}

function stageOf(
  { paper, addedAt, window, delayHours, wanted, selection, top, taken }: Situation,
  topics: readonly TopicReasons[],
  matched: readonly TopicReasons[],
): Stage {
  if (taken) return taken;
  if (paper.withdrawn !== undefined) return { kind: 'withdrawn', because: paper.withdrawn };
  if (addedAt === undefined) return { kind: 'no news' };
  if (addedAt < window.from) return { kind: 'too old', until: newUntil(addedAt, delayHours) };
  if (!wanted.length) return { kind: 'no topic' };
  if (!matched.length) return { kind: 'topic', topics };
  const names = new Set(matched.map(({ topic }) => topic));
  const open = wanted.filter(({ topic }) => names.has(topic));
  const [easiest] = open.toSorted((a, b) => (a.minUpvotes ?? 0) - (b.minUpvotes ?? 0));
  const { topic = '', minUpvotes: minimum = 0 } = easiest ?? {};
  if ((paper.upvotes ?? 0) < minimum) return { kind: 'minimum', topic, minimum };
  if (addedAt > window.to) return { kind: 'delay', until: ripeAt(addedAt, delayHours) };
  return rankOf(paper, selection, open, top);
}

/** Its place among those that want room: in its topic, whose own top-N may have kept it out, else in the edition. */
function rankOf(
  paper: Paper,
  { order, lists }: Selection,
  wanted: readonly Wanted[],
  top: number,
): Stage {
  const isIt = ({ id }: Paper) => id === paper.id;
  const at = order.findIndex(isIt);
  if (at >= 0 && at < top) return { kind: 'next', rank: at + 1, of: order.length };
  if (at >= 0) return { kind: 'top', rank: at + 1, top, above: order.slice(0, top) };
  for (const { topic, top: own } of wanted) {
    const list = lists.find((each) => each.topic === topic)?.papers ?? [];
    const rank = list.findIndex(isIt) + 1;
    if (rank && own !== undefined)
      return { kind: 'top', topic, rank, top: own, above: list.slice(0, own) };
  }
  throw new Error(`A paper that is wanted and in no list: ${paper.id}`);
}
