/** BM25F as the book has it, in float64 over every paper: slow, and plainly right. */
import type { Entry } from '../../../src/search/index/entry.ts';
import { isStopWord } from '../../../src/text/stopwords.ts';
import { readings } from '../../../src/text/tokens.ts';

const WEIGHTS = { authors: 2, title: 4, abstract: 1 };
const K1 = 1.5;
const B = 0.75;

type Counts = Map<string, number>;

interface Analysed {
  key: number;
  authors: Counts;
  title: Counts;
  abstract: Counts;
  titleLength: number;
  abstractLength: number;
}

/** Key → score of every paper that has one of the terms. */
export function bruteScores(entries: readonly Entry[], terms: ReadonlyMap<string, number>) {
  const papers = entries.map(analysed);
  const mean = (of: 'titleLength' | 'abstractLength') =>
    Math.max(1, papers.reduce((sum, paper) => sum + paper[of], 0) / papers.length);
  const means = { title: mean('titleLength'), abstract: mean('abstractLength') };
  const scores = new Map<number, number>();
  for (const [term, share] of terms) {
    const having = papers.filter(
      ({ authors, title, abstract }) => authors.has(term) || title.has(term) || abstract.has(term),
    );
    const rarity = Math.log(1 + (papers.length - having.length + 0.5) / (having.length + 0.5));
    for (const paper of having) {
      const title = (paper.title.get(term) ?? 0) / (1 - B + (B * paper.titleLength) / means.title);
      const abstract =
        (paper.abstract.get(term) ?? 0) / (1 - B + (B * paper.abstractLength) / means.abstract);
      const weighted =
        WEIGHTS.title * title +
        WEIGHTS.abstract * abstract +
        WEIGHTS.authors * (paper.authors.get(term) ?? 0);
      const score = (share * rarity * weighted) / (weighted + K1);
      scores.set(paper.key, (scores.get(paper.key) ?? 0) + score);
    }
  }
  return scores;
}

function analysed({ key, title, abstract, authors }: Entry): Analysed {
  return {
    key,
    title: counted(title),
    abstract: counted(abstract),
    authors: counted(authors.join(' \n ')),
    titleLength: subjects(title),
    abstractLength: subjects(abstract),
  };
}

const subjects = (text: string) =>
  readings(text).apart.filter(({ term }) => !isStopWord(term)).length;

/** The words apart, and what joining the compounds adds. */
function counted(text: string): Counts {
  const { apart, joined } = readings(text);
  const parts = new Set(apart);
  const counts: Counts = new Map();
  for (const { term } of [...apart, ...joined.filter((token) => !parts.has(token))]) {
    if (!isStopWord(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}
