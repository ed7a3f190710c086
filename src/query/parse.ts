/**
 * The query language, one for search, topics, previews and the reasons a digest gives.
 *
 *     model merging                words, all of them, in any of their forms
 *     "model merging"              a phrase, the words in this order
 *     -survey -"a phrase" -(a b)   without it; NOT says the same
 *     a OR b, a AND b, (a OR b) c  upper-case operators and parentheses
 *     author:hinton  category:cs.CL  cs.CL  category:cs.*  since:30d  until:2024-05  upvotes:>10
 *     has:code  source:arxiv       what sources told of the paper, and which did
 *     topic:model-merging          what a topic asks for
 *     seen:here  saved:me          what this channel was shown, what the person saved
 *     sort:new  sort:top  sort:relevance
 *     2407.09435  "2407.09435"  https://arxiv.org/abs/2407.09435   that very paper
 *
 * What binds how: `-` binds to what follows it, standing side by side means AND and binds tighter than
 * OR. So `"model merging" OR evolutionary category:cs.CL -survey` is `"model merging"`, or else
 * (evolutionary and in cs.CL and without survey); parentheses change it, and `explain` shows it. `sort:`
 * orders the whole result wherever it stands. Stop words outside phrases are left out, and so is what asks for
 * papers at the start: "show me papers about".
 *
 * Not a parser package: liqe, the maintained one, refuses `C++`, `don't`, links, `3:1` and a trailing
 * comma, and reads `a OR b c` as `(a OR b) c`.
 */
import { closest } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';
import type { Topics } from '../model/topic.ts';
import { readable } from '../text/latex.ts';
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';
import type { Condition, Query, Sort } from './ast.ts';
import { complain, quoted } from './complaint.ts';
import { fields } from './fields.ts';
import { type Lexeme, lex } from './lex.ts';

/** UTF-16 units. Keeps nesting shallow and every error quick. */
const QUERY_MAX = 500;

const EXAMPLE = 'model merging since:30d';

/** "Papers on", "find me recent articles about": whoever says so does not ask for papers that say "papers". */
const request =
  /^(?:(?:please )?(?:show|find|give|list)(?: me| us)? )?(?:(?:all|some|any|the|recent|new|latest) )*(?:papers|articles|publications|literature) (?:about|on|regarding|concerning) (?=\S)/i;
/** As long as before, so that errors point where they should. */
const blankOut = (said: string) => ' '.repeat(said.length);

/** A query without what asks for papers at its start: "papers about model merging" → "model merging". */
export const withoutRequest = (text: string) => text.trim().replace(request, '');

/** Topics that a query may take in, those inside topics counted too: keeps what a short text asks for small. */
const TOPICS_MOST = 50;

/**
 * `topics` are those that `topic:` may name. Throws `UserError` whose one sentence points at the character and
 * shows a right example.
 */
export function parseQuery(text: string, topics: Topics = new Map()): Query {
  return parsed(text, { topics, inside: [], taken: { topics: 0 } });
}

interface Surroundings {
  topics: Topics;
  /** The topics that led here, outermost first. */
  inside: readonly string[];
  /** Of the whole query. */
  taken: { topics: number };
}

function parsed(text: string, around: Surroundings): Query {
  // LaTeX and compatibility forms (㈠, Ĳ, full-width letters) first become what they stand for.
  const typed = readable(text).normalize('NFKC').trim();
  if (typed.length > QUERY_MAX) {
    throw new UserError(
      `That query has ${typed.length.toLocaleString('en')} characters and ${QUERY_MAX} is the most; keep the words that matter, for example: ${EXAMPLE}`,
    );
  }
  const lexemes = lex(typed.replace(request, blankOut));
  const { where, sort } = new Parser(typed, lexemes, around).parse();
  if (!where && !sort) {
    const isWords = lexemes.some(
      (lexeme) => 'text' in lexeme && readings(lexeme.text).apart.length,
    );
    throw new UserError(
      isWords
        ? `Those words stand in nearly every paper; add one that says what it is about, for example: ${EXAMPLE}`
        : `There is no word to look for; write what the papers are about, for example: ${EXAMPLE}`,
    );
  }
  return { ...(where && { where }), ...(sort && { sort }) };
}

class Parser {
  readonly #text: string;
  readonly #lexemes: readonly Lexeme[];
  #next = 0;
  /** How many negations the parser stands in. */
  #negations = 0;
  #sort: Sort | undefined;
  readonly #around: Surroundings;

  constructor(text: string, lexemes: readonly Lexeme[], around: Surroundings) {
    this.#text = text;
    this.#lexemes = lexemes;
    this.#around = around;
  }

