/** Changes whenever the analysis of texts does, so that no index made by another analysis is taken for ours. */
import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { spellings } from '../../text/american.ts';
import { stopWords } from '../../text/stopwords.ts';
import { readings } from '../../text/tokens.ts';

/** A bit of everything the analysis decides. */
const sample =
  `Few-shot learning of GPT-4, Qwen2.5-7B and LLaMA's 3D transformers: C++, C#, 1,000.5 f(x) Schrödinger's
  naïve ﬁne‐tuning optimizations, modelled behaviours, universities' straße Łukasz state-of-the-art a-b-c-d-e-f $\\alpha$-\\emph{divergence} $\\ell_1$ 模型合并 エージェント ไทย`.split(
    /\s+/,
  );

export async function analysisMark(): Promise<string> {
  const made: string[][] = [];
  for (const written of sample) {
    const { apart, joined } = readings(written);
    for (const { word, term } of [...apart, ...joined]) made.push([written, word, term]);
    // The first to need a pattern or a dictionary waits some ten milliseconds for it.
    await breath();
  }
  return createHash('sha256')
    .update(JSON.stringify([made, [...stopWords], spellings.map(String)]))
    .digest('hex')
    .slice(0, 16);
}
