/**
 * Whether the catalogue answers a question. Each sentence has a chance of being an answer; the score of
 * the question is the chance that at least one of the best does, and below a threshold it is refused.
 * All numbers were chosen on development data (see `weights.json`).
 */
import weights from './weights.json' with { type: 'json' };

/** What a sentence's chance depends on. */
export interface Evidence {
  /** Its share among its paper's sentences. */
  share: number;
  /** Of the question's terms, weighed by rarity, the part the sentence has. */
  coverage: number;
  /** The part its whole paper has. */
  paperCoverage: number;
  /** The search's score for the paper, over that of the best paper. */
  relevance: number;
}

/** Keeps the logarithm of a share finite. */
const SHARE_MIN = 1e-6;

/** What the logistic weighs. */
export function chanceInputs({ share, coverage, paperCoverage, relevance }: Evidence) {
  return { logShare: Math.log(share + SHARE_MIN), coverage, paperCoverage, relevance };
}

/** The chance that a sentence answers, 0 to 1. */
export function chanceOf(evidence: Evidence): number {
  const { bias, ...by } = weights.chance;
  const inputs = chanceInputs(evidence);
  const odds =
    bias +
    by.logShare * inputs.logShare +
    by.coverage * inputs.coverage +
    by.paperCoverage * inputs.paperCoverage +
    by.relevance * inputs.relevance;
  return 1 / (1 + Math.exp(-odds));
}

/** As many as are quoted at most. */
const BEST = 5;

/** The chance that at least one of the best sentences answers, 0 to 1. */
export function scoreOf(chances: readonly number[]): number {
  const best = [...chances].sort((a, b) => b - a).slice(0, BEST);
  return 1 - best.reduce((none, chance) => none * (1 - chance), 1);
}
