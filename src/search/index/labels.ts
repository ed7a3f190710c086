/** What a paper is filtered by beside its words and numbers, as labels: `category:cs.CL`, `has:code`, `source:arxiv`. */
import type { Paper } from '../../model/paper.ts';
import { facts } from '../../query/ast.ts';
import { hasFact } from '../../query/match.ts';

export type LabelKind = 'category' | 'has' | 'source';

export function labelsOf(paper: Paper): string[] {
  return [
    ...paper.categories.map((name) => label('category', name)),
    ...facts.filter((fact) => hasFact(paper, fact)).map((fact) => label('has', fact)),
    ...(paper.sources ?? []).map((name) => label('source', name)),
  ];
}

export const label = (kind: LabelKind, name: string) => `${kind}:${name}`;
