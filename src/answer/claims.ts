/**
 * What a sentence may state: nothing of its own. Its numbers and names must stand in the passages it cites,
 * and most of its words too. Words alone cannot show that it says the same; the passages stand below it.
 */
import { readable } from '../text/latex.ts';
import { isStopWord } from '../text/stopwords.ts';
import { tokens } from '../text/tokens.ts';

/** What a sentence may rest on. */
export interface Ground {
  /** The passages it cites. */
  cited: readonly string[];
  /** What it quotes from them. */
  quotes: readonly string[];
  /** The question and the titles of the papers it cites: it may use their words and names, not their numbers. */
  context: readonly string[];
}

/** So much of what a sentence says must be said by its passages or be asked. */
const SHARE_MIN = 0.5;

/** Whether a sentence, without quotations and citations, stays within what its passages say. */
export function isGrounded(prose: string, { cited, quotes, context }: Ground): boolean {
  const passages = cited.flatMap((passage) => [passage, readable(passage)]).join('\n');
  if (foreign.some((pattern) => pattern.test(prose))) return false;
  const numbers = new Set(numbersIn(passages));
  if (!numbersIn(prose).every((number) => numbers.has(number))) return false;
  const said = termsOf(passages);
  const known = termsOf(context.join('\n'));
  const names = namesIn(prose).flatMap((name) => [...termsOf(name)]);
  if (!names.every((term) => said.has(term) || known.has(term))) return false;
  const terms = [...termsOf(prose)];
  const shared = terms.filter((term) => said.has(term) || known.has(term));
  if (shared.length < terms.length * SHARE_MIN) return false;
  return quotes.length > 0 || terms.some((term) => said.has(term));
}

/** Links, addresses, mentions, markup, characters that broke, and people, whom the catalogue names. */
const foreign = [
  /:\/\/|\bwww\.|\p{L}{2,}\.\p{L}{2,}/iu,
  /<[^\s\d=]|[^\s\d=]>|[{}|\\`\uFFFD]|\]\s*\(|&\w+;|#\p{L}/u,
  /(?<![\p{L}\p{N}])@\S|@(?:everyone|here|channel)\b/iu,
  /\bet al\b/i,
];

/** Words for numbers, and the digits they are. "One" and "first" say less than a number. */
const numberWords: ReadonlyMap<string, string> = new Map([
  ...'two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, at) => [word, String(at + 2)] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, at) => [word, String(at * 10 + 20)] as const),
  ...'twice double doubles doubled'.split(' ').map((word) => [word, '2'] as const),
  ...'thrice triple triples tripled'.split(' ').map((word) => [word, '3'] as const),
  ...'half halves halved'.split(' ').map((word) => [word, 'half'] as const),
  ...'dozen hundred thousand million billion trillion'
    .split(' ')
    .map((word) => [word, word] as const),
]);
const number =
  /(?<![\p{L}\p{N}.])\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s*(?:%|percent\b|per cent\b))?|\b\p{L}+\b/giu;

/** Every number a text states, in one spelling: `two` and `twice` are `2`, `40 percent` is `40%`. */
function numbersIn(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(number)].flatMap(([found]) => {
    if (!/^\d/.test(found)) return numberWords.get(found.toLowerCase()) ?? [];
    const isShare = /\D$/.test(found);
    return `${Number.parseFloat(found.replaceAll(',', ''))}${isShare ? '%' : ''}`;
  });
}

/** What looks like a name: capital letters after the first word, or letters with digits. */
function namesIn(prose: string): string[] {
  const [first = '', ...rest] = prose.split(/\s+/);
  const isName = (word: string) => /\p{Lu}/u.test(word) || /\p{L}.*\d|\d.*\p{L}/u.test(word);
  // The first word is capital anyway.
  return [first.slice(1), ...rest].flatMap((word, at) =>
    isName(word) ? (at === 0 ? first : word) : [],
  );
}

function termsOf(text: string): Set<string> {
  return new Set(tokens(text).flatMap(({ term }) => (isStopWord(term) ? [] : [term])));
}
