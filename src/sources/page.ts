/**
 * A captured Daily Papers page: the text one gets by selecting the whole page in a browser and
 * copying it. Header lines come first, then title and abstract alternate; blank lines separate.
 *
 * Where the header ends:
 * 1. at the page's date (`Mar 14`), when one stands alone on a line before the first long line;
 * 2. without a date, the first long line is the first abstract, the line above it is its title, and
 *    everything before that title is header.
 */
import { UserError } from '../errors.ts';
import { normaliseTitle } from '../model/paper.ts';

export interface PagePaper {
  title: string;
  abstract: string;
}

interface Line {
  /** As an editor counts, from 1. */
  number: number;
  text: string;
}

/** Characters from which a line is prose. Of 100,000 arXiv titles the longest has 239. */
const PROSE = 300;
/** On a page with prose, a line shorter than this that does not end like a sentence is a title. */
const STUB = 150;

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?';
const datePattern = new RegExp(
  `^(?:${month} \\d{1,2}(?:,? \\d{4})?|\\d{1,2} ${month}(?: \\d{4})?|${month} \\d{4}|\\d{4}-\\d{2}-\\d{2}|Week \\d{1,2}(?:,? \\d{4})?)$`,
  'i',
);

const isProse = ({ text }: Line) => text.length >= PROSE;
const isDate = ({ text }: Line) => datePattern.test(text.trim());
const isStub = ({ text }: Line) => text.length < STUB && !/[.!?:]["'”’)\]]*\s*$/u.test(text);
const quoted = ({ text }: Line) => `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;

/**
 * The papers of a page, in its order, each text exactly as it stands there.
 * @throws UserError naming the line, when the page is not of that shape.
 */
export function parsePage(page: string): PagePaper[] {
  const lines = page
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .map((text, index): Line => ({ number: index + 1, text }))
    .filter(({ text }) => text.trim() !== '');
  refuseOtherFormats(lines);

  const body = lines.slice(headerEnd(lines));
  const hasProse = body.some(isProse);
  const firstSeen = new Map<string, number>();
  const papers: PagePaper[] = [];
  for (let index = 0; index < body.length; index += 2) {
    const [title, abstract] = [body[index], body[index + 1]];
    if (!title) break;
    if (isProse(title)) throw misplacedAbstract(title, body[index - 2], body[index - 1]);
    if (!abstract) throw missingAbstract(title);
    // Two titles in a row, when the next line does not already give the slip away.
    if (hasProse && isStub(abstract)) throw missingAbstract(title, abstract);

    const key = normaliseTitle(title.text) || title.text;
    const earlier = firstSeen.get(key);
    if (earlier !== undefined) {
      throw new UserError(
        `Line ${title.number}: the paper ${quoted(title)} is already at line ${earlier}; delete one of the two, title and abstract.`,
      );
    }
    firstSeen.set(key, title.number);
    papers.push({ title: title.text, abstract: abstract.text });
  }
  return papers;
}

/** Index of the first title. */
function headerEnd(lines: Line[]): number {
  const firstProse = lines.findIndex(isProse);
  const leading = firstProse === -1 ? lines : lines.slice(0, firstProse);
  const date = leading.findIndex(isDate);
  if (date !== -1) {
    // A page may list neighbouring days beside its own.
    const papers = lines.findIndex((line, index) => index > date && !isDate(line));
    if (papers !== -1) return papers;
  } else if (firstProse > 0) {
    return firstProse - 1;
  }
  const [first, last] = [lines[0], lines.at(-1)];
  if (first && firstProse === 0) throw misplacedAbstract(first);
  throw new UserError(
    `Line ${last?.number ?? 1}: the page ends without a paper; after the header, which ends with a date such as "Mar 14", it needs a title line and an abstract line for each paper.`,
  );
}

function refuseOtherFormats(lines: Line[]): void {
  // U+FFFD is what a decoder leaves where bytes were not text.
  const binary = lines.find(({ text }) => /[\0\uFFFD]/.test(text));
  if (binary) {
    throw new UserError(
      `Line ${binary.number}: this is not plain UTF-8 text; copy the page in a browser and save it as a text file.`,
    );
  }
  // Only the first line tells: a title may well begin with a tag ("<think> …").
  const [first] = lines;
  if (first && /^\s*<[!?a-z]/i.test(first.text)) {
    throw new UserError(
      `Line ${first.number}: this is HTML; open the page in a browser, select all, copy, and save what you copied as a text file.`,
    );
  }
}

function missingAbstract(title: Line, found?: Line): UserError {
  const instead = found ? `line ${found.number} looks like the next title` : 'the page ends there';
  return new UserError(
    `Line ${title.number}: the title ${quoted(title)} has no abstract, ${instead}; add its abstract on the next line or delete the title.`,
  );
}

/** An abstract stands where a title is due: either its title is missing, or the abstract before it. */
function misplacedAbstract(line: Line, titleBefore?: Line, abstractBefore?: Line): UserError {
  if (titleBefore && abstractBefore && !isProse(abstractBefore)) {
    return missingAbstract(titleBefore, abstractBefore);
  }
  return new UserError(
    `Line ${line.number}: a title is due here, but this is an abstract (${line.text.length} characters); put its title on the line above or delete it.`,
  );
}
