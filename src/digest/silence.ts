/** Why an edition has no papers: the one of three sentences that is true. Pure. */
import type { SourceNow } from '../model/source-day.ts';
import { count, sentence } from '../reply/build.ts';
import type { Block, Reply } from '../reply/reply.ts';
import { beginning, bold, plain, say } from '../reply/text.ts';
import { day, when } from '../reply/time.ts';

/**
 * A failing source is named first, since papers may be missing for it; then a day on which no source announces
 * anything; else papers were there and none matched.
 */
export function silenceOf({
  sources: all,
  looked,
  timezone,
}: {
  sources: readonly SourceNow[];
  /** New papers that were looked at. */
  looked: number;
  /** In which instants are told, IANA. */
  timezone: string;
}): string {
  const sources = all.filter(({ changesOnly }) => !changesOnly);
  const failing = sources.filter(({ failingSince }) => failingSince !== undefined);
  const since = failing.flatMap(({ failingSince }) => failingSince ?? []).sort()[0];
  if (since !== undefined) {
    const names = new Intl.ListFormat('en-GB').format(failing.map(({ title }) => title));
    return `${names} ${failing.length > 1 ? 'are' : 'is'} failing since ${when(since, timezone)}; I will try again`;
  }
  const today = sources.map(({ days }) => days.at(-1));
  const [first] = today;
  if (first && today.every((day) => day?.state === 'no announcement')) {
    const reasons = [...new Set(today.map((day) => day?.because ?? 'holiday'))];
    return `no announcement today (${reasons.sort().reverse().join(', ')})`;
  }
  return looked ? `${count(looked, 'new paper')} looked at, none matched` : 'no new paper yet';
}

/** The days of a week that had no papers, each with its sentence; nothing when all had. */
export function quietDays(editions: readonly Quiet[], timezone: string): Block[] {
  if (!editions.length) return [];
  const items = editions.map(({ slot, silence }) => say`${bold(day(slot, timezone))}: ${silence}`);
  return [
    { kind: 'text', text: [plain('Days without papers this week:')] },
    { kind: 'list', items },
  ];
}

/** Those days as a message of their own; undefined when there were none. */
export function quietReply(blocks: Block[]): Reply | undefined {
  return blocks.length
    ? { visibility: 'channel', summary: 'Days without papers this week', blocks }
    : undefined;
}

/** An edition without papers, and why. */
export interface Quiet {
  slot: string;
  silence: string;
}

/** The sentence as a digest posts it. */
export function silentReply(silence: string): Reply {
  return sentence([plain(`${beginning(silence)}.`)], 'channel');
}
