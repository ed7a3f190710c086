/**
 * The one analysis of text into terms: papers, queries and the words shown in bold all go through it,
 * so that what matches is what is found and what is marked.
 *
 * A compound has two readings, apart (`few` `shot`) and joined (`fewshot`), and both are given:
 * `few-shot` and `fewshot` find each other, as do `GPT-4`, `GPT4` and `GPT 4`.
 */
import { stemmer } from 'stemmer';
import { american } from './american.ts';
import { readable } from './latex.ts';
import { isStopWord } from './stopwords.ts';
import { hyphen, unspaced, writtenIn } from './written.ts';

export interface Token {
  /** Folded and stemmed: what is compared. */
  term: string;
  /** Folded only: for names, spelling and completion. */
  word: string;
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
}

export interface Readings {
  /** Every part of a compound on its own. */
  readonly apart: readonly Token[];
  /** Every compound as one word. */
  readonly joined: readonly Token[];
}

/** Parts of a compound; a longer chain of hyphens is a list or a rule, not a word anybody writes joined. */
export const COMPOUND_MAX = 5;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const startsUnspaced = new RegExp(`^${unspaced}`, 'v');
const hyphens = new RegExp(hyphen, 'v');

/** The terms of a readable text with their places, compounds in both readings, in order of their starts. */
export function tokens(text: string): readonly Token[] {
  const { apart, joined } = readAs(text);
  const parts = new Set(apart);
  const compounds = joined.filter((token) => !parts.has(token));
  if (!compounds.length) return apart;
  return [...apart, ...compounds].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * The two sequences of terms a text can be read as, its LaTeX made readable; equal when it has no compounds.
 * Places are those in the readable text.
 */
export function readings(text: string): Readings {
  return readAs(readable(text));
}

/** A word of a query, which one search reads some five times. */
const SHORT = 40;
const rememberedRead = remembering(256, read);
const readAs = (text: string) => (text.length > SHORT ? read(text) : rememberedRead(text));

function read(text: string): Readings {
  const apart: Token[] = [];
  const joined: Token[] = [];
  const { bounds, count } = writtenIn(text);
  for (let i = 0; i < count; i += 1) {
    const start = bounds[2 * i] ?? 0;
    const { parts, compound } = formOf(text.slice(start, bounds[2 * i + 1]));
    const tokens = parts.map((part) => tokenOf(part, start));
    apart.push(...tokens);
    if (compound) joined.push(tokenOf(compound, start));
    else joined.push(...tokens);
  }
  return { apart, joined };
}

const isAsciiWord = /^[A-Za-z]+$/;

/** A folded word and where it stands. */
type Piece = Omit<Token, 'term'>;

/** What a word as written amounts to; offsets count from its start. */
export interface Form {
  /** Several for a compound and for a run without spaces; none when nothing is left after folding. */
  parts: readonly Piece[];
  /** The compound as one word. */
  compound: Piece | undefined;
}

/** Reads one word of a text; the same word reads the same everywhere. */
export function formOf(found: string): Form {
  if (isAsciiWord.test(found)) {
    const piece = { word: found.toLowerCase(), start: 0, end: found.length };
    return { parts: [piece], compound: undefined };
  }
  if (startsUnspaced.test(found)) return { parts: segmentsOf(found), compound: undefined };
  const parts = partsOf(found);
  const isCompound = parts.length > 1 && parts.length <= COMPOUND_MAX;
  return { parts, compound: isCompound ? join(parts) : undefined };
}

const tokenOf = ({ word, start, end }: Piece, by: number): Token => ({
  term: rememberedTermOf(word),
  word,
  start: start + by,
  end: end + by,
});

function join(parts: readonly Piece[]): Piece {
  const word = parts.map((part) => part.word).join('');
  const start = Math.min(...parts.map((part) => part.start));
  return { word, start, end: Math.max(...parts.map((part) => part.end)) };
}

function segmentsOf(found: string): Piece[] {
  return [...segmenter.segment(found)]
    .filter(({ isWordLike }) => isWordLike)
    .flatMap(({ segment, index }) => pieceAt(segment, index));
}

/** `GPT4`, `Qwen2.5`, `gpt4o`: a name and its number. `7B`, `3D` and `H100` stay whole. */
const numbered = /^(\p{L}[\p{L}\p{M}]+)(\p{N}[\p{N}.]*\p{L}?)$/u;

function partsOf(found: string): Piece[] {
  const parts: Piece[] = [];
  let start = 0;
  for (const piece of found.split(hyphens)) {
    const [, name, number] = numbered.exec(piece) ?? [];
    if (!name || !number) parts.push(...pieceAt(piece, start));
    else parts.push(...pieceAt(name, start), ...pieceAt(number, start + name.length));
    start += piece.length + 1;
  }
  return parts;
}

/** One piece, or none when nothing is left of the text after folding. */
function pieceAt(raw: string, start: number): Piece[] {
  const word = fold(raw);
  return word ? [{ word, start, end: start + raw.length }] : [];
}

/** Letters that do not decompose, and what people type instead. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ı', 'i'],
]);

/** Greek letters on their own are signs, which people type by name: `α-divergence`, `ε-greedy`. */
const greek = new Map(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega'
    .split(' ')
    .map((name, i) => [[...'αβγδεζηθικλμνξοπρστυφχψω'][i] ?? '', name]),
);

function fold(raw: string): string {
  const lower = raw.toLowerCase();
  if (/^[a-z0-9]+$/.test(lower)) return lower;
  const folded = unmarked(lower);
  return greek.get(folded) ?? folded;
}

/** Without diacritics, in the letters people type. */
function unmarked(lower: string): string {
  return lower
    .replace(/['’]s$/u, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđðþħı]/g, (character) => plainLetters.get(character) ?? '')
    .replace(/(?<=\p{N})\.(?=\p{N})|\+\+$|#$|[^\p{L}\p{N}\p{M}]/gu, (sign) =>
      ['.', '++', '#'].includes(sign) ? sign : '',
    )
    .normalize('NFC');
}

/** The term of a folded word. */
export function termOf(word: string): string {
  if (isStopWord(word) || !/^[a-z]+$/.test(word)) return word;
  const stem = stemmer(american(word));
  // "Ising" must not become the stop word "is".
  return isStopWord(stem) ? word : stem;
}

/** Stemming costs about a microsecond a word. */
const rememberedTermOf = remembering(50_000, termOf);

/** The same function, which keeps up to so many results. */
function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    if (made.size >= most) made.clear();
    made.set(text, fresh);
    return fresh;
  };
}
