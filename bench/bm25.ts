/** Plain BM25 over titles and abstracts: what the answers are measured on, besides the catalogue's search. */
import { isStopWord } from '../src/text/stopwords.ts';
import { tokens } from '../src/text/tokens.ts';

/** Parameters that rank questions over abstracts well. */
const K1 = 0.9;
const B = 0.4;

export interface Found {
  /** Place in the list the index was made of. */
  at: number;
  score: number;
}

export interface Index {
  papers: number;
  /** Papers that have the term. */
  having(term: string): number;
  search(question: string, limit: number): Found[];
}

/** An index of the texts, by the analysis that the catalogue uses. */
export function indexOf(texts: readonly string[]): Index {
  const postings = new Map<string, number[]>();
  const lengths = new Float64Array(texts.length);
  for (const [at, text] of texts.entries()) {
    const counts = new Map<string, number>();
    for (const { term } of tokens(text)) {
      if (!isStopWord(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    for (const [term, count] of counts) {
      lengths[at] = (lengths[at] ?? 0) + count;
      const list = postings.get(term);
      if (list) list.push(at, count);
      else postings.set(term, [at, count]);
    }
  }
  const average = lengths.reduce((sum, length) => sum + length, 0) / (texts.length || 1) || 1;
  const having = (term: string) => (postings.get(term)?.length ?? 0) / 2;

  return {
    papers: texts.length,
    having,
    search(question, limit) {
      const scores = new Map<number, number>();
      const terms = new Set(tokens(question).map(({ term }) => term));
      for (const term of terms) {
        const list = postings.get(term) ?? [];
        const idf = Math.log(1 + (texts.length - having(term) + 0.5) / (having(term) + 0.5));
        for (let i = 0; i < list.length; i += 2) {
          const [at = 0, count = 0] = [list[i], list[i + 1]];
          const norm = K1 * (1 - B + (B * (lengths[at] ?? 0)) / average);
          scores.set(at, (scores.get(at) ?? 0) + (idf * count * (K1 + 1)) / (count + norm));
        }
      }
      return [...scores]
        .map(([at, score]) => ({ at, score }))
        .sort((a, b) => b.score - a.score || a.at - b.at)
        .slice(0, limit);
    },
  };
}
