/** What commands need of the sources. */
import { UserError } from '../errors.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { SourceNow } from '../model/source-day.ts';
import type { Context } from './context.ts';
import { personOf } from './person.ts';

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

/**
 * Sources serve every channel of the bot, so the right to manage one channel is not enough: only operators
 * change them, the people whom the environment names and whoever sits at the bot's own page or terminal.
 */
export function mustOperate(ctx: Context): void {
  const person = personOf(ctx);
  if (person.startsWith('local:') || ctx.operators.has(person)) return;
  throw new UserError(
    `Sources serve every channel, so only operators change them. Whoever runs me can name you: PAPERBOY_OPERATORS=${person}`,
  );
}
