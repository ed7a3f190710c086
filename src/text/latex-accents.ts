/** Accented letters: `\"o`, `\'{e}`, `{\v s}`, and the escaped signs that only look like one. */

/** Unicode's combining mark for each of TeX's accents in words. */
const marks = new Map(
  Object.entries({
    '`': '\u0300',
    "'": '\u0301',
    '^': '\u0302',
    '~': '\u0303',
    '=': '\u0304',
    u: '\u0306',
    '.': '\u0307',
    '"': '\u0308',
    r: '\u030a',
    H: '\u030b',
    v: '\u030c',
    d: '\u0323',
    c: '\u0327',
    k: '\u0328',
    b: '\u0331',
  }),
);

/** A letter with a combining mark, as one character where there is one. */
export function accented(letter: string, mark: string): string {
  const base = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
  return (base + mark).normalize('NFC');
}

/**
 * What an accent command with this name gives, with the letter at this place of the text.
 * @returns the character and where the text goes on; undefined when it is no accent here
 */
export function accentAt(
  text: string,
  at: number,
  name: string,
): { character: string; end: number } | undefined {
  const mark = marks.get(name);
  if (!mark) return undefined;
  const isSign = !/[A-Za-z]/.test(name);
  const pattern = /(\s*)(?:\{(?:\\([ij])|([A-Za-z]))\}|\\([ij])(?![A-Za-z])|([A-Za-z]))/y;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const letter = found?.slice(2).find(Boolean) ?? '';
  const character = accented(letter, mark);
  const isUsual =
    [...character].length === 1 &&
    !(isSign && found?.[1]) &&
    !(/[bd]/.test(name) && text[at] !== '{') &&
    !(name === '"' && !/[aeiouy]/i.test(letter)) &&
    !(name === "'" && /^[st][\s.,;:?!)]/.test(text.slice(at, at + 2)));
  if (letter && isUsual) return { character, end: pattern.lastIndex };
  // `\"quoted\"`, `model\'s`: an escaped sign.
  return isSign ? { character: name, end: at } : undefined;
}
