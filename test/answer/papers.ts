/** Papers as a search would have found them, and how rare words are among them. */
import { readFileSync } from 'node:fs';
import { indexOf } from '../../bench/bm25.ts';
import { type AnswerOptions, answer, type FoundPaper } from '../../src/answer/answer.ts';
import type { Answer } from '../../src/model/answer.ts';
import { type Paper, paperIdOf } from '../../src/model/paper.ts';

export function paper(title: string, abstract: string): Paper {
  return { id: paperIdOf({ title }), title, abstract, authors: [], categories: [] };
}

/** The first catalogue. */
export const catalogue: Paper[] = readFileSync('data/papers.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line): { title: string; abstract?: string } => JSON.parse(line))
  .map(({ title, abstract = '' }) => paper(title, abstract));

/** Asks these papers, found by plain BM25. */
export function askOf(papers: readonly Paper[]) {
  const index = indexOf(papers.map(({ title, abstract }) => `${title}\n${abstract}`));
  return (question: string, options: Partial<AnswerOptions> = {}): Answer => {
    const found = index.search(question, 20).flatMap(({ at, score }): FoundPaper[] => {
      const one = papers[at];
      return one ? [{ paper: one, score }] : [];
    });
    return answer(question, found, { rarity: index, ...options });
  };
}

/** What is quoted, in order. */
export function quotesOf(given: Answer): string[] {
  return given.kind === 'answer' ? given.quotes.map(({ text }) => text) : [];
}
