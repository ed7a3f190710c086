/**
 * Abbreviations as the papers introduce them, "mixture of experts (MoE)", found as Schwartz and Hearst do: A
 * simple algorithm for identifying abbreviation definitions in biomedical text (2003).
 */
import { isStopWord } from '../../text/stopwords.ts';
import { readings } from '../../text/tokens.ts';
import { synonyms } from './synonyms.ts';

/** A letter, then letters, digits and hyphens; an `s` for the plural is left out. */
const introduced = /\(([A-Z][A-Za-z0-9-]{1,9}?)s?\)/g;
/** Fewer papers may have it wrong, or mean it for themselves only. */
const PAPERS_MIN = 3;
/** Of all that a short form stands for, what it means here unless said otherwise. */
const SHARE_MIN = 0.5;
/** As good as met in so many papers: what `synonyms` says. */
const GIVEN = 2 ** 40;
/** Long forms are at most so many words. */
export const LONG_MAX = 6;

/** A short form, its long form (terms between spaces) and in how many papers it was met. */
export type Meeting = readonly [short: string, long: string, papers: number];

export class Abbreviations {
  /** Short form → long form → papers. */
  readonly #longs = new Map<string, Map<string, number>>();
  /** Long form → short form, as met most. */
  readonly #shorts = new Map<string, string>();

  /** Beginning with what short forms are known to stand for. */
  constructor(given = synonyms) {
    for (const [short, long] of given) this.add([folded(short), folded(long), GIVEN]);
  }

  /** Takes in what a text introduces. */
  learn(text: string): void {
    if (!text.includes('(')) return;
    for (const { 1: short = '', index } of text.matchAll(introduced)) {
      const long = longForm(short, text.slice(Math.max(0, index - 120), index));
      if (long) this.add([folded(short), folded(long), 1]);
    }
  }

  add([short, long, papers]: Meeting): void {
    if (isStopWord(short) || !long.includes(' ') || long.split(' ').length > LONG_MAX) return;
    const longs = this.#longs.get(short) ?? new Map<string, number>();
    this.#longs.set(short, longs);
    const so = (longs.get(long) ?? 0) + papers;
    longs.set(long, so);
    const rival = this.#shorts.get(long);
    if (!rival || so >= (this.#longs.get(rival)?.get(long) ?? 0)) this.#shorts.set(long, short);
  }

  /** What a short form most likely stands for. */
  longOf(short: string): string | undefined {
    const longs = [...(this.#longs.get(short) ?? [])].sort(([, a], [, b]) => b - a);
    const [long, papers = 0] = longs[0] ?? [];
    const all = longs.reduce((sum, [, each]) => sum + each, 0);
    return papers >= PAPERS_MIN && papers >= SHARE_MIN * all ? long : undefined;
  }

  /** How papers abbreviate terms. */
  shortOf(long: string): string | undefined {
    const short = this.#shorts.get(long);
    return short && this.longOf(short) === long ? short : undefined;
  }

  /** Everything met in so many papers or more. */
  met(least = 2): Meeting[] {
    return [...this.#longs].flatMap(([short, longs]) =>
      [...longs].flatMap(([long, papers]): Meeting[] =>
        papers >= least && papers < GIVEN ? [[short, long, papers]] : [],
      ),
    );
  }
}

/** Terms between spaces, compounds apart. */
const folded = (text: string) =>
  readings(text)
    .apart.map(({ term }) => term)
    .join(' ');

/** The end of the text before the parenthesis that the short form's letters stand for. */
function longForm(short: string, before: string): string | undefined {
  const text = before.trimEnd().toLowerCase();
  let at = text.length;
  for (let i = short.length - 1; i >= 0; i -= 1) {
    const letter = short.charAt(i).toLowerCase();
    if (letter === '-') continue;
    do at -= 1;
    while (
      at >= 0 &&
      (text.charAt(at) !== letter || (i === 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))))
    );
    if (at < 0) return undefined;
  }
  const long = text.slice(at);
  return /[.;:()]/.test(long) ? undefined : long;
}
