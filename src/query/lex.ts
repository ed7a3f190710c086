/**
 * Divides a query into words, phrases, fields, operators and parentheses. Forgiving where people paste:
 * curly quotes are quotes, a dash with a space after it is punctuation, `f(x)` and links are words.
 */
import { distance } from 'fastest-levenshtein';
import { type PaperId, paperIdIn } from '../model/paper.ts';
import { topicName } from '../model/topic.ts';
import { tokens } from '../text/tokens.ts';
import { complain, quoted } from './complaint.ts';
import { fields } from './fields.ts';

/** A piece of the query and its UTF-16 offset. */
export type Lexeme = { at: number } & (
  | { kind: 'open' | 'close' | 'and' | 'or' | 'not' }
  | { kind: 'word' | 'phrase'; text: string }
  | { kind: 'paper'; id: PaperId }
  /** The name is one of `fields`; the value is not yet read. */
  | { kind: 'field'; name: string; value: string }
);

const quotes = /["“”„‟«»＂]/;
const blank = /[\s\p{Cc}]/u;
const blanks = /[\s\p{Cc}]+/gu;
/** One dash or several, as phones and chat clients make of them, right before something. */
const negation = /[-−–—]+(?=[^\s\p{Cc}])/uy;
/** A category of arXiv with a dot in it is one without `category:` too: `cs.CL`, `cs.*`. https://arxiv.org/category_taxonomy */
const bareCategory =
  /^(?:(?:cs|stat|math|eess|econ|nlin|q-bio|q-fin|astro-ph)\.(?:[a-z]{2}|\*)|(?:cond-mat|physics)\.(?:[a-z]{2,5}-[a-z]{2,4}|optics|other|soft|\*))$/i;
const operators: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

/** Throws `UserError` at a quote that is never closed and at a field that does not exist. */
export function lex(query: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < query.length; ) {
    const character = query.charAt(at);
    if (blank.test(character)) {
      at += 1;
      continue;
    }
    const { lexeme, end } = lexemeAt(query, at, character);
    lexemes.push(lexeme);
    at = end;
  }
  return lexemes;
}

interface Found {
  lexeme: Lexeme;
  end: number;
}

function lexemeAt(query: string, at: number, character: string): Found {
  if (character === '(') return { lexeme: { kind: 'open', at }, end: at + 1 };
  if (character === ')') return { lexeme: { kind: 'close', at }, end: at + 1 };
  if (quotes.test(character)) {
    const { text, end } = phraseAt(query, at);
    const id = paperIdIn(text);
    return { lexeme: id ? { kind: 'paper', id, at } : { kind: 'phrase', text, at }, end };
  }
  negation.lastIndex = at;
  if (negation.test(query)) return { lexeme: { kind: 'not', at }, end: negation.lastIndex };
  const end = wordEnd(query, at);
  const raw = query.slice(at, end);
  const operator = operators.get(raw);
  if (operator) return { lexeme: { kind: operator, at }, end };
  if (bareCategory.test(raw)) {
    return { lexeme: { kind: 'field', name: 'category', value: raw, at }, end };
  }
  const { text, id } = wordIn(raw);
  if (id) return { lexeme: { kind: 'paper', id, at }, end };
  // Behind a dropped sign, "author:" is text, and only a phrase keeps it so when the query is printed.
  const kind = !raw.startsWith(text) && /^\p{L}+:/u.test(text) ? 'phrase' : 'word';
  return fieldAt(query, at, end) ?? { lexeme: { kind, text, at }, end };
}

function phraseAt(query: string, at: number): { text: string; end: number } {
  const length = query.slice(at + 1).search(quotes);
  if (length < 0) complain(query, at, 'this quote is never closed', '"model merging"');
  const end = at + 1 + length;
  return {
    text: query
      .slice(at + 1, end)
      .replace(blanks, ' ')
      .trim(),
    end: end + 1,
  };
}

