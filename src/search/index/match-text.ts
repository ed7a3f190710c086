/** Papers with a word or a phrase, in title, abstract or the names of authors. */
import { isStopWord } from '../../text/stopwords.ts';
import { readings, type Token } from '../../text/tokens.ts';
import type { Matcher } from './matcher.ts';
import { difference, type Papers, union } from './paper-lists.ts';
import { passing } from './patience.ts';
import { intersect, papersIn, type Stretch, stretchOf } from './postings.ts';
import { rowScan } from './row-scan.ts';
import type { Shelf } from './shelf.ts';
import { withTitles } from './title-words.ts';

/** Terms in a row, as one way to write what is looked for. */
interface Row {
  terms: number[];
  /** Where the papers with each of its words of subject stand, the rarest first. */
  stretches: Stretch[];
}

/** `few-shot` is the words few and shot in a row, or the word fewshot. */
export function matchText(text: string, shelf: Shelf): Matcher {
  const { apart, joined } = readings(text);
  const ways = joined.length === apart.length ? [apart] : [joined, apart];
  const rows = ways.map((way) => rowOf(way, shelf)).filter((row) => row !== undefined);
  const size = shelf.segment.keys.length;
  const mostOf = ({ stretches: [rarest] }: Row) => (rarest ? rarest.end - rarest.start : size);
  // One word of subject is what postings are of.
  const isRead = ({ terms, stretches }: Row) => terms.length > 1 || !stretches.length;

  /** Joined words first: papers that have them need not be read for the words apart. */
  const narrow = (papersFor: (row: Row) => Papers) =>
    rows.reduce((found, row) => {
      const papers = difference(papersFor(row), found);
      return union(found, isRead(row) ? readThrough(papers, row, shelf) : papers);
    }, new Uint32Array());

  return {
    most: rows.reduce((sum, row) => sum + mostOf(row), 0),
    isRead: rows.some(isRead),
    list: () => narrow((row) => having(row, shelf)),
    keep: (papers) => narrow((row) => having(row, shelf, papers.slice())),
  };
}

function rowOf(tokens: readonly Token[], shelf: Shelf): Row | undefined {
  const terms = tokens.map(({ term }) => shelf.entry(term)).filter((term) => term !== undefined);
  if (terms.length < tokens.length || !terms.length) return undefined;
  const subjects = new Set(terms.filter((_, i) => !isStopWord(tokens[i]?.term ?? '')));
  const stretches = [...subjects]
    .map((term) => stretchOf(shelf.segment, term))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  return { terms, stretches };
}

/** Those of the papers, or of all, that have every word of subject. */
function having({ terms, stretches }: Row, shelf: Shelf, papers?: Papers): Papers {
  const { segment } = shelf;
  const [rarest, ...others] = stretches;
  // Of stop words titles alone are known.
  if (!rarest) return papers ?? withTitles(shelf, [...new Set(terms)]);
  const first = papers ? intersect(segment, rarest, papers) : papersIn(segment, rarest);
  return others.reduce((left, each) => intersect(segment, each, left), first);
}

/** Those of the papers with the terms in a row. A row of stop words alone, "how to", is looked for in titles. */
function readThrough(papers: Papers, { terms, stretches }: Row, shelf: Shelf): Papers {
  const until = stretches.length ? 'abstract' : 'title';
  return passing(papers, rowScan(shelf.segment, terms, until), shelf, `${until} ${terms}`);
}
