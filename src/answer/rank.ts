/** How well each sentence of a paper answers a question: a linear ranker over `features.ts`. */
import { type FeatureName, type Measured, type MeasuredPaper, measure } from './features.ts';
import type { Passage } from './passages.ts';
import type { Question } from './question.ts';
import weights from './weights.json' with { type: 'json' };

export interface Ranked extends Measured {
  /** Its share of the chance that this paper's answer is here: 0 to 1, 1 over all its sentences. */
  share: number;
}

export interface RankedPaper extends MeasuredPaper {
  /** In the paper's order. */
  sentences: Ranked[];
}

/** Ranks a paper's sentences; `learned` are the weights of `weights.json` unless others are tried. */
export function rank(
  question: Question,
  title: string,
  passages: readonly Passage[],
  learned: Readonly<Record<FeatureName, number>> = weights.sentence,
): RankedPaper {
  const { sentences, ...paper } = measure(question, title, passages);
  const scores = sentences.map(({ features }) => {
    let score = 0;
    for (const [name, value] of Object.entries(features)) {
      score += value * learned[name as FeatureName];
    }
    return score;
  });
  const best = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - best));
  const all = odds.reduce((sum, value) => sum + value, 0);
  return {
    ...paper,
    sentences: sentences.map((sentence, at) => ({ ...sentence, share: (odds[at] ?? 0) / all })),
  };
}
