/** Finding papers for a query: those for which it holds, or else those that come closest. */
import type { Condition, Query } from '../query/ast.ts';
import { replaceWords, wantedWords, withoutWords } from '../query/terms.ts';
import type { Engine, Found } from './engine.ts';
import { questionOf } from './index/question.ts';
import type { Ask } from './index/rank.ts';
import { corrected } from './index/spelling.ts';

export interface Finding {
  found: Found[];
  total: number;
  /** Whether the whole query holds for them. */
  exact: boolean;
  /** The terms they were ranked by. */
  terms: string[];
}

/**
 * The first so many. With `goesOn`, those for which the query holds are followed by those that come closest,
 * which `total` does not count.
 */
export function find(query: Query, engine: Engine, first: number, goesOn = false): Finding {
  const { where } = query;
  const sort = query.sort ?? 'relevance';
  const asked = { ...askOf(where), sort, first };
  const whole = engine.search({ ...asked, beyond: goesOn ? beyondOf(where) : undefined });
  const terms = [...asked.question.terms.keys()];
  if (whole.holding) return { found: whole.found, total: whole.holding, exact: true, terms };

  const meant = where && replaceWords(where, (word) => corrected(word, engine.index));
  const again = { ...askOf(meant), sort, first, beyond: beyondOf(meant) };
  const near = engine.search(again);
  return {
    found: near.found,
    total: near.holding || near.beyond,
    exact: false,
    terms: [...again.question.terms.keys()],
  };
}

function askOf(where: Condition | undefined): Pick<Ask, 'question' | 'where'> {
  return { question: questionOf(wantedWords(where)), where };
}

/** What must hold of papers that have only some of the bare words; undefined where no words are bare. */
function beyondOf(where: Condition | undefined): Ask['beyond'] {
  if (!where || !wantedWords(where, ['word']).length) return undefined;
  return withoutWords(where) ?? 'anything';
}
