/** A paper and its row: the first facts have a column each, the others share one of JSON. */
import type { Known } from '../model/merge.ts';
import type { Paper } from '../model/paper.ts';
import type { PapersTable } from './tables.ts';

export function toRow(
  { paper, from }: Known,
  { addedAt, revision }: { addedAt: string; revision: number },
): PapersTable {
  const { id, title, abstract, authors, published, categories, upvotes, url, thumbnail, ...facts } =
    paper;
  return {
    id,
    title,
    abstract,
    authors: JSON.stringify(authors),
    published: published ?? null,
    categories: JSON.stringify(categories),
    upvotes: upvotes ?? null,
    url: url ?? null,
    thumbnail: thumbnail ?? null,
    added_at: addedAt,
    facts: JSON.stringify(facts),
    provenance: JSON.stringify(from),
    revision,
  };
}

export function paperOf(row: PapersTable): Paper {
  const { published, upvotes, url, thumbnail } = row;
  const from: Known['from'] = JSON.parse(row.provenance);
  // Only this file writes the columns, out of a Paper.
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: JSON.parse(row.authors),
    ...(published !== null && { published }),
    categories: JSON.parse(row.categories),
    ...(upvotes !== null && { upvotes }),
    ...(url !== null && { url }),
    ...(thumbnail !== null && { thumbnail }),
    // Rows written before sources were kept name them field by field only.
    sources: [...new Set(Object.values(from))].sort(),
    ...JSON.parse(row.facts),
  } as Paper;
}

export function knownOf(row: PapersTable): Known {
  return { paper: paperOf(row), from: JSON.parse(row.provenance) };
}
