/** A query that asks for abbreviations and for what they stand for alike, as the catalogue's papers introduce them. */
import type { Condition, Query } from '../query/ast.ts';
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';
import { type Abbreviations, LONG_MAX } from './index/abbreviations.ts';

/** `rlhf` becomes `rlhf OR "reinforcement learning from human feedback"`, and the other way round; undefined where nothing does. */
export function inBothForms(query: Query, abbreviations: Abbreviations): Query | undefined {
  const where = query.where && bothForms(query.where, abbreviations);
  return where && where !== query.where ? { ...query, where } : undefined;
}

/** The condition itself where it names nothing that has two forms. */
function bothForms(condition: Condition, abbreviations: Abbreviations): Condition {
  switch (condition.kind) {
    case 'word': {
      const [term, ...more] = subjectsOf(condition.text);
      const long = more.length ? undefined : abbreviations.writtenOf(term ?? '');
      return long ? either(condition, { kind: 'phrase', text: long }) : condition;
    }
    case 'phrase': {
      const short = abbreviations.shortOf(subjectsOf(condition.text).join(' '));
      return short ? either(condition, { kind: 'word', text: short }) : condition;
    }
    case 'any': {
      const of = condition.of.map((each) => bothForms(each, abbreviations));
      if (of.every((each, i) => each === condition.of[i])) return condition;
      return { kind: 'any', of: of.flatMap((each) => (each.kind === 'any' ? each.of : [each])) };
    }
    case 'all':
      return allInBothForms(condition, abbreviations);
    default:
      return condition;
  }
}

/** Bare words in a row may be a long form; the longest counts. */
function allInBothForms(
  condition: Condition & { kind: 'all' },
  abbreviations: Abbreviations,
): Condition {
  const of: Condition[] = [];
  for (let rest = condition.of; rest.length; ) {
    const row = longForm(rest, abbreviations);
    const [first, ...others] = rest;
    if (row) of.push(either({ kind: 'all', of: rest.slice(0, row.length) }, row.short));
    else if (first) of.push(bothForms(first, abbreviations));
    rest = row ? rest.slice(row.length) : others;
  }
  const isSame = of.every((each, i) => each === condition.of[i]);
  if (isSame) return condition;
  const [only = condition, ...others] = of;
  return others.length ? { kind: 'all', of } : only;
}

/** How many of the first conditions are the words of a long form, and its short one. */
function longForm(
  conditions: readonly Condition[],
  abbreviations: Abbreviations,
): { length: number; short: Condition } | undefined {
  const row: string[] = [];
  /** How many subjects the first of them, the first two and so on have. */
  const ends: number[] = [];
  for (const condition of conditions.slice(0, LONG_MAX)) {
    if (condition.kind !== 'word') break;
    row.push(...subjectsOf(condition.text));
    ends.push(row.length);
  }
  for (const { length: subjects, short } of abbreviations.shortsAt(row, 0)) {
    const length = ends.lastIndexOf(subjects) + 1;
    if (length > 1) return { length, short: { kind: 'word', text: short } };
  }
  return undefined;
}

const either = (one: Condition, other: Condition): Condition => ({ kind: 'any', of: [one, other] });

const subjectsOf = (text: string) =>
  readings(text)
    .apart.map(({ term }) => term)
    .filter((term) => !isStopWord(term));
