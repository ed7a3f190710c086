/** Which paper a person means: by its id, a link, or words of its title. */
import { type PaperId, paperIdIn } from '../model/paper.ts';
import { noPaper } from '../query/ast.ts';
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';
import type { Engine } from './engine.ts';
import { titleHash } from './index/hash.ts';
import { questionOf } from './index/question.ts';
import { spellerOf } from './index/spelling.ts';
import { titled, titledSo } from './index/title-words.ts';

/** UTF-16 units; no title is longer. */
const TITLE_MAX = 500;
const MANY_MAX = 25;
const NEAREST_MAX = 5;

/** The papers meant, best first, or else the nearest ones. */
export function resolve(
  given: string,
  engine: Engine,
): { meant: PaperId[] } | { nearest: PaperId[] } {
  const text = given.slice(0, TITLE_MAX);
  const id = paperIdIn(text);
  if (id) {
    const key = engine.keyOf(id);
    return key !== undefined && engine.index.place(key) ? { meant: [id] } : { nearest: [] };
  }
  const { index, idOf } = engine;
  const tokens = readings(text).apart;
  const subjects = tokens.filter(({ term }) => !isStopWord(term));
  if (!subjects.length) return { nearest: [] };
  const same = titledSo(index, titleHash(tokens.map(({ word }) => word)));
  if (same.length) return { meant: same.slice(0, MANY_MAX).map(idOf) };

  const ranked = (words: readonly string[], first: number, only?: ReadonlySet<number>) => {
    const ask = {
      question: questionOf(words),
      where: noPaper,
      beyond: 'anything',
      first,
      only,
    } as const;
    return engine.search(ask).found.map((found) => found.id);
  };
  const holding = titled(index, [...new Set(subjects.map(({ term }) => term))]);
  if (holding.length) return { meant: ranked([text], MANY_MAX, new Set(holding)) };
  const words = text.split(/\s+/).map(spellerOf(index, 1).spell);
  return { nearest: ranked(words, NEAREST_MAX) };
}
