/**
 * Reads the best candidates word by word: their exact score, and what of the question stands close together.
 */
import { drift, impact, type Lengths, worths } from './bm25f.ts';
import { type Nearness, nearnessOf } from './nearness.ts';
import { IMPACT_FULL } from './postings.ts';
import type { Question } from './question.ts';
import type { Weighted } from './scores.ts';
import { type Shelf, STOP } from './shelf.ts';
import { END, type Reading, TextReader } from './text.ts';

const reader = new TextReader();

/** Authors, title, abstract. */
const FIELDS = 3;
/** One byte tells which term of the question a word is; the longest question has half as many. */
const counts = new Uint16Array(FIELDS * STOP);
/** Words of subject a field. */
const lengths = new Uint16Array(FIELDS);

/** Reads papers of one shelf, until it is closed; one shelf is read by one of them at a time. */
export interface Closer {
  /** The exact score of a paper. */
  score(paper: number): number;
  /** The highest exact score of a paper whose quick score is this. */
  most(quick: number): number;
  close(): void;
}

export function closerTo(
  shelf: Shelf,
  { terms, question, means }: { terms: readonly Weighted[]; question: Question; means: Lengths },
): Closer {
  const { marks, segment } = shelf;
  const known = terms.slice(0, STOP - 1);
  for (const [i, { entry }] of known.entries()) marks[entry] = i + 1;
  const nearness = nearnessOf(shelf, known, question.row);
  const allTerms = known.reduce((sum, { weight }) => sum + weight, 0);
  const slack = allTerms * (0.5 / IMPACT_FULL + drift(segment.weighedWith, means)) + nearness.most;
  return {
    score(paper) {
      reader.read(segment, paper, 'abstract');
      counts.fill(0, 0, known.length * FIELDS);
      lengths.fill(0);
      nearness.clear();
      count(reader.apart, shelf, nearness);
      if (reader.compounds.length > reader.authors + 2) count(reader.compounds, shelf);
      const worth = worths({ title: lengths[1] ?? 0, abstract: lengths[2] ?? 0 }, means);
      let score = nearness.score();
      for (const [i, { weight }] of known.entries()) {
        const at = i * FIELDS;
        const found = {
          authors: counts[at] ?? 0,
          title: counts[at + 1] ?? 0,
          abstract: counts[at + 2] ?? 0,
        };
        if (found.authors || found.title || found.abstract) {
          score += weight * impact(found, worth);
        }
      }
      return score;
    },
    most: (quick) => quick + slack,
    close() {
      for (const { entry } of known) marks[entry] = 0;
    },
  };
}

/** Counts a reading's words of the question; with `nearness`, the length of its fields too. */
function count({ entries, length }: Reading, { segment, marks }: Shelf, nearness?: Nearness): void {
  const { terms } = segment;
  let authorsLeft = reader.authors;
  let field = authorsLeft ? 0 : 1;
  let subjects = 0;
  for (let at = 0; at < length; at += 1) {
    const entry = entries[at] ?? END;
    if (entry === END) {
      if (nearness) {
        nearness.endField();
        lengths[field] = subjects;
      }
      subjects = 0;
      authorsLeft -= 1;
      if (authorsLeft <= 0) field += 1;
      continue;
    }
    const mark = marks[terms[entry] ?? 0] ?? 0;
    // One word in two is a stop word: a sum is cheaper than a guess.
    subjects += (mark - STOP) >>> 31;
    if (!mark || mark === STOP) continue;
    const slot = (mark - 1) * FIELDS + field;
    counts[slot] = (counts[slot] ?? 0) + 1;
    nearness?.meet(mark - 1, at);
  }
}
