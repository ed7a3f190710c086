/** Papers by the words of their title. */
import { Bitset } from './bitset.ts';
import { headsOfTerm } from './heads.ts';
import type { PaperIndex } from './paper-index.ts';
import type { Papers } from './paper-lists.ts';
import type { Shelf } from './shelf.ts';

/** Keys of the papers with all of these terms in the title, in no order. */
export function titled(index: PaperIndex, terms: readonly string[]): number[] {
  return index.shelves.flatMap((shelf) => {
    const entries = terms.map((term) => shelf.entry(term)).filter((entry) => entry !== undefined);
    return entries.length < terms.length ? [] : keysOf(shelf, withTitles(shelf, entries));
  });
}

/** The papers with all of these terms in the title, stop words too; at least one is given. */
export function withTitles(shelf: Shelf, terms: readonly number[]): Papers {
  const { segment } = shelf;
  const { heads } = segment;
  const { ends, papers } = heads;
  let found: Bitset | undefined;
  for (const term of terms) {
    const having = new Bitset(segment.keys.length);
    for (const entry of headsOfTerm(segment, heads, term)) {
      const end = ends[entry] ?? 0;
      for (let at = ends[entry - 1] ?? 0; at < end; at += 1) {
        const head = papers[at] ?? 0;
        if (head & 1 && (found?.has(head >>> 1) ?? true)) having.add(head >>> 1);
      }
    }
    found = having;
  }
  return found?.list() ?? new Uint32Array();
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
