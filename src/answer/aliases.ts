/**
 * The short forms a paper introduces, "cognitive behavioral therapy (CBT)", so that a question may use
 * either. The letters are matched from the right, as in Schwartz and Hearst, "A simple algorithm for
 * identifying abbreviation definitions in biomedical text", PSB 2003.
 */
import { isStopWord } from '../text/stopwords.ts';
import { tokens } from '../text/tokens.ts';

export interface Alias {
  /** The short form's term, `cbt`. */
  short: string;
  /** The terms of what it stands for, without stop words. */
  long: readonly string[];
}

const bracketed = /\(([\p{L}\p{N}][\p{L}\p{N}-]{1,9})(?:[;,][^()]*)?\)/gu;

/** Those that a text introduces, in order, as often as it does. */
export function aliasesIn(text: string): Alias[] {
  const aliases: Alias[] = [];
  for (const { 1: found = '', index } of text.matchAll(bracketed)) {
    const name = found.replace(/(?<=\p{Lu})s$/u, '');
    if (!/\p{Lu}/u.test(name.slice(1)) && !/^\p{Lu}/u.test(name)) continue;
    const before = text.slice(Math.max(0, index - 120), index).trimEnd();
    const long = longForm(name, before);
    const short = tokens(name).at(-1)?.term;
    if (!long || !short) continue;
    const terms = tokens(long).flatMap(({ term }) => (isStopWord(term) ? [] : [term]));
    if (terms.length && !terms.includes(short))
      aliases.push({ short: wholeTerm(name), long: terms });
  }
  return aliases;
}

/** A compound name such as IL-17 in its joined reading. */
function wholeTerm(name: string): string {
  const found = tokens(name);
  return found.reduce(
    (a, b) => (b.end - b.start > a.end - a.start ? b : a),
    found[0] ?? { term: name, start: 0, end: 0 },
  ).term;
}

/** The words before the bracket whose letters, from right to left, spell the short form. */
function longForm(short: string, before: string): string | undefined {
  const wordsMax = Math.min(short.length + 5, short.length * 2);
  let at = before.length;
  for (let letter = short.length - 1; letter >= 0; letter -= 1) {
    const wanted = short.charAt(letter).toLowerCase();
    if (!/[\p{L}\p{N}]/u.test(wanted)) continue;
    at -= 1;
    // The first letter must begin a word; the others may stand anywhere.
    while (
      at >= 0 &&
      (before.charAt(at).toLowerCase() !== wanted ||
        (letter === 0 && /[\p{L}\p{N}]/u.test(before.charAt(at - 1))))
    )
      at -= 1;
    if (at < 0) return undefined;
  }
  const long = before.slice(at);
  const words = long.split(/\s+/).length;
  return words <= wordsMax && long.length > short.length && !/[.!?]\s/.test(long)
    ? long
    : undefined;
}
