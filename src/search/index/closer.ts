/**
 * Reads the best candidates word by word: their exact score, and what of the question stands close together.
 */
import { drift, impact, type Lengths, worths } from './bm25f.ts';
import { type Nearness, nearnessOf } from './nearness.ts';
import { IMPACT_FULL } from './postings.ts';
import type { Question } from './question.ts';
import type { Weighted } from './scores.ts';
import { type Shelf, STOP } from './shelf.ts';
import { FIELD_END, FIRST_WORD, Numbers } from './text.ts';

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
      counts.fill(0, 0, known.length * FIELDS);
      lengths.fill(0);
      nearness.clear();
      count(shelf, paper, nearness);
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

/** Counts a paper's words of the question, and of each field those of subject. */
function count({ segment, marks }: Shelf, paper: number, nearness: Nearness): void {
  const { text, textEnds, terms } = segment;
  const end = textEnds[paper] ?? 0;
  const numbers = new Numbers(text, textEnds[paper - 1] ?? 0);
  let authorsLeft = numbers.next();
  let field = authorsLeft ? 0 : 1;
  let subjects = 0;
  let place = 0;
  let isJoined = false;
  while (numbers.at < end) {
    const number = numbers.next();
    if (number >= FIRST_WORD) {
      const mark = marks[terms[number - FIRST_WORD] ?? 0] ?? 0;
      const isOfQuestion = mark !== 0 && mark !== STOP;
      if (isOfQuestion) {
        const slot = (mark - 1) * FIELDS + field;
        counts[slot] = (counts[slot] ?? 0) + 1;
      }
      if (isJoined) {
        // Its parts follow, which have the places.
        isJoined = false;
        continue;
      }
      place += 1;
      // Every other word is a stop word: a sum is cheaper than a guess.
      subjects += (mark - STOP) >>> 31;
      if (isOfQuestion) nearness.meet(mark - 1, place);
    } else if (number === FIELD_END) {
      nearness.endField();
      lengths[field] = subjects;
      subjects = 0;
      authorsLeft -= 1;
      if (authorsLeft <= 0) field += 1;
    } else isJoined = true;
  }
}
