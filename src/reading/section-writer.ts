/** Collects paragraphs under headings, in the order in which they come. */
import type { Section } from '../model/full-text.ts';

/** A heading that is longer is none. */
const HEADING_MAX = 200;
/** Characters of all sections: a long book. */
const TEXT_MAX = 3_000_000;
/** Characters of a paragraph: where nobody ended it in so many, its end was lost. */
const PARAGRAPH_MAX = 4_000;
/** What follows these is not read until another heading. */
const UNREAD =
  /^(?:[\dA-Z]{1,4}[.)]?\s+)?(?:references|bibliography|acknowledge?ments?|contents)$/i;

export class SectionWriter {
  readonly #parts: { name: string; anchor: string | undefined; paragraphs: string[] }[] = [
    { name: '', anchor: undefined, paragraphs: [] },
  ];
  #length = 0;

  heading(name: string, anchor?: string): void {
    const line = tidy(name);
    if (line.length > HEADING_MAX) this.paragraph(line);
    else if (line) this.#parts.push({ name: line, anchor, paragraphs: [] });
  }

  /** Empty ones, and ornaments without a letter, are left out. */
  paragraph(text: string): void {
    const tidied = tidy(text);
    if (!/\p{L}/u.test(tidied)) return;
    this.#length += tidied.length;
    if (this.#length <= TEXT_MAX) this.#parts.at(-1)?.paragraphs.push(...divided(tidied));
  }

  /** Those with text, but for lists of works and thanks. What comes before any heading is the beginning. */
  sections(): Section[] {
    return this.#parts
      .filter(({ name, paragraphs }) => paragraphs.length > 0 && !UNREAD.test(name))
      .map(({ name, anchor, paragraphs }) => ({
        name: name || 'Beginning',
        text: paragraphs.join('\n\n'),
        ...(anchor && { anchor }),
      }));
  }
}

/** A long paragraph in parts, each of them whole sentences where there are such. */
function divided(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > PARAGRAPH_MAX) {
    const end = /^.*[.!?](?=\s\p{Lu})/su.exec(rest.slice(0, PARAGRAPH_MAX))?.[0].length;
    parts.push(rest.slice(0, end ?? PARAGRAPH_MAX));
    rest = rest.slice(end ?? PARAGRAPH_MAX).trimStart();
  }
  return [...parts, rest];
}

/** One line without what cannot be seen; letters that were set as one glyph are apart again. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/[\p{Cc}\p{Cf}\p{Co}]+/gu, (hidden) => (/\s/.test(hidden) ? ' ' : ''))
    .replace(/\s+/g, ' ')
    .replace(/\s+(?=[,;:.!?)\]](?:\s|$))/g, '')
    .trim();
}
