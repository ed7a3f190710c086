/** Finding papers for a query: those for which it holds, or else those that come closest. */
import type { Hit } from '../model/hit.ts';
import type { Condition, Query } from '../query/ast.ts';
import { testOf } from '../query/match.ts';
import { needsTerms, replaceWords, termsOf, wantedWords, withoutWords } from '../query/terms.ts';
import type { Engine } from './engine.ts';
import { type Entry, titleKey } from './entry.ts';
import { nudged, orders } from './order.ts';
import { corrected } from './spelling.ts';

/** What being the very title adds to a score: more than any words can. */
const TITLE = 1_000_000;

interface Shelf {
  entries: ReadonlyMap<string, Entry>;
  engine: Engine;
  now: Date;
}

/** A condition with what ranking needs of it. */
interface Question {
  where: Condition;
  terms: string[];
  scores: ReadonlyMap<string, number>;
}

const everything: Condition = { kind: 'all', of: [] };

/** All hits in order; `exact` is false when the whole query holds for none. */
export function find(query: Query, shelf: Shelf): { hits: Hit[]; exact: boolean } {
  const { where = everything, sort = 'relevance' } = query;
  const asked = ask(where, shelf);
  const exact = whole(asked, shelf);
  if (exact.length) return { hits: exact.sort(orders[sort]), exact: true };

  const meant = corrections(where, shelf.engine);
  const again = meant && ask(meant, shelf);
  const spelt = again ? whole(again, shelf) : [];
  const hits = spelt.length ? spelt : closest(again ?? asked, shelf);
  return { hits: hits.sort(orders[sort]), exact: false };
}

function ask(where: Condition, { engine }: Shelf): Question {
  const terms = termsOf(wantedWords(where));
  return { where, terms, scores: engine.rank(terms) };
}

/** The papers for which the whole condition holds. */
function whole(question: Question, shelf: Shelf): Hit[] {
  const { where, scores } = question;
  return hitsIn((needsTerms(where) ? scores : shelf.entries).keys(), where, question, shelf);
}

/** The papers that have some of the bare words, and all that is required besides. */
function closest(question: Question, shelf: Shelf): Hit[] {
  const { where, terms, scores } = question;
  const words = termsOf(wantedWords(where, ['word']));
  const pool = words.length === terms.length ? scores : shelf.engine.rank(words);
  return hitsIn(pool.keys(), withoutWords(where) ?? everything, question, shelf);
}

function hitsIn(
  pool: Iterable<string>,
  required: Condition,
  { where, terms, scores }: Question,
  { entries, now }: Shelf,
): Hit[] {
  const test = testOf(required, now);
  const title = titleKey(wantedWords(where).join(' '));
  const hits: Hit[] = [];
  for (const id of pool) {
    const entry = entries.get(id);
    if (!entry || !test(entry.paper)) continue;
    const score = nudged(scores.get(id) ?? 0, entry.paper, now);
    const isTitle = title !== '' && entry.title === title;
    hits.push({ paper: entry.paper, score: isTitle ? score + TITLE : score, terms });
  }
  return hits;
}

/** The condition as the catalogue would spell it; undefined when it is spelt so already. */
function corrections(where: Condition, engine: Engine): Condition | undefined {
  let isCorrected = false;
  const meant = replaceWords(where, (word) => {
    const spelt = corrected(word, engine);
    isCorrected ||= spelt !== word;
    return spelt;
  });
  return isCorrected ? meant : undefined;
}
