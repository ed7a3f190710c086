/** How far the sentences of one paper have the terms of a question: as written, abbreviated, or alike. */
import { type Alias, aliasesIn } from './aliases.ts';
import type { Passage } from './passages.ts';
import type { QuestionTerm } from './question.ts';

/** How much a word counts that is only alike: "phosphorylation" for "phosphorylates". */
const ALIKE = 0.6;

/** For each sentence, for each question term in order: 1 as it stands or abbreviated, less when alike, else 0. */
export type Matches = readonly (readonly number[])[];

export function matchesOf(
  terms: readonly QuestionTerm[],
  passages: readonly Passage[],
  title: string,
): Matches {
  const aliases = aliasesIn([title, ...passages.map(({ text }) => text)].join(' \n'));
  const sets = passages.map((passage) => expanded(passage.terms, aliases));
  const vocabulary = new Set(sets.flatMap((set) => [...set]));
  const spellings = terms.map(({ term }, place) => {
    if (vocabulary.has(term)) return { exact: term, alike: [] };
    // "birth weight" asks for "birthweight" too.
    const joined = [terms[place - 1], terms[place + 1]].flatMap((next, side) => {
      if (!next) return [];
      const word = side ? term + next.term : next.term + term;
      return vocabulary.has(word) ? [word] : [];
    });
    return {
      exact: joined[0] ?? term,
      alike: [...vocabulary].filter((word) => areAlike(word, term)),
    };
  });
  return sets.map((set) =>
    spellings.map(({ exact, alike }) => {
      if (set.has(exact)) return 1;
      return alike.some((word) => set.has(word)) ? ALIKE : 0;
    }),
  );
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
