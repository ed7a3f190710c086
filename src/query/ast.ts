/** A parsed query: what must hold of a paper, and in which order papers come. */
import type { PaperId } from '../model/paper.ts';

/** Nothing is nested in its own kind: no `all` in an `all`, no `not` of a `not`, no list of one. */
export type Condition =
  | { kind: 'all'; of: readonly Condition[] }
  | { kind: 'any'; of: readonly Condition[] }
  | { kind: 'not'; that: Condition }
  /** A word, or a compound such as `few-shot`; never only stop words. */
  | { kind: 'word'; text: string }
  | { kind: 'phrase'; text: string }
  /** An arXiv id, DOI or link, typed as a word. */
  | { kind: 'paper'; id: PaperId }
  | { kind: 'author'; name: string }
  /** `cs.CL`, `cs.*`; `cs` stands for all of `cs.*`. */
  | { kind: 'category'; pattern: string }
  /** A period as `period.ts` reads it, kept as typed so that `30d` moves with the days. */
  | { kind: 'since'; period: string }
  | { kind: 'until'; period: string }
  | { kind: 'upvotes'; compare: Compare; count: number }
  | { kind: 'has'; fact: Fact }
  /** A source that told of the paper: `arxiv`, `*rxiv`; `feed` stands for all of `feed:…`. */
  | { kind: 'source'; pattern: string }
  /** A topic by its name, and what it asks for. */
  | { kind: 'topic'; name: string; means: Condition }
  /** What the channel was shown. */
  | { kind: 'seen' }
  /** What the person saved. */
  | { kind: 'saved' };

export type Compare = '>' | '>=' | '<' | '<=';

/** What a source may tell of a paper, or not. */
export const facts = ['code', 'project', 'summary', 'abstract'] as const;
export type Fact = (typeof facts)[number];

export const sorts = ['relevance', 'new', 'top'] as const;
export type Sort = (typeof sorts)[number];

/** At least one of the two is there. */
export interface Query {
  /** Undefined lets every paper through. */
  where?: Condition;
  /** Undefined leaves it to relevance. */
  sort?: Sort;
}

/** Holds for no paper. */
export const noPaper = { kind: 'any', of: [] } as const satisfies Condition;
