/** How far the sentences of one paper have the terms of a question: as written, abbreviated, or alike. */
import { type Alias, aliasesIn } from './aliases.ts';
import type { Passage } from './passages.ts';
import type { QuestionTerm } from './question.ts';

/** How much a word counts that is only alike: "phosphorylation" for "phosphorylates". */
const ALIKE = 0.6;

export interface Matches {
  /** For each sentence, for each question term: 1 as it stands or abbreviated, less when alike, else 0. */
  rows: readonly (readonly number[])[];
  /** The terms of the paper that match, however they do: what to show in bold. */
  terms: readonly string[];
}

/** How far each passage has each term; a short form stands for its long one anywhere in the paper. */
export function matchesOf(
  terms: readonly QuestionTerm[],
  passages: readonly Passage[],
  title: string,
): Matches {
  const aliases = aliasesIn([title, ...passages.map(({ text }) => text)].join(' \n'));
  const vocabulary = new Set(passages.flatMap((passage) => [...passage.terms]));
  const sets = passages.map((passage) => expanded(passage.terms, aliases));
  const spellings = terms.map((_, at) => spellingOf(terms, at, vocabulary));
  const rows = sets.map((set) =>
    spellings.map(({ exact, alike }) => {
      if (exact.some((term) => set.has(term))) return 1;
      return alike.some((term) => set.has(term)) ? ALIKE : 0;
    }),
  );
  const asked = expanded(new Set(terms.map(({ term }) => term)), aliases);
  const matching = [...asked, ...spellings.flatMap(({ exact, alike }) => [...exact, ...alike])];
  return { rows, terms: [...new Set(matching)].filter((term) => vocabulary.has(term)) };
}

/** What stands for a term of the question in a paper with these words. */
function spellingOf(
  terms: readonly QuestionTerm[],
  at: number,
  vocabulary: ReadonlySet<string>,
): { exact: string[]; alike: string[] } {
  const term = terms[at]?.term ?? '';
  if (vocabulary.has(term)) return { exact: [term], alike: [] };
  // "birth weight" asks for "birthweight" too.
  const joined = [`${terms[at - 1]?.term}${term}`, `${term}${terms[at + 1]?.term}`];
  return {
    exact: [term, ...joined.filter((word) => vocabulary.has(word))],
    alike: [...vocabulary].filter((word) => areAlike(word, term)),
  };
}

/** With the long form of every short form in it, and the other way round. */
function expanded(terms: ReadonlySet<string>, aliases: readonly Alias[]): ReadonlySet<string> {
  if (!aliases.length) return terms;
  const more = new Set(terms);
  for (const { short, long } of aliases) {
    if (terms.has(short)) for (const term of long) more.add(term);
    if (long.every((term) => terms.has(term))) more.add(short);
  }
  return more;
}

/** A long common beginning: inflections and derivations the stemmer keeps apart. */
function areAlike(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < 4 || a[0] !== b[0]) return false;
  let same = 1;
  while (same < longer && a[same] === b[same]) same += 1;
  return same >= 4 && same >= 0.7 * longer - 0.5;
}
