/** Which paper a person means: by its id, a link, or words of its title. */
import { type Paper, paperIdIn } from '../model/paper.ts';
import { termsOf } from '../query/terms.ts';
import type { Engine } from './engine.ts';
import { type Entry, titleKey } from './entry.ts';
import { corrected } from './spelling.ts';

export type Resolved =
  | { kind: 'one'; paper: Paper }
  /** Best first. */
  | { kind: 'many'; papers: Paper[] }
  | { kind: 'none'; nearest: Paper[] };

const MANY_MAX = 25;
const NEAREST_MAX = 5;

export function resolve(
  text: string,
  { entries, engine }: { entries: ReadonlyMap<string, Entry>; engine: Engine },
): Resolved {
  const id = paperIdIn(text);
  const named = id && entries.get(id)?.paper;
  if (named) return { kind: 'one', paper: named };
  if (id) return { kind: 'none', nearest: [] };

  const key = titleKey(text);
  const same = [...entries.values()].filter(({ title }) => title === key);
  if (key && same.length) return oneOrMany(same);

  const terms = termsOf([text]);
  const ranked = (of: readonly string[], weights?: { title: 1 }) =>
    [...engine.rank(of, weights).keys()].flatMap((found) => entries.get(found) ?? []);
  const words = key.split(' ');
  const holding = ranked(terms, { title: 1 }).filter(({ title }) =>
    words.every((word) => ` ${title} `.includes(` ${word} `)),
  );
  if (holding.length) return oneOrMany(holding);

  const meant = termsOf(text.split(/\s+/).map((word) => corrected(word, engine)));
  return {
    kind: 'none',
    nearest: ranked(meant)
      .slice(0, NEAREST_MAX)
      .map(({ paper }) => paper),
  };
}

function oneOrMany(found: readonly Entry[]): Resolved {
  const [first, ...others] = found.slice(0, MANY_MAX).map(({ paper }) => paper);
  if (!first) return { kind: 'none', nearest: [] };
  return others.length
    ? { kind: 'many', papers: [first, ...others] }
    : { kind: 'one', paper: first };
}