/** Parentheses belong to a word when they open and close in it: `O(n)`, but not `merging)`. */
function wordEnd(query: string, at: number): number {
  let end = at;
  let open: number[] = [];
  for (; end < query.length; end += 1) {
    const character = query.charAt(end);
    if (blank.test(character) || quotes.test(character)) break;
    if (character === '(') open.push(end);
    else if (character === ')') {
      if (!open.length) break;
      open = open.slice(0, -1);
    }
  }
  return open[0] ?? end;
}

/** The word without the punctuation around it, and the paper it names if it does. */
function wordIn(raw: string): { text: string; id: PaperId | undefined } {
  const found = tokens(raw);
  const end = Math.max(0, ...found.map((token) => token.end));
  const text = raw.includes('(') ? raw : raw.slice(found[0]?.start ?? 0, end || raw.length);
  return { text, id: paperIdIn(text) ?? paperIdIn(raw) };
}

/** `name:value` or `name:"a value"`. Undefined for what only looks like it: `https://…`, `3:1`, `MUSCLE: a model`. */
function fieldAt(query: string, at: number, end: number): Found | undefined {
  const raw = query.slice(at, end);
  const [, typed, value = ''] = /^[^\p{L}\p{N}]*(\p{L}[\p{L}_-]*):(.*)$/su.exec(raw) ?? [];
  if (!typed || value.startsWith('//')) return undefined;
  const name = typed.toLowerCase();
  const isQuoted = !value && quotes.test(query.charAt(end));
  if (!fields.has(name)) {
    if (!isQuoted && !/[\p{L}\p{N}]/u.test(value)) return undefined;
    complainOfField(query, at, raw, typed);
  }
  if (!isQuoted) return { lexeme: { kind: 'field', name, value, at }, end };
  const phrase = phraseAt(query, end);
  return { lexeme: { kind: 'field', name, value: phrase.text, at }, end: phrase.end };
}

/** As many letters may differ for a field to be what was meant, and always fewer than half of them. */
const NEAR = 2;
/** What other search engines call it. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['year', 'since'],
  ['date', 'since'],
  ['after', 'since'],
  ['before', 'until'],
]);
/** Fields of other search engines for what every word here is looked for in. */
const texts = ['title', 'ti', 'intitle', 'allintitle', 'abstract', 'abs', 'all', 'text'];

function complainOfField(query: string, at: number, raw: string, typed: string): never {
  const name = typed.toLowerCase();
  if (texts.includes(name)) {
    const words = raw.slice(raw.indexOf(':') + 1);
    const problem = `there is no field ${quoted(`${typed}:`)}, words are looked for in titles and abstracts anyway`;
    complain(query, at, problem, `"${words.slice(0, 40) || 'model merging'}"`);
  }
  const names = [...fields.keys()];
  const nearest =
    elsewhere.get(name) ??
    names.find((each) => name.length > 1 && each.startsWith(name)) ??
    names
      .map((each) => ({ each, away: distance(name, each) }))
      .filter(({ each, away }) => away <= NEAR && away * 2 < each.length)
      .sort((a, b) => a.away - b.away)[0]?.each;
  const list = names.map((each) => `${each}:`).join(', ');
  const field = nearest && fields.get(nearest);
  if (field) {
    const problem = `there is no field ${quoted(`${typed}:`)}, the nearest of ${list} is ${nearest}:`;
    complain(query, at, problem, field.example);
  }
  const problem = `there is no field ${quoted(`${typed}:`)}, only ${list}; quotes make it text`;
  complain(query, at, problem, `"${raw.slice(0, 40)}"`);
}

/** Whether a query has `topic:` with that name in it. Throws `UserError` for a text that is no query. */
export function namesTopic(query: string, name: string): boolean {
  return lex(query).some(
    (lexeme) =>
      lexeme.kind === 'field' && lexeme.name === 'topic' && topicName(lexeme.value) === name,
  );
}
