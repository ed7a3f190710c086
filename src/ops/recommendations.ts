/** What Semantic Scholar recommends beside the papers that channels were shown lately. */
import type { Told } from '../model/merge.ts';
import type { SemanticScholar } from '../sources/semantic-scholar.ts';
import type { RelatedStore } from '../store/related.ts';

/** It gets to know a new paper within days; papers shown earlier are asked for no more. */
const RECENT_MS = 14 * 86_400_000;
/** Papers asked for a round, each with a request of its own. */
const PAPERS = 200;
/** Recommended papers noted for each. */
const NOTED = 10;
/** The longest a round may take, in milliseconds. */
const ROUND_MS = 20 * 60_000;

/**
 * One round; gives how many papers there is a note of now. Recommended papers become known, and new to nobody.
 * Each is noted before the next is asked for, so that a round that ends early has lost nothing. Throws
 * `SourceError`.
 */
export async function noteRecommendations({
  related,
  scholar,
  keep,
  now,
}: {
  related: RelatedStore;
  scholar: Pick<SemanticScholar, 'recommendations'>;
  keep(told: readonly Told[], source: string): Promise<void>;
  now: Date;
}): Promise<number> {
  const signal = AbortSignal.timeout(ROUND_MS);
  const since = new Date(now.getTime() - RECENT_MS).toISOString();
  let noted = 0;
  for (const id of await related.unasked(since, PAPERS)) {
    const papers = await scholar.recommendations(id, NOTED, signal);
    // Not known there yet: asked again tomorrow.
    if (!papers) continue;
    await keep(
      papers.map((paper) => ({ paper, kind: 'update' })),
      'semantic-scholar',
    );
    await related.put(
      id,
      papers.map((paper) => paper.id),
      now.toISOString(),
    );
    noted += 1;
  }
  return noted;
}
