/** Finding papers for a query: those for which it holds, or else those that come closest. */
import type { Condition, Query } from '../query/ast.ts';
import type { Asker } from '../query/match.ts';
import { printQuery } from '../query/print.ts';
import { loosened, orderOf, replaceWords, wantedWords, withoutWords } from '../query/terms.ts';
import { inBothForms } from './both-forms.ts';
import type { Engine, Found } from './engine.ts';
import { questionOf } from './index/question.ts';
import { type Ask, TERMS_MAX, TITLE } from './index/rank.ts';
import { spellerOf } from './index/spelling.ts';

export interface Finding {
  found: Found[];
  total: number;
  /** Whether the whole query holds for them. */
  exact: boolean;
  /** What holds for them, where they are exact or what was meant. */
  where: Condition | undefined;
  /** The terms they were ranked by. */
  terms: string[];
  /** A query to try, its words spelt as the catalogue spells them. */
  meant: string | undefined;
  /** Whether `meant` holds for them. */
  isMeant: boolean;
  /** A query to try that asks for abbreviations and for what they stand for alike. */
  inBothForms: string | undefined;
  /** Words that hardly any paper has and that were not looked at as slips, since so many were. */
  unchecked: number;
  /** Words that papers were not ranked by, the commonest of very many. */
  unranked: number;
}

/** A word that fewer papers have may be mistyped. */
const USUAL = 3;

export interface Finds {
  /** How many are wanted, from the first on. */
  first: number;
  /** Those for which the query holds are followed by those that come closest, which `total` does not count. */
  goesOn?: boolean | undefined;
  asker?: Asker | undefined;
  /** Takes no word for a slip of another. */
  asTyped?: boolean | undefined;
}

export function find(
  query: Query,
  engine: Engine,
  { first, goesOn, asker, asTyped }: Finds,
): Finding {
  const { where } = query;
  const sort = orderOf(query);
  const search = (condition: Condition | undefined, beyond: Ask['beyond']) => {
    const question = questionOf(wantedWords(condition), engine.index.abbreviations);
    const ranking = engine.search({ question, where: condition, beyond, sort, first, asker });
    const terms = [...question.terms.keys()];
    const known = terms.length > TERMS_MAX ? terms.filter((term) => engine.index.having(term)) : [];
    return { ...ranking, terms, unranked: Math.max(0, known.length - TERMS_MAX) };
  };
  const both = inBothForms(query, engine.index.abbreviations);
  const alike = { inBothForms: both && printQuery(both) };
  const whole = search(where, goesOn ? beyondOf(where) : undefined);
  if (whole.holding) {
    const isTitle = (whole.found[0]?.score ?? 0) >= TITLE;
    const { meant, unchecked } = asTyped || isTitle ? typed : spelt(query, engine, USUAL);
    const said = meant && printQuery(meant);
    const total = whole.holding;
    return {
      ...whole,
      ...alike,
      total,
      exact: true,
      where,
      meant: said,
      isMeant: false,
      unchecked,
    };
  }
  // A word that some paper has is not replaced, however few they are.
  const { meant, unchecked } = asTyped ? typed : spelt(query, engine, 1);
  const again = meant?.where ?? where;
  let near = search(again, beyondOf(again));
  // Where nothing has the phrases, their words will do.
  const loose = again && loosened(again);
  const isMeant = meant !== undefined && near.holding > 0;
  if (!near.found.length && loose) near = search(loose, beyondOf(loose));
  if (isMeant && !goesOn) near.found.length = Math.min(near.found.length, near.holding);
  const total = near.holding || near.beyond;
  return {
    ...near,
    ...alike,
    total,
    exact: false,
    where: again,
    meant: meant && printQuery(meant),
    isMeant,
    unchecked,
  };
}

/** Of a query whose words are all taken as typed. */
const typed = { meant: undefined, unchecked: 0 };

/** What must hold of papers that have only some of the bare words; undefined where no words are bare. */
function beyondOf(where: Condition | undefined): Ask['beyond'] {
  if (!where || !wantedWords(where, ['word']).length) return undefined;
  return withoutWords(where) ?? 'anything';
}

/** The query as the catalogue would spell it, undefined when it is spelt so already, and words left unchecked. */
function spelt(query: Query, { index }: Engine, enough: number) {
  const speller = spellerOf(index, enough);
  let isSo = true;
  const where =
    query.where &&
    replaceWords(query.where, (word) => {
      const right = speller.spell(word);
      isSo &&= right === word;
      return right;
    });
  return { meant: where && !isSo ? { ...query, where } : undefined, unchecked: speller.unchecked };
}
