/** Text from the wire as it is stored: well-formed, without control characters, its white space even. */
import { decodeHTML } from 'entities';

/** PostgreSQL refuses NUL in text, and half a surrogate pair changes when it is written as UTF-8. */
const storable = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.toWellFormed().replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '');

/** A title or a name: one line. LaTeX stays as it is. */
export function oneLine(text: string): string {
  return storable(text).replace(/\s+/g, ' ').trim();
}

/** An abstract: lines joined, paragraphs kept apart by an empty line. */
export function prose(text: string): string {
  return storable(text)
    .split(/\r?\n[^\S\n]*\r?\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

const blocks =
  /<\/?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|jats:p|jats:title)\b[^<>]*>/gi;
const inline =
  /<\/?(?:a|abbr|b|cite|code|em|figure|font|i|img|q|s|small|span|strong|sub|sup|td|th|tbody|u|jats:\w+)(?:\s[^<>]*)?\/?>/gi;

/**
 * Text of a feed, whose markup is dropped when it has any. Only known tags are: `$<a,x>=0$` is mathematics.
 */
export function withoutMarkup(text: string): string {
  return decodeHTML(
    text
      .replace(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
      .replace(blocks, '\n\n')
      .replace(inline, ''),
  );
}
