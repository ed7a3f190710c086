/**
 * The reference that relevance is measured against: BM25 as textbooks have it (k1 .9, b .4) over title and
 * abstract as one text, words of letters and digits stemmed by Porter, without the 33 stop words of Lucene.
 */
import { stemmer } from 'stemmer';

const K1 = 0.9;
const B = 0.4;

const stopWords = new Set(
  `a an and are as at be but by for if in into is it no not of on or such that the their then there
  these they this to was will with`.split(/\s+/),
);

const termsOf = (text: string) =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !stopWords.has(word))
    .map(stemmer);

/** Gives places in the list of texts, best first. */
export function referenceOf(texts: readonly string[]): (query: string, limit: number) => number[] {
  const postings = new Map<string, Map<number, number>>();
  const lengths = texts.map((text, at) => {
    const terms = termsOf(text);
    for (const term of terms) {
      const papers = postings.get(term) ?? new Map<number, number>();
      postings.set(term, papers.set(at, (papers.get(at) ?? 0) + 1));
    }
    return terms.length;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
  return (query, limit) => {
    const scores = new Map<number, number>();
    for (const term of termsOf(query)) {
      const papers = postings.get(term) ?? new Map<number, number>();
      const rarity = Math.log(1 + (texts.length - papers.size + 0.5) / (papers.size + 0.5));
      for (const [at, count] of papers) {
        const length = 1 - B + (B * (lengths[at] ?? 0)) / mean;
        const worth = (rarity * count) / (count + K1 * length);
        scores.set(at, (scores.get(at) ?? 0) + worth);
      }
    }
    return [...scores]
      .sort(([a, one], [b, other]) => other - one || a - b)
      .slice(0, limit)
      .map(([at]) => at);
  };
}
