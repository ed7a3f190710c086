/** Completion while somebody types: words of titles and names in any order, the last one unfinished. */
import type { Paper } from '../model/paper.ts';
import { readings } from '../text/tokens.ts';
import type { Entry } from './entry.ts';
import { orders } from './order.ts';

/** The best `limit` papers; with nothing typed, the most upvoted. */
export function suggest(entries: Iterable<Entry>, typed: string, limit: number): Paper[] {
  const words = readings(typed).apart;
  const start = ` ${words.map(({ word }) => word).join(' ')}`;
  const last = words.pop()?.word ?? '';
  const found: { entry: Entry; startsTitle: boolean }[] = [];
  for (const entry of entries) {
    const { completion } = entry;
    if (!completion.includes(` ${last}`)) continue;
    if (!words.every(({ term }) => completion.includes(` ${term} `))) continue;
    found.push({ entry, startsTitle: completion.startsWith(start) });
  }
  return found
    .sort(
      (a, b) =>
        Number(b.startsTitle) - Number(a.startsTitle) || orders.top(hitOf(a.entry), hitOf(b.entry)),
    )
    .slice(0, limit)
    .map(({ entry }) => entry.paper);
}

const hitOf = ({ paper }: Entry) => ({ paper, score: 0, terms: [] });
