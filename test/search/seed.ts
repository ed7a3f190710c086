/** The first catalogue, as the bot loads it. */
import { readFileSync } from 'node:fs';
import type { Paper } from '../../src/model/paper.ts';
import { type Catalogue, createCatalogue } from '../../src/search/catalogue.ts';
import { readPapers } from '../../src/sources/ndjson.ts';

export const now = new Date('2025-03-14T09:00:00Z');

const lines = readFileSync(new URL('../../data/papers.ndjson', import.meta.url), 'utf8');

export const seedPapers: readonly Paper[] = (await Array.fromAsync(readPapers(lines))).flatMap(
  (line) => ('paper' in line ? line.paper : []),
);

export async function catalogueOf(papers: readonly Paper[]): Promise<Catalogue> {
  const catalogue = createCatalogue({
    now: () => now,
    onBadPaper: (_paper, error) => {
      throw error;
    },
  });
  await catalogue.put(papers);
  return catalogue;
}
