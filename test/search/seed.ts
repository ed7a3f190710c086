/** The first catalogue, as the bot loads it. */
import { readFileSync } from 'node:fs';
import { type Paper, type PaperId, paperIdOf } from '../../src/model/paper.ts';
import { type Catalogue, createCatalogue } from '../../src/search/catalogue.ts';
import { readPapers } from '../../src/sources/ndjson.ts';

export const now = new Date('2025-03-14T09:00:00Z');

const lines = readFileSync(new URL('../../data/papers.ndjson', import.meta.url), 'utf8');

export const seedPapers: readonly Paper[] = (await Array.fromAsync(readPapers(lines))).flatMap(
  (line) => ('paper' in line ? line.paper : []),
);

/** An empty catalogue; a Map stands for the database that its papers are fetched from. */
export function emptyCatalogue(
  onBadPaper = (_id: PaperId, error: unknown): void => {
    throw error;
  },
): Catalogue {
  const stored = new Map<PaperId, Paper>();
  const fetch = async (ids: readonly PaperId[]) => ids.flatMap((id) => stored.get(id) ?? []);
  const catalogue = createCatalogue({ now: () => now, fetch, onBadPaper });
  const { put, remove } = catalogue;
  catalogue.put = (papers) => {
    for (const paper of papers) stored.set(paper.id, { ...paper });
    return put(papers);
  };
  catalogue.remove = (id) => {
    stored.delete(id);
    remove(id);
  };
  return catalogue;
}

export async function catalogueOf(papers: readonly Paper[]): Promise<Catalogue> {
  const catalogue = emptyCatalogue();
  await catalogue.put(papers);
  return catalogue;
}

let made = 0;
/** A paper of its own identity. */
export function paper(title: string, given: Partial<Paper> = {}): Paper {
  made += 1;
  const id = paperIdOf({ arxiv: `2401.${String(made).padStart(5, '0')}`, title });
  return { id, title, abstract: '', authors: [], categories: [], ...given };
}

export const everything = { offset: 0, limit: 1_000 };

export const titles = ({ hits }: { hits: readonly { paper: Paper }[] }) =>
  hits.map((hit) => hit.paper.title);
