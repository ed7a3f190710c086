/** Lines of a PDF as sections: paragraphs mended, running heads, tables and page numbers left out. */
import type { Section } from '../model/full-text.ts';
import { bodyOf, isHeading, opensHeading } from './pdf-heading.ts';
import type { Line } from './pdf-line.ts';
import { SectionWriter } from './section-writer.ts';

interface Block {
  /** An aside, a caption or a footnote, interrupts the text: it follows at the paragraph's end. */
  kind: 'heading' | 'paragraph' | 'aside';
  text: string;
  last: Line;
}

/** Running heads and feet stand so near to an edge, of 1. */
const EDGE = 0.1;
/** Smaller than the body's letters, of 1: footnotes. */
const SMALL = 0.93;
/** Of a letter's height: lines further apart, or further in, begin a paragraph. */
const LEADING_MAX = 1.75;
const INDENT = { least: 0.7, most: 4 };
const CAPTION = /^(?:Figure|Fig\.|Table|Algorithm|Listing)\s+[\dA-Z.]{1,5}\s?[:.|]\s/;
/** `Abstract—We merge`, as some publishers run it in. */
const RUN_IN = /^(abstract)\s*[.:—–-]+\s*(?=\p{Lu})/iu;

/** The sections of a document's lines, which come in reading order. */
export function sectionsOf(all: readonly Line[]): Section[] {
  const lines = withoutFurniture(all);
  const writer = new SectionWriter();
  const join = joinerFor(lines);
  let open = '';
  let asides: string[] = [];
  const close = () => {
    for (const text of [open, ...asides]) writer.paragraph(text);
    open = '';
    asides = [];
  };
  for (const { kind, text } of withoutFront(blocksOf(lines, join))) {
    if (kind === 'aside') asides.push(text);
    else if (kind === 'heading') {
      close();
      writer.heading(text);
    } else if (open && !isWhole(open)) open = join(open, text);
    else {
      close();
      open = text;
    }
  }
  close();
  return writer.sections();
}

function blocksOf(lines: readonly Line[], join: Join): Block[] {
  const body = bodyOf(lines);
  const blocks: Block[] = [];
  for (const [i, line] of lines.entries()) {
    const runIn = RUN_IN.exec(line.text);
    const text = runIn ? line.text.slice(runIn[0].length) : line.text;
    if (runIn) blocks.push({ kind: 'heading', text: 'Abstract', last: line });
    const block = blocks.at(-1);
    if (!runIn && isHeading(line, body)) {
      const goesOn = block?.kind === 'heading' && isNext(block.last, line) && !opensHeading(line);
      if (goesOn) Object.assign(block, { text: `${block.text} ${text}`, last: line });
      else blocks.push({ kind: 'heading', text, last: line });
    } else if (!isTabular(line, [lines[i - 1], lines[i + 1]])) {
      const isAside = CAPTION.test(text) || line.size < SMALL * body.size;
      const isNew =
        !block || block.kind === 'heading' || CAPTION.test(text) || begins(block, line, isAside);
      if (isNew) blocks.push({ kind: isAside ? 'aside' : 'paragraph', text, last: line });
      else Object.assign(block, { text: join(block.text, text), last: line });
    }
  }
  return blocks;
}

/** Whether a line begins a block after the one before it. */
function begins({ kind, last }: Block, line: Line, isAside: boolean): boolean {
  const isSmaller = Math.abs(line.size - last.size) > (1 - SMALL) * last.size;
  const indent = (line.x - last.x) / line.size;
  const isIndented = kind === 'paragraph' && indent > INDENT.least && indent < INDENT.most;
  return !isNext(last, line) || isIndented || (isSmaller && isAside !== (kind === 'aside'));
}

/** Whether a line stands right under another. */
function isNext(above: Line, line: Line): boolean {
  const apart = (above.y - line.y) / Math.max(above.size, line.size);
  return above.page === line.page && apart > 0 && apart < LEADING_MAX;
}

const isWhole = (text: string) => /[.!?:;]["”’)\]]*\d{0,2}$/.test(text);

/** The blocks from the abstract or introduction on: before them stand the title, names and addresses. */
function withoutFront(blocks: readonly Block[]): readonly Block[] {
  const begin = /^(?:[1I]\.?\s+)?(?:abstract|introduction)$/i;
  const at = blocks.findIndex(({ kind, text }) => kind === 'heading' && begin.test(text));
  return at > 0 && (blocks[at]?.last.page ?? 0) < 2 ? blocks.slice(at) : blocks;
}

/**
 * Cells of a table, and numbers alone. A line that is only spread to fill its column has gaps too, but not
 * its neighbours.
 */
function isTabular({ text, gaps }: Line, neighbours: readonly (Line | undefined)[]): boolean {
  const words = text.split(/\s+/);
  const numbers = words.filter((word) => /^[^\p{L}]*\d[^\p{L}]*$/u.test(word)).length;
  if (numbers > words.length / 2) return true;
  const isAmongRows = neighbours.every((line) => line && line.gaps >= 2);
  return gaps >= 2 && (numbers > words.length / 4 || isAmongRows);
}

/** What stands at the edge of one page after the other. */
function withoutFurniture(lines: readonly Line[]): Line[] {
  const mark = ({ text }: Line) => text.replace(/\d+/g, '#').toLowerCase();
  const isAtEdge = ({ height }: Line) => height < EDGE || height > 1 - EDGE;
  const pages = new Set(lines.map(({ page }) => page)).size;
  const marks = Map.groupBy(lines.filter(isAtEdge), mark);
  const often = Math.max(2, pages / 4);
  return lines.filter((line) => {
    const same = isAtEdge(line) ? (marks.get(mark(line)) ?? []) : [];
    return new Set(same.map(({ page }) => page)).size < often;
  });
}

type Join = (before: string, after: string) => string;

/** Puts lines together; a word divided at the end of one is made whole as the document writes it elsewhere. */
function joinerFor(lines: readonly Line[]): Join {
  const words = new Set(lines.flatMap(({ text }) => text.toLowerCase().match(wordPattern) ?? []));
  return (before, after) => {
    const [, head] = /([\p{L}\p{N}-]*\p{L})[-\u00AD]$/u.exec(before) ?? [];
    const [tail] = /^\p{Ll}[\p{L}-]*/u.exec(after) ?? [];
    if (head === undefined || tail === undefined) return `${before} ${after}`;
    const keepsHyphen =
      words.has(`${head}-${tail}`.toLowerCase()) && !words.has(`${head}${tail}`.toLowerCase());
    return (keepsHyphen ? before : before.slice(0, -1)) + after;
  };
}

const wordPattern = /\p{L}[\p{L}\p{N}]*(?:-\p{L}[\p{L}\p{N}]*)*/gu;
