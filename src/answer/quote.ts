/** Quotes that are really there: verified against the stored text, with the matching words marked. */
import { snippet } from '../text/snippet.ts';

/** White space and Unicode's forms of a character normalised, nothing fuzzier. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** Whether the quote stands in the text word for word; an empty one stands nowhere. */
export function standsIn(quote: string, text: string): boolean {
  const wanted = plain(quote);
  return wanted !== '' && plain(text).includes(wanted);
}

/** The same, with no word cut in two: "effective" is no quotation from "ineffective". */
export function quotesFrom(quotation: string, text: string): boolean {
  const quoted = plain(quotation);
  const isWord = /[\p{L}\p{N}]/u;
  const before = isWord.test(quoted.at(0) ?? '') ? '(?<![\\p{L}\\p{N}])' : '';
  const after = isWord.test(quoted.at(-1) ?? '') ? '(?![\\p{L}\\p{N}])' : '';
  const words = new RegExp(`${before}${RegExp.escape(quoted)}${after}`, 'u');
  return quoted !== '' && words.test(plain(text));
}

/** Where words with these terms stand in a sentence. */
export function marksIn(
  sentence: string,
  terms: readonly string[],
): [start: number, end: number][] {
  return snippet(sentence, terms, sentence.length).marks;
}
