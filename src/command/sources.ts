/** What commands need of the sources. */
import type { Paper, PaperId } from '../model/paper.ts';
import type { SourceNow } from '../model/source-day.ts';

export interface SourceService {
  /** How each source that is on stands. */
  days(): Promise<SourceNow[]>;
  /** Switches one on or off for the whole bot. Throws `UserError` for what is no source. */
  choose(written: string, isOn: boolean, by: string): Promise<{ name: string; title: string }>;
  /** Fetches one paper from arXiv and brings it into the catalogue; undefined when arXiv has none. */
  bring(id: PaperId): Promise<Paper | undefined>;
  /** Papers that Semantic Scholar recommends beside one, best first; none where it was not asked. */
  related(id: PaperId): Promise<Paper[]>;
}