  parse(): { where: Condition | undefined; sort: Sort | undefined } {
    const where = this.#lexemes.length ? this.#any() : undefined;
    const stray = this.#lexemes[this.#next];
    if (stray) this.#fail(stray, 'this parenthesis was never opened', GROUP);
    return { where, sort: this.#sort };
  }

  // Each of these gives undefined where nothing but stop words or punctuation stood.

  #any(): Condition | undefined {
    const of = [this.#all()];
    while (this.#take('or')) of.push(this.#all());
    return combined('any', of);
  }

  #all(): Condition | undefined {
    const of = [this.#one()];
    for (;;) {
      const kind = this.#lexemes[this.#next]?.kind;
      if (kind === undefined || kind === 'or' || kind === 'close') return combined('all', of);
      this.#take('and');
      of.push(this.#one());
    }
  }

  #one(): Condition | undefined {
    const lexeme = this.#lexemes[this.#next];
    this.#next += 1;
    switch (lexeme?.kind) {
      case 'word':
        return hasSubject(lexeme.text) ? { kind: 'word', text: lexeme.text } : undefined;
      case 'phrase':
        return hasWords(lexeme.text) ? { kind: 'phrase', text: lexeme.text } : undefined;
      case 'paper':
        return { kind: 'paper', id: lexeme.id };
      case 'field':
        return this.#field(lexeme);
      case 'not':
        return this.#not();
      case 'open':
        return this.#group(lexeme);
      case 'and':
      case 'or':
      case 'close':
      case undefined:
        return this.#missing(lexeme);
    }
  }

  #field(lexeme: Lexeme & { kind: 'field' }): Condition | undefined {
    const field = fields.get(lexeme.name);
    const meaning = field?.parse(lexeme.value);
    if (field && !meaning) {
      const given = lexeme.value ? `not ${quoted(lexeme.value)}` : 'right after the colon';
      this.#fail(lexeme, `${lexeme.name}: takes ${field.takes}, ${given}`, field.example);
    }
    if (meaning?.kind === 'topic') return this.#topic(lexeme, meaning.topic);
    if (meaning?.kind !== 'sort') return meaning;
    if (this.#negations) {
      this.#fail(lexeme, 'sort: orders the whole result and cannot be excluded', 'survey sort:new');
    }
    if (this.#sort && this.#sort !== meaning.by) {
      this.#fail(lexeme, 'there is a second sort: and only one can hold', 'survey sort:new');
    }
    this.#sort = meaning.by;
    return undefined;
  }

  #topic(lexeme: Lexeme, name: string): Condition | undefined {
    const { topics, inside, taken } = this.#around;
    const query = topics.get(name);
    if (query === undefined) {
      const near = topics.size ? closest(name, [...topics.keys()]) : 'model-merging';
      this.#fail(lexeme, `there is no topic ${quoted(name)} here`, `topic:${near}`);
    }
    if (inside.includes(name)) {
      const way = [...inside, name].join(' → ');
      this.#fail(lexeme, `a topic cannot be part of itself, as in ${way}`, `"${name}"`);
    }
    taken.topics += 1;
    if (taken.topics > TOPICS_MOST) {
      const problem = `topics stand for more than ${TOPICS_MOST} others here`;
      this.#fail(lexeme, problem, `topic:${inside[0] ?? name}`);
    }
    const { where } = this.#inner(lexeme, name, query);
    return where && { kind: 'topic', name, means: where };
  }

  /** What a topic asks for. Whatever is wrong with it, in the query at hand it is the topic that is wrong. */
  #inner(lexeme: Lexeme, name: string, query: string): Query {
    const { inside } = this.#around;
    try {
      return parsed(query, { ...this.#around, inside: [...inside, name] });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      // A complaint about a place in another text than the one at hand would mislead.
      const why = /: (.*); for example/.exec(error.message)?.[1] ?? 'it cannot be read';
      const isAboutTopics = /^(?:a topic|the topic|topics) /.test(why);
      const problem = isAboutTopics ? why : `the topic ${quoted(name)} has a mistake: ${why}`;
      return this.#fail(lexeme, problem, '"model merging" -survey');
    }
  }

  #not(): Condition | undefined {
    this.#negations += 1;
    const that = this.#one();
    this.#negations -= 1;
    return that?.kind === 'not' ? that.that : that && { kind: 'not', that };
  }

  #group(open: Lexeme): Condition | undefined {
    const inside = this.#any();
    if (!this.#take('close')) this.#fail(open, 'this parenthesis is never closed', GROUP);
    return inside;
  }

  /** Complains that something has no operand, and says what. */
  #missing(found: Lexeme | undefined): never {
    const before = this.#lexemes[this.#next - 2];
    switch (before?.kind) {
      case 'and':
      case 'or':
        return this.#fail(before, `nothing stands after this ${name(before.kind)}`, EITHER);
      case 'not':
        return this.#fail(
          before,
          `nothing stands after this ${this.#text.charAt(before.at) === 'N' ? 'NOT' : 'minus'}`,
          'merging -survey',
        );
      case 'open':
        if (!found) return this.#fail(before, 'this parenthesis is never closed', GROUP);
        if (found.kind === 'close') return this.#fail(before, 'these parentheses are empty', GROUP);
    }
    if (found?.kind === 'close')
      return this.#fail(found, 'this parenthesis was never opened', GROUP);
    const operator = found?.kind === 'and' ? 'and' : 'or';
    return this.#fail(found ?? { at: 0 }, `nothing stands before this ${name(operator)}`, EITHER);
  }

  #take(kind: Lexeme['kind']): boolean {
    const isNext = this.#lexemes[this.#next]?.kind === kind;
    if (isNext) this.#next += 1;
    return isNext;
  }

  #fail({ at }: { at: number }, problem: string, example: string): never {
    complain(this.#text, at, problem, example);
  }
}

const GROUP = '(merging OR pruning) -survey';
const EITHER = 'merging OR evolutionary';

const name = (operator: 'and' | 'or') => operator.toUpperCase();

const hasWords = (text: string) => readings(text).apart.length > 0;
const hasSubject = (text: string) => readings(text).apart.some(({ term }) => !isStopWord(term));

function combined(
  kind: 'all' | 'any',
  conditions: readonly (Condition | undefined)[],
): Condition | undefined {
  const of = conditions
    .filter((condition) => condition !== undefined)
    .flatMap((condition) => (condition.kind === kind ? condition.of : condition));
  return of.length > 1 ? { kind, of } : of[0];
}
