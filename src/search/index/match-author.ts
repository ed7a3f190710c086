/** Papers by an author, under the rules of `query/match.ts`: parts in any order, initials for parts. */
import { readings } from '../../text/tokens.ts';
import { Bitset } from './bitset.ts';
import { nobody } from './match-column.ts';
import type { Matcher } from './matcher.ts';
import type { Papers } from './paper-lists.ts';
import { papersIn, stretchOf } from './postings.ts';
import type { Shelf } from './shelf.ts';
import { END, type Reading, TextReader } from './text.ts';
import { textOf } from './vocabulary.ts';

/** A part of the name asked for. */
interface Part {
  /** Undefined when nobody's name has it. */
  whole: number | undefined;
  /** Its first letter as a part of its own, for a part that is longer. */
  initial: number | undefined;
  /** For a part of one letter, which stands for any that begin with it. */
  letter: string | undefined;
}

const reader = new TextReader();

export function matchAuthor(name: string, shelf: Shelf): Matcher {
  const { segment } = shelf;
  const { apart, joined } = readings(name);
  const candidates = new Bitset(segment.keys.length);
  const ways = [apart, joined].map((way) =>
    way.map(({ word, term }): Part => {
      const whole = shelf.entry(word);
      const entry = shelf.entry(term);
      if (word.length > 1 && whole !== undefined && entry !== undefined) {
        for (const paper of papersIn(segment, stretchOf(segment, entry))) candidates.add(paper);
      }
      const letter = word.length === 1 ? word : undefined;
      return { whole, initial: shelf.entry(word.charAt(0)), letter };
    }),
  );
  const few = candidates.list();
  if (!few.length) return nobody;

  const isBy = (paper: number): boolean => {
    reader.read(segment, paper, 'authors');
    return ways.some(
      (parts) => someName(reader.apart, parts, shelf) || someName(reader.joined, parts, shelf),
    );
  };
  const keep = (papers: Papers) => papers.filter((paper) => candidates.has(paper) && isBy(paper));
  return { most: few.length, isRead: true, list: () => keep(few.slice()), keep };
}

/** Whether one author's name has every part, at least one of them in full. */
function someName({ entries, length }: Reading, parts: readonly Part[], shelf: Shelf): boolean {
  for (let start = 0, end = 0; start < length; start = end + 1) {
    end = entries.indexOf(END, start);
    const name = entries.subarray(start, end);
    let full = 0;
    const fits = ({ whole, initial, letter }: Part) => {
      if (whole !== undefined && name.includes(whole)) {
        if (letter === undefined) full += 1;
        return true;
      }
      if (letter === undefined) return initial !== undefined && name.includes(initial);
      return name.some((entry) => textOf(shelf.segment.vocabulary, entry).startsWith(letter));
    };
    if (parts.every(fits) && full) return true;
  }
  return false;
}
