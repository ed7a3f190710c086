/**
 * Whether the catalogue answers a question. Each sentence has a chance of being an answer; the score of
 * the question is the chance that at least one of the best does, and below a threshold it is refused.
 * All numbers were chosen on development data (see `weights.json`).
 */
import type { QuestionKind } from '../model/answer.ts';
import type { RankedPaper } from './rank.ts';
import weights from './weights.json' with { type: 'json' };

/** What the chances of a paper's sentences depend on. */
export interface Evidence {
  paper: RankedPaper;
  /** The search's score for the paper, over that of the best paper. */
  relevance: number;
  /** Whether the person named the paper. Default false. */
  isPaperGiven?: boolean;
}

/** Where a number is asked for, a sentence without one can at best lead to the answer. Stated, not learned. */
const WITHOUT_NUMBER = 0.3;

/**
 * What something is can be told by a paper that has its name: one in whose title or in one of whose sentences
 * no more than a tenth of it is missing. Stated, not learned.
 */
const NAMED_MIN = 0.9;
const WITHOUT_NAME = 0.3;

/** Keeps the logarithm of a share finite. */
const SHARE_MIN = 1e-6;

/** What the logistic weighs; within a paper, only the share differs. */
export function chanceInputs({ paper, relevance }: Evidence) {
  const { sentences, coverage: paperCoverage, titleCoverage } = paper;
  const best = sentences.reduce((a, b) => (b.share > a.share ? b : a));
  return sentences.map(({ share }) => ({
    // Over an average sentence's, so that a full text's many sentences do not thin it out.
    logShare: Math.log(share * sentences.length + SHARE_MIN),
    coverage: best.coverage,
    paperCoverage,
    titleCoverage,
    relevance,
  }));
}

/** The chance that each sentence of a paper answers, 0 to 1, in their order. */
export function chancesOf(evidence: Evidence, asked: QuestionKind): number[] {
  const { bias, ...by } = weights.chance;
  const { sentences, titleCoverage, hasAdded } = evidence.paper;
  // What was asked before was answered then.
  if (!hasAdded) return sentences.map(() => 0);
  const named = Math.max(titleCoverage, ...sentences.map(({ coverage }) => coverage));
  const isUnnamed = asked === 'definition' && !evidence.isPaperGiven && named < NAMED_MIN;
  return chanceInputs(evidence).map((inputs, at) => {
    const odds =
      bias +
      by.logShare * inputs.logShare +
      by.coverage * inputs.coverage +
      by.paperCoverage * inputs.paperCoverage +
      by.titleCoverage * inputs.titleCoverage +
      by.relevance * inputs.relevance;
    const isNumberMissing = asked === 'quantity' && !sentences[at]?.features.quantity;
    const share = (isNumberMissing ? WITHOUT_NUMBER : 1) * (isUnnamed ? WITHOUT_NAME : 1);
    return share / (1 + Math.exp(-odds));
  });
}

/** As many as are quoted at most. */
const BEST = 5;

/** The chance that at least one of the best sentences answers, 0 to 1. */
export function scoreOf(sentences: readonly { chance: number }[]): number {
  const best = sentences.map(({ chance }) => chance).sort((a, b) => b - a);
  return 1 - best.slice(0, BEST).reduce((none, chance) => none * (1 - chance), 1);
}

/**
 * Below this score a question is refused. On the development set eight of ten answered claims then have
 * evidence in the catalogue, and two of three of those without are refused.
 */
const ANSWER_MIN = 0.39;
/**
 * A person who names the paper is shown what comes nearest in it, unless nothing does: of claims with
 * their own paper 98 % pass, of claims with any other paper 10 %.
 */
const GIVEN_PAPER_MIN = 0.08;

/** Whether a question whose quotes have this score (see `scoreOf`) is answered rather than refused. */
export function isAnswered(score: number, isPaperGiven: boolean): boolean {
  return score >= (isPaperGiven ? GIVEN_PAPER_MIN : ANSWER_MIN);
}
