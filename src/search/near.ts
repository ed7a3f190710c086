/** Papers near in meaning to a text, where a model of texts is configured. */
import type { PaperId } from '../model/paper.ts';
import type { Vectors } from './vectors.ts';

/** As many of the nearest papers are taken. */
const NEAREST = 50;

/** What a model makes of texts. */
export interface Meaning {
  vectors: Vectors;
  /** The vector of what is looked for; undefined when it does not come in time. */
  of(text: string): Promise<Float32Array | undefined>;
}

/** The nearest first; none without a model. Which papers may come is asked when the vector is there. */
export async function nearTo(
  text: string,
  meaning: Meaning | undefined,
  among: () => Promise<(id: PaperId) => boolean>,
): Promise<PaperId[]> {
  if (!meaning?.vectors.count || !text) return [];
  const vector = await meaning.of(text);
  return vector ? meaning.vectors.nearest(vector, NEAREST, await among()) : [];
}
