/** Text from outside is text: no control character reaches the terminal, where it could do anything. */

/**
 * All controls but the newline (an escape sequence begins with one), the bidi characters that reorder
 * what stands around them, and characters without width that hide in words or that Unicode keeps
 * from text.
 */
const misleading =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it removes
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\p{NChar}]/gu;

/** The text without characters that could mislead; lone surrogates become `�`, tabs a space. */
export function honest(text: string): string {
  return text.toWellFormed().replaceAll('\t', ' ').replace(misleading, '');
}
