/** A model's words as sentences, each with the passages it cites: `… [1].`, `… [1, 3].`, `… . [2]` */
import { sentences } from '../text/sentences.ts';

export interface Cited {
  /** As written, its citations too. */
  text: string;
  /** Numbers of passages, each once. */
  cites: readonly number[];
  /** The text without its citations and without what is in quotation marks. */
  prose: string;
  /** What stands in quotation marks. */
  quotes: readonly string[];
  /** Whether every quotation mark that opens is closed. */
  isBalanced: boolean;
}

const citation = /\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]/g;
const leadingCitations = /^(?:\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]\s*)+(?=$|[^\p{Ll}\s])/u;
/** Single marks count from two words on: they are apostrophes too. */
const quotation =
  /"([^"]*)"|“([^“”]*)”|«([^«»]*)»|„([^„“”]*)[“”]|‘([^‘’]*\s[^‘’]*)’|(?<![\p{L}\p{N}])'([^']*\s[^']*)'(?![\p{L}\p{N}])/gu;
const quotationMark = /["“”«»„]/u;

/** Nothing is said after a sentence of this length, in characters. */
const SENTENCE_MAX = 500;

/** In order; the last one may still be growing. */
export function citedSentences(raw: string): Cited[] {
  const pieces: string[] = [];
  for (const line of tidy(raw).split('\n')) {
    for (const sentence of sentences(line)) {
      // A citation after the full stop belongs to the sentence before it.
      const late = leadingCitations.exec(sentence)?.[0] ?? '';
      const before = pieces.pop();
      if (before !== undefined) pieces.push(late ? `${before} ${late.trim()}` : before);
      const rest = sentence.slice(before === undefined ? 0 : late.length).trim();
      if (rest) pieces.push(rest);
    }
  }
  return pieces.filter(({ length }) => length <= SENTENCE_MAX).map(read);
}

function read(text: string): Cited {
  const quotes = [...text.matchAll(quotation)].map((found) => found.slice(1).find(Boolean) ?? '');
  const unquoted = text.replace(quotation, ' ');
  const cites = [...unquoted.matchAll(citation)].flatMap(([, numbers = '']) =>
    numbers.split(/[,;]/).map(Number),
  );
  return {
    text,
    cites: [...new Set(cites)],
    prose: unquoted.replace(citation, '').replace(/\s+/g, ' ').trim(),
    quotes,
    isBalanced: !quotationMark.test(unquoted),
  };
}

/**
 * Without what models put around their words: invisible characters, list marks, headings, emphasis, and the
 * comma or full stop that typography puts before a closing quotation mark.
 */
function tidy(raw: string): string {
  return raw
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '')
    .replace(/^[^\S\n]*(?:#{1,6}|[-*•>]|\d{1,2}[.)])[^\S\n]+/gm, '')
    .replace(/\*\*(\S(?:[^*\n]*\S)?)\*\*/g, '$1')
    .replace(/([.,])(["”»])(?=\s|\[|$)/gm, '$2$1')
    .replace(/[^\S\n]+/g, ' ');
}
