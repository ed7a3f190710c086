/** Where the words of a text stand as they are written: compounds whole, and runs of scripts without spaces. */
import { lettersOf } from './letters.ts';

/** Scripts written without spaces, which `Intl.Segmenter` divides by dictionary. */
export const unspaced = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;

/** Hyphens proper, and the dashes typed for them; a dash with spaces around it divides. */
export const hyphen = String.raw`[\-\u2010-\u2013\u2212]`;

/** The words of a text, compounds whole, or runs without spaces. */
function wordPattern(
  { any, digit, inside }: { any: string; digit: string; inside: string },
  flags: string,
) {
  // Signs that belong to a run: 2.5, 1,000, don't, and at its end C++ and C#.
  const signs = `(?<=${digit})[.](?=${digit})|(?<=${digit}),(?=${digit}{3}(?!${digit}))|['’](?=${any})`;
  const end = `\\+\\+(?!${any})|(?<=(?<!${any})${any})#(?!${any})`;
  const run = `${any}(?:[${any}${inside}]|${signs})*(?:${end})?`;
  return new RegExp(`${run}(?:${hyphen}${run})*|${unspaced}+`, flags);
}

/** Nearly every abstract is plain ASCII, and several times faster to read as such. */
const asciiWord = wordPattern({ any: '[A-Za-z0-9]', digit: '[0-9]', inside: '' }, 'yv');
const unicodeWord = wordPattern(
  {
    any: String.raw`[[\p{L}\p{N}]--${unspaced}]`,
    digit: String.raw`\p{N}`,
    // Combining marks, and what stands invisibly in a word: soft hyphens, joiners, direction marks.
    inside: String.raw`\p{M}\u00ad\u200b-\u200f\u2060\ufeff`,
  },
  'yv',
);
const [PLUS, SHARP, HYPHEN, STOP, COMMA, APOSTROPHE] = [..."+#-.,'"].map((sign) =>
  sign.charCodeAt(0),
);

/** Words where they stand; gone when the next text is read. */
export interface Written {
  /** The text in UTF-16. */
  letters: Uint16Array;
  /** Where each word starts and where it ends, in turn. */
  bounds: Uint32Array;
  /** How many words. */
  count: number;
}

/** Texts that may have more words get an array of their own. */
const WORDS_MAX = 2 ** 14;
const usual = new Uint32Array(2 * WORDS_MAX);

/**
 * The words of a readable text. A pattern is asked only where more than ASCII letters, digits and hyphens may
 * belong to a word.
 */
export function writtenIn(text: string): Written {
  const { length } = text;
  const letters = lettersOf(text);
  // Every letter may be a word.
  const bounds = length > WORDS_MAX ? new Uint32Array(2 * length) : usual;
  let bits = 0;
  for (let i = 0; i < length; i += 1) bits |= letters[i] ?? 0;
  const pattern = bits < 128 ? asciiWord : unicodeWord;
  let count = 0;
  for (let at = 0; at < length; ) {
    let end = at;
    while (isAlphanumericAt(letters, end, length)) {
      end += 1;
      if (isHyphenAt(letters, end, length)) end += 1;
    }
    if (end > at ? mayContinue(letters, end, length) : (letters[at] ?? 0) > 127) {
      pattern.lastIndex = at;
      end = pattern.test(text) ? pattern.lastIndex : at;
    }
    if (end > at) {
      bounds[2 * count] = at;
      bounds[2 * count + 1] = end;
      count += 1;
      at = end;
    } else {
      // Asked at the second half of a character, a pattern answers for the whole.
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    }
  }
  return { letters, bounds, count };
}

export const isAsciiAlphanumeric = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

const isAlphanumericAt = (letters: Uint16Array, at: number, length: number) =>
  at < length && isAsciiAlphanumeric(letters[at] ?? 0);

/** Whether a hyphen stands there that goes on with a word. */
const isHyphenAt = (letters: Uint16Array, at: number, length: number) =>
  letters[at] === HYPHEN && isAlphanumericAt(letters, at + 1, length);

/** Whether a word may go on there. */
function mayContinue(letters: Uint16Array, at: number, length: number): boolean {
  if (at === length) return false;
  const sign = letters[at] ?? 0;
  if (sign > 127 || sign === PLUS || sign === SHARP) return true;
  if (sign !== HYPHEN && sign !== STOP && sign !== COMMA && sign !== APOSTROPHE) return false;
  const next = at + 1 < length ? (letters[at + 1] ?? 0) : 0;
  return next > 127 || isAsciiAlphanumeric(next);
}
