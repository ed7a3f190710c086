/** Which sentences to quote, and in which order they read as an answer. */
import { assertNever } from '../errors.ts';
import { dangles } from './cues.ts';
import type { Question } from './question.ts';
import type { Ranked } from './rank.ts';
import type { Sides } from './sides.ts';

/** A sentence that may be quoted. */
export interface Candidate extends Ranked {
  /** Its paper's place in the search's order. */
  paper: number;
  /** See `decide.ts`. */
  chance: number;
}

/** A sentence less likely to answer than this is quoted only to make up two. */
const QUOTE_MIN = 0.18;
/** A second quote less likely than this would be filler. */
const SECOND_MIN = 0.05;
/** One paper's quotes, when others answer too. */
const PER_PAPER_MAX = 3;
/** What something is takes fewer words than what is known of it. */
const DEFINING_MAX = 3;
/** How much a sentence is worth to a reader that needs the one before it, which is not quoted. */
const DANGLING = 0.6;

/** Two to `max` of the candidates, fewer when there are none worth it, in reading order. */
export function choose(
  question: Question,
  candidates: readonly Candidate[],
  { max, sides }: { max: number; sides: Sides | undefined },
): Candidate[] {
  const best = distinct([...candidates].sort((a, b) => worth(b) - worth(a)));
  const [first] = best;
  if (!first) return [];
  const most = question.kind === 'definition' ? Math.min(max, DEFINING_MAX) : max;
  const chosen = [first];
  for (const candidate of best.slice(1)) {
    if (chosen.length >= most) break;
    const least = chosen.length < 2 ? SECOND_MIN : QUOTE_MIN;
    const fromPaper = chosen.filter(({ paper }) => paper === candidate.paper).length;
    if (worth(candidate) >= least && fromPaper < PER_PAPER_MAX) chosen.push(candidate);
  }
  return inOrder(question, sides ? withBothSides(chosen, best, sides, max) : chosen, sides);
}

/** The chance of answering, less where the sentence does not stand on its own. */
function worth({ chance, passage }: Candidate): number {
  return chance * (dangles(passage.text) ? DANGLING : 1);
}

/** How many papers have a sentence worth quoting. */
export function speakingOf(candidates: readonly Candidate[]): number {
  const worth = candidates.filter(({ chance }) => chance >= QUOTE_MIN);
  return new Set(worth.map(({ paper }) => paper)).size;
}

/** The sentence that decides comes first; then its paper's others as they stand; then other papers'. */
function inOrder(
  question: Question,
  chosen: readonly Candidate[],
  sides: Sides | undefined,
): Candidate[] {
  const [first] = [...chosen].sort(
    (a, b) => decisive(question, b, sides) - decisive(question, a, sides),
  );
  if (!first) return [];
  const bestOfPaper = new Map<number, number>();
  for (const { paper, chance } of chosen) {
    bestOfPaper.set(paper, Math.max(bestOfPaper.get(paper) ?? 0, chance));
  }
  bestOfPaper.set(first.paper, 1);
  const rest = chosen.filter((candidate) => candidate !== first);
  rest.sort(
    (a, b) =>
      (bestOfPaper.get(b.paper) ?? 0) - (bestOfPaper.get(a.paper) ?? 0) ||
      a.paper - b.paper ||
      a.passage.index - b.passage.index,
  );
  return [first, ...rest];
}

/** The chance of answering, raised for what this kind of question wants to read first. */
function decisive(question: Question, candidate: Candidate, sides: Sides | undefined): number {
  const { features } = candidate;
  const standing = worth(candidate);
  switch (question.kind) {
    case 'definition':
      return standing + features.definition;
    case 'quantity':
      return standing + features.quantity;
    case 'comparison':
      return standing + Number(sides?.every((side) => mentions(candidate, side)) ?? false);
    case 'yes-no':
    case 'claim':
    case 'open':
      return standing;
    default:
      return assertNever(question.kind);
  }
}

/** Replaces the least of the chosen when a side is not mentioned that a candidate does mention. */
function withBothSides(
  chosen: readonly Candidate[],
  best: readonly Candidate[],
  sides: Sides,
  max: number,
): Candidate[] {
  let both = [...chosen];
  for (const side of sides) {
    if (both.some((candidate) => mentions(candidate, side))) continue;
    const found = best.find(
      (candidate) => mentions(candidate, side) && candidate.chance >= SECOND_MIN,
    );
    if (found) both = [...both.slice(0, max - 1), found];
  }
  return both;
}

function mentions({ passage }: Candidate, side: ReadonlySet<string>): boolean {
  return [...side].some((term) => passage.terms.has(term));
}

/** The same sentence in two papers, or two versions of one, is quoted once. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ passage }) => {
    const words = passage.tokens.map(({ word }) => word).join(' ');
    return !seen.has(words) && seen.add(words);
  });
}
