/** Counts of citations, from Semantic Scholar, for the papers of the last weeks. */
import type { Told } from '../model/merge.ts';
import type { PaperId } from '../model/paper.ts';
import type { SemanticScholar } from '../sources/semantic-scholar.ts';
import type { PaperStore } from '../store/papers.ts';

/** Papers known for longer are asked for no more. */
const RECENT_MS = 60 * 86_400_000;
/** The longest a round may take, in milliseconds. */
const ROUND_MS = 10 * 60_000;

/** One round; papers whose count is known and the same are left as they are. Throws `SourceError`. */
export async function countCitations({
  papers,
  scholar,
  keep,
  now,
}: {
  papers: PaperStore;
  scholar: SemanticScholar;
  keep(told: readonly Told[], source: string): Promise<void>;
  now: Date;
}): Promise<number> {
  const recent = await papers.addedSince(new Date(now.getTime() - RECENT_MS).toISOString());
  const counts = await scholar.citations(
    recent.map(({ id }) => id),
    AbortSignal.timeout(ROUND_MS),
  );
  await keep(
    [...counts].map(([id, citations]) => onlyCitations(id, citations)),
    'semantic-scholar',
  );
  return counts.size;
}

/** Says nothing else of the paper: what is empty overwrites nothing. */
function onlyCitations(id: PaperId, citations: number): Told {
  const nothing = { title: '', abstract: '', authors: [], categories: [] };
  return { paper: { id, ...nothing, citations }, kind: 'update' };
}
