/** A paper as sentences that can be quoted, numbered as a reader would count them. */
import type { PlacedSection } from '../model/full-text.ts';
import { ABSTRACT_READ, type Paper } from '../model/paper.ts';
import { sentences } from '../text/sentences.ts';
import { isStopWord } from '../text/stopwords.ts';
import { type Token, tokens } from '../text/tokens.ts';

export interface Passage {
  /** Counted from 0 through the abstract, then through the sections; -1 is the title. */
  index: number;
  /** `abstract`, `title`, or the heading it stands under. */
  section: string;
  /** Where a reader finds the section. */
  sectionUrl?: string | undefined;
  /** Verbatim. */
  text: string;
  /** In order of their places; a compound is there whole and in parts. */
  tokens: readonly Token[];
  /** The terms that say something about a subject, each once. */
  terms: ReadonlySet<string>;
}

/**
 * The sentences of the abstract and of the sections, in order. A title is shown with every quote, so it
 * is quoted itself only where there is nothing else.
 */
export function passagesOf(
  paper: Pick<Paper, 'title' | 'abstract'>,
  sections: readonly PlacedSection[] = [],
): Passage[] {
  const abstract: PlacedSection = {
    name: 'abstract',
    text: paper.abstract.slice(0, ABSTRACT_READ),
  };
  const found = [abstract, ...sections].flatMap((section) =>
    sentences(section.text).map((sentence) => ({ sentence, section })),
  );
  if (!found.length) return [passage(paper.title, -1, 'title')];
  return found.map(({ sentence, section: { name, url } }, index) => ({
    ...passage(sentence, index, name),
    sectionUrl: url,
  }));
}

/** One sentence, analysed; for texts that somebody else divided and numbered. */
export function passage(text: string, index: number, section = 'abstract'): Passage {
  const found = tokens(text);
  const terms = new Set(found.map(({ term }) => term).filter((term) => !isStopWord(term)));
  return { index, section, text, tokens: found, terms };
}
