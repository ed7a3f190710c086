/**
 * Abbreviations as the papers introduce them, "mixture of experts (MoE)", found as Schwartz and Hearst do: A
 * simple algorithm for identifying abbreviation definitions in biomedical text (2003).
 */
import { isStopWord } from '../../text/stopwords.ts';
import { readings } from '../../text/tokens.ts';
import { isAsciiAlphanumeric } from '../../text/written.ts';
import { synonyms } from './synonyms.ts';

const letterOrDigit = /^[\p{L}\p{N}]$/u;
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

/** A short form, its long form (terms between spaces), in how many papers it was met, and the long form as written. */
export type Meeting = readonly [short: string, long: string, papers: number, written: string];

export class Abbreviations {
  /** Short form → long form → papers. */
  readonly #longs = new Map<string, Map<string, number>>();
  /** Long form without its stop words, which queries leave out → short form, as met most. */
  readonly #shorts = new Map<string, string>();
  /** First terms of the long forms in `#shorts`. */
  readonly #starts = new Set<string>();
  /** Long form → how it was first written. */
  readonly #written = new Map<string, string>();

  /** Beginning with what short forms are known to stand for. */
  constructor(given = synonyms) {
    for (const [short, long] of given) this.add([folded(short), folded(long), GIVEN, long]);
  }

  /** Takes in what a text introduces. */
  learn(text: string): void {
    if (!text.includes('(')) return;
    for (const { 1: short = '', index } of text.matchAll(introduced)) {
      const long = longForm(short, text.slice(Math.max(0, index - 120), index));
      if (long) this.add([folded(short), folded(long), 1, long.replace(/\s+/g, ' ')]);
    }
  }

  /** Adds many, in slices. */
  *adding(meetings: readonly Meeting[]): Generator<undefined, void> {
    for (const meeting of meetings) {
      this.add(meeting);
      yield;
    }
  }

  add([short, long, papers, written]: Meeting): void {
    if (isStopWord(short) || !long.includes(' ') || long.split(' ').length > LONG_MAX) return;
    const longs = this.#longs.get(short) ?? new Map<string, number>();
    this.#longs.set(short, longs);
    const so = (longs.get(long) ?? 0) + papers;
    longs.set(long, so);
    if (!this.#written.has(long)) this.#written.set(long, written);
    const subjects = subjectsOf(long);
    const rival = this.#shorts.get(subjects);
    if (!rival || so >= (this.#longs.get(rival)?.get(long) ?? 0)) {
      this.#shorts.set(subjects, short);
      this.#starts.add(subjects.split(' ')[0] ?? '');
    }
  }

  /** What a short form most likely stands for. */
  longOf(short: string): string | undefined {
    const longs = [...(this.#longs.get(short) ?? [])].sort(([, a], [, b]) => b - a);
    const [long, papers = 0] = longs[0] ?? [];
    const all = longs.reduce((sum, [, each]) => sum + each, 0);
    return papers >= PAPERS_MIN && papers >= SHARE_MIN * all ? long : undefined;
  }

  /** The same as papers write it. */
  writtenOf(short: string): string | undefined {
    return this.#written.get(this.longOf(short) ?? '');
  }

  /** How papers abbreviate terms, given without stop words. */
  shortOf(subjects: string): string | undefined {
    const short = this.#shorts.get(subjects);
    return short && subjectsOf(this.longOf(short) ?? '') === subjects ? short : undefined;
  }

  /** The long forms that start at a place in a row of terms without stop words, longest first. */
  shortsAt(row: readonly string[], start: number): { length: number; short: string }[] {
    if (!this.#starts.has(row[start] ?? '')) return [];
    const found: { length: number; short: string }[] = [];
    for (let length = Math.min(LONG_MAX, row.length - start); length > 1; length -= 1) {
      const short = this.shortOf(row.slice(start, start + length).join(' '));
      if (short) found.push({ length, short });
    }
    return found;
  }

  /** Everything met in so many papers or more. */
  met(least = 2): Meeting[] {
    return [...this.#longs].flatMap(([short, longs]) =>
      [...longs].flatMap(([long, papers]): Meeting[] =>
        papers >= least && papers < GIVEN
          ? [[short, long, papers, this.#written.get(long) ?? long]]
          : [],
      ),
    );
  }
}

const subjectsOf = (long: string) =>
  long
    .split(' ')
    .filter((term) => !isStopWord(term))
    .join(' ');

/** Terms between spaces, compounds apart. */
const folded = (text: string) =>
  readings(text)
    .apart.map(({ term }) => term)
    .join(' ');

/** The end of the text before the parenthesis that the short form stands for. */
function longForm(short: string, before: string): string | undefined {
  const letters = short.toLowerCase().replaceAll('-', '');
  const text = before.trimEnd().toLowerCase();
  const start = startOfInitials(letters, text) ?? startOfLetters(letters, text);
  const long = text.slice(start);
  return start === undefined || /[.;:()"“”]/.test(long) ? undefined : long;
}

/**
 * Where the words start whose first letters they are, stop words between them or not: Schwartz and Hearst alone
 * take the two p of PPO from "policy optimization" and leave "proximal" out.
 */
function startOfInitials(letters: string, text: string): number | undefined {
  let left = letters.length;
  for (let end = text.length; end > 0; ) {
    const start = wordStart(text, end);
    if (start === end) {
      end -= 1;
      continue;
    }
    if (text.charAt(start) === letters.charAt(left - 1)) left -= 1;
    else if (!isStopWord(text.slice(start, end))) return undefined;
    if (!left) return start;
    end = start;
  }
  return undefined;
}

/** Where the letters and digits start that end there; a loop, since most are ASCII and texts are many. */
function wordStart(text: string, end: number): number {
  for (let start = end; ; ) {
    const code = text.charCodeAt(start - 1);
    const isLowSurrogate = code >> 10 === 0x37;
    const before = start - (isLowSurrogate ? 2 : 1);
    if (!isWordCharacter(text.slice(Math.max(0, before), start))) return start;
    start = before;
  }
}

const isWordCharacter = (character: string) =>
  character < '\u0080'
    ? isAsciiAlphanumeric(character.charCodeAt(0))
    : letterOrDigit.test(character);

/** Where the text starts that has the letters in order, the first of them at the start of a word. */
function startOfLetters(letters: string, text: string): number | undefined {
  let at = text.length;
  for (let i = letters.length - 1; i >= 0; i -= 1) {
    const isStart = () => i > 0 || !isWordCharacter(text.charAt(at - 1));
    do at -= 1;
    while (at >= 0 && !(text.charAt(at) === letters.charAt(i) && isStart()));
    if (at < 0) return undefined;
  }
  return at;
}
