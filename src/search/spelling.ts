/** Words that no paper has, and the word a single slip away that was meant. */
import { tokens } from '../text/tokens.ts';
import type { Engine } from './engine.ts';

/** In shorter words one letter makes another word too easily. */
const LENGTH_MIN = 4;

/**
 * The word as the catalogue spells it: itself unless no paper has it and another is one letter added,
 * left out, changed or swapped away; of several, the one in most papers. Numbers are never corrected.
 */
export function corrected(word: string, engine: Engine): string {
  const [token, ...more] = tokens(word);
  if (!token || more.length || token.term.length < LENGTH_MIN || !/^\p{L}+$/u.test(token.word)) {
    return word;
  }
  if (engine.frequency(token.term) > 0) return word;
  let best = word;
  let most = 0;
  for (const [candidate, term] of engine.words) {
    // Stems too: who mistypes the singular means the plural as well.
    if (!isOneSlip(token.word, candidate) && !isOneSlip(token.term, term)) continue;
    const frequency = engine.frequency(term);
    if (frequency > most) {
      most = frequency;
      best = candidate;
    }
  }
  return best;
}

/** One letter more, one less, one other, or two neighbours swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (a.length > b.length) return isOneSlip(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
