/** What people type, made of the papers themselves by a seeded draw, so that every run asks the same. */
import type { Paper } from '../src/model/paper.ts';
import { sentences } from '../src/text/sentences.ts';
import { isStopWord } from '../src/text/stopwords.ts';
import { readings } from '../src/text/tokens.ts';

export interface Asked {
  text: string;
  /** For the filtered ones: a category, and the first day. */
  category?: string;
  since?: string;
  /** For the misspelt ones: the word that was meant. */
  meant?: string;
}

export type Kind = 'words' | 'several' | 'questions' | 'misspelt' | 'filtered';

export const kinds: Readonly<Record<Kind, string>> = {
  words: '1–2 words',
  several: '3–6 words',
  questions: '15–25-word questions',
  misspelt: 'misspelt words',
  filtered: 'filtered by category and date',
};

/** mulberry32 */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function queriesFrom(papers: readonly Paper[], each: number): Record<Kind, Asked[]> {
  const draw = draws(20_241_011);
  const upTo = (n: number) => Math.floor(draw() * n);
  const any = <T>(all: readonly T[]): T | undefined => all[upTo(all.length)];
  const frequency = new Map<string, number>();
  for (const { title } of papers)
    for (const word of titleWords(title)) frequency.set(word, (frequency.get(word) ?? 0) + 1);

  const some = (make: () => Asked | undefined): Asked[] => {
    const made: Asked[] = [];
    for (let tries = 0; made.length < each && tries < each * 200; tries += 1) {
      const asked = make();
      if (asked) made.push(asked);
    }
    return made;
  };
  const fromTitle = (least: number, most: number) => {
    const words = titleWords(any(papers)?.title ?? '');
    const length = least + upTo(most - least + 1);
    const start = upTo(Math.max(1, words.length - length + 1));
    const text = words.slice(start, start + length).join(' ');
    return words.length >= length && text ? text : undefined;
  };
  const plain = (text: string | undefined) => (text ? { text } : undefined);
  return {
    words: some(() => plain(fromTitle(1, 2))),
    several: some(() => plain(fromTitle(3, 6))),
    questions: some(() => {
      const { abstract } = any(papers) ?? { abstract: '' };
      const sentence = any(sentences(abstract));
      const words = sentence?.match(/[\p{L}\p{N}-]+/gu) ?? [];
      return words.length >= 15 && words.length <= 25 ? { text: words.join(' ') } : undefined;
    }),
    misspelt: some(() => {
      const word = any(titleWords(any(papers)?.title ?? '')) ?? '';
      const isUsual = word.length >= 5 && (frequency.get(word) ?? 0) >= 5 && /^[a-z]+$/.test(word);
      const text = isUsual ? misspelt(word, upTo(4), 1 + upTo(word.length - 2), upTo(26)) : word;
      return isUsual && !frequency.has(text) && text !== word ? { text, meant: word } : undefined;
    }),
    filtered: some(() => {
      const text = fromTitle(1, 2);
      const { categories, published } = any(papers) ?? { categories: [] };
      const category = any(categories.filter((name) => /^[a-z-]+\.[A-Z]{2}$/.test(name)));
      if (!text || !category || !published) return undefined;
      return { text, category, since: published.slice(0, 10) };
    }),
  };
}

const titleWords = (title: string) =>
  readings(title)
    .apart.map(({ word }) => word)
    .filter((word) => word.length > 2 && !isStopWord(word));

/** One letter left out, doubled by another, changed, or swapped with the next. */
function misspelt(word: string, way: number, at: number, letter: number): string {
  const other = String.fromCharCode(97 + letter);
  const [head, here, next, tail] = [
    word.slice(0, at),
    word.charAt(at),
    word.charAt(at + 1),
    word.slice(at + 2),
  ];
  switch (way) {
    case 0:
      return head + next + tail;
    case 1:
      return head + other + here + next + tail;
    case 2:
      return head + other + next + tail;
    default:
      return head + next + here + tail;
  }
}
