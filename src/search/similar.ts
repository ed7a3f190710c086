/** Papers like one paper: those that share its weightiest words. */
import type { Hit } from '../model/hit.ts';
import type { Paper } from '../model/paper.ts';
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';
import type { Engine } from './engine.ts';
import type { Entry } from './entry.ts';
import { nudged, orders } from './order.ts';

/** More words of an abstract add noise, not likeness. */
const TERMS_MAX = 30;
/** A word of the title tells as much as so many in the abstract. */
const TITLE_WEIGHT = 3;
/** What a word said once weighs, where said twice it weighs ln 2 more. */
const ONCE = 0.3;
/** Below this part of the best score it is a coincidence too. */
const NEAR = 1 / 3;
const EVENLY = { title: 1, abstract: 1 };
/** Fewer shared words than this are a coincidence. */
const SHARED_MIN = 3;

/** The hits' terms are the shared words, weightiest first. */
export function similarTo(
  paper: Paper,
  { entries, engine, now }: { entries: ReadonlyMap<string, Entry>; engine: Engine; now: Date },
): Hit[] {
  const shared = new Map<string, { score: number; terms: string[] }>();
  for (const { term, weight } of weightyTerms(paper, engine, entries.size)) {
    for (const [id, score] of engine.rank([term], EVENLY)) {
      const so = shared.get(id) ?? { score: 0, terms: [] };
      shared.set(id, { score: so.score + weight * score, terms: [...so.terms, term] });
    }
  }
  const hits = [...shared].flatMap(([id, { score, terms }]): Hit[] => {
    const other = entries.get(id)?.paper;
    if (!other || other.id === paper.id || terms.length < SHARED_MIN) return [];
    return [{ paper: other, score: nudged(score, other, now), terms }];
  });
  hits.sort(orders.relevance);
  const best = hits[0]?.score ?? 0;
  return hits.filter(({ score }) => score >= best * NEAR);
}

/** The paper's words by how often it says them and how few others do; those of no other say nothing here. */
function weightyTerms(paper: Paper, engine: Engine, size: number) {
  const counts = new Map<string, number>();
  const count = (text: string, weight: number) => {
    for (const { term } of readings(text).apart) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  count(paper.title, TITLE_WEIGHT);
  count(paper.abstract, 1);
  return [...counts]
    .map(([term, times]) => ({ term, times, frequency: engine.frequency(term) }))
    .filter(({ term, frequency }) => frequency > 1 && !isStopWord(term) && !/^\p{N}/u.test(term))
    .map(({ term, times, frequency }) => ({
      term,
      weight: (ONCE + Math.log(times)) * Math.log(size / frequency),
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, TERMS_MAX);
}
