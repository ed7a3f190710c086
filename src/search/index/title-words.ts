/** Papers by the words of their title. */
import type { PaperIndex } from './paper-index.ts';
import { intersect, papersIn, stretchOf } from './postings.ts';
import type { Segment } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { END, TextReader } from './text.ts';

const reader = new TextReader();

/** Keys of the papers with all of these terms in the title, stop words not among them, in no order. */
export function titled(index: PaperIndex, terms: readonly string[]): number[] {
  return index.shelves.flatMap((shelf) => {
    const entries = terms.map((term) => shelf.entry(term)).filter((entry) => entry !== undefined);
    const [first, ...others] = entries.map((entry) => stretchOf(shelf.segment, entry));
    if (!first || entries.length < terms.length) return [];
    const all = papersIn(shelf.segment, first);
    const papers = others.reduce((left, each) => intersect(shelf.segment, each, left), all);
    return keysOf(
      shelf,
      papers.filter((paper) => hasInTitle(shelf.segment, paper, entries)),
    );
  });
}

/** Keys of the papers with exactly such a title; see `titleHash`. */
export function titledSo(index: PaperIndex, hash: number): number[] {
  return index.shelves.flatMap((shelf) => {
    const { titles } = shelf.segment;
    const papers: number[] = [];
    for (let at = titles.indexOf(hash); at >= 0; at = titles.indexOf(hash, at + 1)) papers.push(at);
    return keysOf(shelf, papers);
  });
}

const keysOf = ({ gone, segment: { keys } }: Shelf, papers: Iterable<number>) =>
  [...papers].flatMap((paper) => (gone.has(paper) ? [] : (keys[paper] ?? [])));

function hasInTitle(segment: Segment, paper: number, terms: readonly number[]): boolean {
  reader.read(segment, paper, 'title');
  const missing = new Set(terms);
  for (const { entries, length } of [reader.apart, reader.compounds]) {
    let ends = 0;
    for (let at = 0; at < length; at += 1) {
      const entry = entries[at] ?? END;
      if (entry === END) ends += 1;
      else if (ends === reader.authors) missing.delete(segment.terms[entry] ?? 0);
    }
  }
  return missing.size === 0;
}
