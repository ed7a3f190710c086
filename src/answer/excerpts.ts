/**
 * Of a whole text the paragraphs that may answer a question: those with its rare words. To analyse every
 * sentence of ten papers would keep the bot from answering anybody for a second.
 */
import type { PlacedSection } from '../model/full-text.ts';
import { type Rarity, readQuestion } from './question.ts';

/** The best paragraphs of at most so many characters, verbatim and in order under their headings. */
export function excerptsOf(
  question: string,
  sections: readonly PlacedSection[],
  { rarity, room }: { rarity: Rarity; room: number },
): PlacedSection[] {
  const wanted = wordsOf(question, rarity);
  const paragraphs = sections.flatMap((section) =>
    section.text.split('\n\n').map((text) => ({ section, text, worth: worthOf(text, wanted) })),
  );
  const chosen = new Set<(typeof paragraphs)[number]>();
  let left = room;
  for (const paragraph of paragraphs.toSorted((a, b) => b.worth - a.worth)) {
    if (paragraph.worth === 0) break;
    if (paragraph.text.length > left) continue;
    left -= paragraph.text.length;
    chosen.add(paragraph);
  }
  const kept = Map.groupBy(
    paragraphs.filter((paragraph) => chosen.has(paragraph)),
    ({ section }) => section,
  );
  return [...kept].map(([section, of]) => ({
    ...section,
    text: of.map(({ text }) => text).join('\n\n'),
  }));
}

interface Wanted {
  words: RegExp;
  weights: ReadonlyMap<string, number>;
}

/** The beginnings of the question's words of subject, and how much each tells. */
function wordsOf(question: string, rarity: Rarity): Wanted {
  const weights = new Map(
    // A stem ends in i where the words end in y.
    readQuestion(question, rarity).terms.map(({ term, weight }) => [
      term.replace(/(?<=..)i$/, ''),
      weight,
    ]),
  );
  const stems = [...weights.keys()].map(RegExp.escape);
  return { words: new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join('|') || '$^'})`, 'giu'), weights };
}

function worthOf(text: string, { words, weights }: Wanted): number {
  const met = new Set(Array.from(text.matchAll(words), ([word]) => word.toLowerCase()));
  return [...met].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
}
