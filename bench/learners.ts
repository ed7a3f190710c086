/** Two convex learners over a handful of features: exact enough, and the same on every run. */

export interface Group {
  /** One row of features a sentence. */
  rows: number[][];
  /** Rows that answer. */
  gold: ReadonlySet<number>;
  weight: number;
}

const STEPS = 300;
const RATE = 0.05;

/** Weights under which the softmax over each group's rows falls on its gold; `l2` on standardised features. */
export function learnRanker(groups: readonly Group[], l2: number): number[] {
  const { mean, deviation } = moments(groups.flatMap(({ rows }) => rows));
  const standard = groups.map(({ rows, ...rest }) => ({
    ...rest,
    rows: rows.map((row) => row.map((value, k) => (value - (mean[k] ?? 0)) / (deviation[k] ?? 1))),
  }));
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const weights = descend(mean.length, (current, gradient) => {
    for (const { rows, gold, weight } of standard) {
      const chances = softmax(rows.map((row) => dot(row, current)));
      const onGold = [...gold].reduce((sum, at) => sum + (chances[at] ?? 0), 0) || 1;
      for (const [at, row] of rows.entries()) {
        const chance = chances[at] ?? 0;
        const pull = (chance - (gold.has(at) ? chance / onGold : 0)) * (weight / total);
        for (const [k, value] of row.entries()) gradient[k] = (gradient[k] ?? 0) + pull * value;
      }
    }
    for (const [k, weight] of current.entries()) gradient[k] = (gradient[k] ?? 0) + l2 * weight;
  });
  return weights.map((weight, k) => weight / (deviation[k] ?? 1));
}

/** Logistic regression: weights for raw features, and the bias. */
export function learnLogistic(
  rows: readonly number[][],
  labels: readonly boolean[],
  l2: number,
): { weights: number[]; bias: number } {
  const { mean, deviation } = moments(rows);
  const standard = rows.map((row) => [
    ...row.map((value, k) => (value - (mean[k] ?? 0)) / (deviation[k] ?? 1)),
    1,
  ]);
  const learned = descend(mean.length + 1, (current, gradient) => {
    for (const [at, row] of standard.entries()) {
      const chance = 1 / (1 + Math.exp(-dot(row, current)));
      const pull = (chance - Number(labels[at])) / rows.length;
      for (const [k, value] of row.entries()) gradient[k] = (gradient[k] ?? 0) + pull * value;
    }
    for (const [k, weight] of current.slice(0, -1).entries()) {
      gradient[k] = (gradient[k] ?? 0) + l2 * weight;
    }
  });
  const weights = learned.slice(0, -1).map((weight, k) => weight / (deviation[k] ?? 1));
  const bias = (learned.at(-1) ?? 0) - dot(weights, mean);
  return { weights, bias };
}

/** Adam over the whole data: https://arxiv.org/abs/1412.6980 */
function descend(size: number, addGradient: (at: number[], gradient: number[]) => void): number[] {
  const weights = new Array<number>(size).fill(0);
  const first = new Array<number>(size).fill(0);
  const second = new Array<number>(size).fill(0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Array<number>(size).fill(0);
    addGradient(weights, gradient);
    for (const [k, slope] of gradient.entries()) {
      const m = 0.9 * (first[k] ?? 0) + 0.1 * slope;
      const v = 0.999 * (second[k] ?? 0) + 0.001 * slope * slope;
      first[k] = m;
      second[k] = v;
      const scale = Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8;
      weights[k] = (weights[k] ?? 0) - (RATE * m) / (1 - 0.9 ** step) / scale;
    }
  }
  return weights;
}

function moments(rows: readonly number[][]): { mean: number[]; deviation: number[] } {
  const size = rows[0]?.length ?? 0;
  const mean = Array.from({ length: size }, (_, k) => average(rows.map((row) => row[k] ?? 0)));
  const deviation = mean.map(
    (middle, k) => Math.sqrt(average(rows.map((row) => ((row[k] ?? 0) - middle) ** 2))) || 1,
  );
  return { mean, deviation };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (const [k, value] of a.entries()) sum += value * (b[k] ?? 0);
  return sum;
}

function softmax(scores: readonly number[]): number[] {
  const best = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - best));
  const all = odds.reduce((sum, value) => sum + value, 0);
  return odds.map((value) => value / all);
}
