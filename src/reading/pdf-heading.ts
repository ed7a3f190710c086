/** Which lines of a PDF are headings: by their number or name, and by letters that differ from the text's. */
import type { Line } from './pdf-line.ts';

/** The letters of most of a document. */
export interface Body {
  size: number;
  font: string;
}

const NUMBERED =
  /^(?:(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|Appendix [A-Z][.:]?)\s+[\p{Lu}\d]/u;
const NAMED =
  /^(?:abstract|introduction|background|related works?|preliminaries|methods?|methodology|materials and methods|approach|experiments?|experimental (?:setup|results)|results?|results and discussion|evaluation|analysis|discussion|limitations?|conclusions?|conclusions? and future work|discussion and conclusions?|future work|acknowledge?ments?|references|bibliography|appendix|appendices|ethics statement|broader impacts?)$/i;
const LENGTH_MAX = 120;
/** Letters larger than the text's by so much, of 1: with a number, and without. */
const LARGER = { numbered: 1.05, alone: 1.12 };

/** The size and font in which most letters of the lines are set. */
export function bodyOf(lines: readonly Line[]): Body {
  const most = <T>(keyOf: (line: Line) => T): T | undefined => {
    const letters = new Map<T, number>();
    for (const line of lines) {
      letters.set(keyOf(line), (letters.get(keyOf(line)) ?? 0) + line.text.length);
    }
    return [...letters].sort(([, a], [, b]) => b - a)[0]?.[0];
  };
  const size = most((line) => Math.round(line.size * 10) / 10) ?? 0;
  return { size, font: most(({ font }) => font) ?? '' };
}

/** Whether a line is a heading of a document with this body. */
export function isHeading(line: Line, body: Body): boolean {
  const { text, size, font, gaps } = line;
  if (text.length > LENGTH_MAX || gaps > 1 || !/\p{L}{2}/u.test(text) || /[,;:]$/.test(text))
    return false;
  const isLarger = size > body.size * LARGER.numbered;
  const isOther =
    isLarger || (font !== body.font && size > body.size * 0.95) || !/\p{Ll}/u.test(text);
  const name = text.replace(/^[\dIVXA-Z]{1,4}(?:\.\d)*\.?\s+/, '');
  if (NAMED.test(text) || (NAMED.test(name) && isOther)) return true;
  if (/[.!?]$/.test(text)) return false;
  return (opensHeading(line) && isOther) || size > body.size * LARGER.alone;
}

/** Whether a line has the number of a section. */
export function opensHeading({ text }: Pick<Line, 'text'>): boolean {
  return NUMBERED.test(text);
}
