/** What Semantic Scholar adds to papers that are known: counts of citations, and what it recommends beside them. */
import type { Log } from '../log.ts';
import type { Told } from '../model/merge.ts';
import type { Job } from '../schedule/jobs.ts';
import type { SemanticScholar } from '../sources/semantic-scholar.ts';
import { SourceError } from '../sources/source.ts';
import type { PaperStore } from '../store/papers.ts';
import type { RelatedStore } from '../store/related.ts';
import { countCitations } from './citations.ts';
import { noteRecommendations } from './recommendations.ts';

/** The nightly jobs; each does nothing while no source is on, as the bot then keeps to what it has. */
export function enrichmentJobs({
  papers,
  related,
  scholar,
  keep,
  isReading,
  now,
  log,
}: {
  papers: PaperStore;
  related: RelatedStore;
  scholar: SemanticScholar;
  keep(told: readonly Told[], source: string): Promise<void>;
  isReading(): Promise<boolean>;
  now(): Date;
  log: Log;
}): Job[] {
  // Without a key it turns away many requests: no fault of ours, and tomorrow is soon enough.
  const nightly = (what: string, round: () => Promise<number>) => async () => {
    if (!(await isReading())) return;
    try {
      log.info({ papers: await round() }, `${what} noted`);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      log.warn({ reason: error.message }, `${what} not noted to the end; on again tomorrow`);
    }
  };
  return [
    {
      name: 'citations',
      alone: true,
      cron: '30 4 * * *',
      describe: 'At 04:30 UTC: count the citations of recent papers.',
      run: nightly('citations', () => countCitations({ papers, scholar, keep, now: now() })),
    },
    {
      name: 'recommendations',
      alone: true,
      cron: '0 5 * * *',
      describe: 'At 05:00 UTC: note what is recommended beside the papers channels were shown.',
      run: nightly('recommendations', () =>
        noteRecommendations({ related, scholar, keep, now: now() }),
      ),
    },
  ];
}
