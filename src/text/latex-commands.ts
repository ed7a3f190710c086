/** What each TeX command with arguments reads as; what is named nowhere here is its arguments' text. */
import { accented } from './latex-accents.ts';
import { inAlphabet, mathAccents, script } from './latex-symbols.ts';

export type Mode = 'prose' | 'math';

/** A command's arguments, read one after another from where it stands; a missing one is empty. */
export interface Arguments {
  /** The next argument as readable text, read as prose or math; default: as where the command stands. */
  next(mode?: Mode): string;
  /** The next argument as it was written. */
  raw(): string;
  /** The next `[…]`, if there is one, as readable text. */
  optional(): string;
}

/** A function's name in a formula; {@link spaced} puts the spaces it needs: `log n`, `log(n)`. */
export function operator(name: string): string {
  return `\u2061${name}\u2061`;
}

/** A formula with single spaces, and with those around the names of functions. */
export function spaced(formula: string): string {
  return formula
    .replace(/(?<=[\p{L}\p{N}\p{M})\]}])\u2061+(?=[\p{Ll}\p{Lu}\p{Lo}\p{Nd}√⌈⌊])/gu, ' ')
    .replaceAll('\u2061', '')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[([{⌈⌊]) | (?=[)\]},;⌉⌋])/g, '')
    .trim();
}

type Command = (args: Arguments) => string;

/** Commands that only say how the text after them looks, and what to skip with them beside a space. */
export const declarations: ReadonlyMap<string, RegExp | undefined> = new Map<
  string,
  RegExp | undefined
>([
  ...words(`bf bfseries big Big bigg Bigg biggl Biggl biggr Biggr bigl Bigl bigm bigr Bigr boldmath
    centering displaystyle em footnotesize hfill hline it itshape large Large limits middle newline
    nobreak noindent nolimits nonumber normalfont normalsize protect relax rm rmfamily sc
    scriptscriptstyle scriptsize scriptstyle scshape sf sffamily sl slshape small textstyle tiny tt
    ttfamily upshape xspace`).map((name) => [name, undefined] as const),
  ...words('left right').map((name) => [name, /\s*\./y] as const),
  ...words('hskip itemsep kern lower mkern raise vskip').map(
    (name) => [name, /\s*=?\s*-?[\d.]+\s*(?:em|ex|cm|mm|mu|pt)/y] as const,
  ),
]);

/** How many arguments say nothing to a reader and go with their command. */
const silent = {
  1: `autocite autoref begin bibliography bibliographystyle cite citealp citeauthor citep citet
  citeyear color cref Cref end eqref fontsize hphantom hspace includegraphics input label nocite
  pageref parencite phantom pdfoutput ref thanks thispagestyle usepackage vphantom vspace`,
  2: 'newcommand providecommand renewcommand rule',
};

/** The first argument is how, the second what. */
const secondOnly =
  'adjustbox colorbox foreignlanguage overset raisebox scalebox stackrel textcolor underset';

/** Only the look of a formula's part. */
const fonts = `bm bold boldsymbol ensuremath mathbf mathbin mathit mathop mathord mathrel mathrm mathsf
  mathtt overbrace pmb smash underbrace underline`;

/** Text inside a formula, where spaces count. */
const text =
  'emph hbox mbox text textbf textit textmd textnormal textrm textsc textsf textsl texttt textup';

/** What an argument is put between; few texts load the packages, many define these for themselves. */
const fences = {
  abs: '||',
  ceil: '⌈⌉',
  floor: '⌊⌋',
  norm: '‖‖',
  set: '{}',
  bra: '⟨|',
  ket: '|⟩',
};

const spaces = new Map([
  [' ', ' '],
  ['\n', ' '],
  [',', ' '],
  [';', ' '],
  [':', ' '],
  ['!', ''],
  ['-', ''],
  ['/', ''],
  ['@', ''],
  ['\\', ' '],
  ['quad', ' '],
  ['qquad', ' '],
  ['thinspace', ' '],
  ['item', '• '],
]);

export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ...[...spaces].map(([name, space]) => [name, () => space] as const),
  ...words(silent[1]).map((name) => [name, skip(1)] as const),
  ...words(silent[2]).map((name) => [name, skip(2)] as const),
  ...words(secondOnly).map((name) => [name, second] as const),
  ...words(fonts).map((name) => [name, (args: Arguments) => args.next()] as const),
  ...words(text).map((name) => [name, (args: Arguments) => args.next('prose')] as const),
  ...words('frac dfrac tfrac cfrac nicefrac sfrac').map((name) => [name, frac] as const),
  ...words('mathbb mathbbm mathds Bbb').map((name) => [name, alphabet('mathbb')] as const),
  ...words('mathcal mathscr').map((name) => [name, alphabet('mathcal')] as const),
  ...words('mathfrak frak').map((name) => [name, alphabet('mathfrak')] as const),
  ...Object.entries(fences).map(([name, signs]) => [name, fence(signs)] as const),
  ...[...mathAccents].map(([name, mark]) => [name, accent(mark)] as const),
  ['sqrt', root],
  ['not', (args) => accented(args.next().trim(), '\u0338')],
  ['binom', (args) => choose(args.next(), args.next())],
  ['pmod', (args) => ` (mod ${args.next()})`],
  ['operatorname', named],
  ['textsuperscript', (args) => script('^', args.next('prose'))],
  ['textsubscript', (args) => script('_', args.next('prose'))],
  ['url', (args) => unescaped(args.raw())],
  ['path', (args) => unescaped(args.raw())],
  ['href', href],
  ['footnote', (args) => bracketed(args.next('prose'))],
  ['unicode', (args) => character(args.raw())],
]);

/** `1/2`, `(a+b)/c`. */
export function fraction(over: string, under: string): string {
  return `${grouped(over)}/${grouped(under)}`;
}

/** `(n choose k)`. */
export function choose(from: string, count: string): string {
  return `(${from.trim()} choose ${count.trim()})`;
}

/** Brackets around what would fall apart beside a sign. */
function grouped(part: string): string {
  const whole = part.trim();
  const holds = /^(?:[\p{L}\p{N}\p{M}.,∞∂]*(?:\([^()]*\)[\p{N}\p{Lm}]*)?|\|[^|]*\|)$/u.test(whole);
  return holds ? whole : `(${whole})`;
}

function frac(args: Arguments): string {
  return fraction(args.next(), args.next());
}

function root(args: Arguments): string {
  const degree = args.optional();
  return `${degree && script('^', degree)}√${grouped(args.next())}`;
}

function alphabet(name: 'mathbb' | 'mathcal' | 'mathfrak'): Command {
  return (args) => inAlphabet(name, args.next('math').trim());
}

function accent(mark: string): Command {
  return (args) => {
    const letter = args.next().trim();
    return /^\p{L}$/u.test(letter) ? accented(letter, mark) : letter;
  };
}

function fence([open = '', close = '']: string): Command {
  return (args) => {
    const inside = args.next().trim();
    return inside && open + inside + close;
  };
}

function named(args: Arguments): string {
  return operator(args.next('prose'));
}

function href(args: Arguments): string {
  const url = unescaped(args.raw());
  const shown = args.next('prose').trim();
  const same = !shown || /^(?:https?:|www\.)/.test(shown) || url.includes(shown);
  return same ? url : `${shown} (${url})`;
}

function bracketed(note: string): string {
  return note.trim() && ` (${note.trim()})`;
}

/** A character by its number, `x2014` or `8212`. */
function character(number: string): string {
  const code = Number(number.trim().replace(/^x/i, '0x'));
  const exists = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return exists ? String.fromCodePoint(code) : '';
}

function second(args: Arguments): string {
  args.optional();
  args.raw();
  return args.next();
}

function skip(count: number): Command {
  return (args) => {
    for (let i = 0; i < count; i++) {
      args.optional();
      args.raw();
    }
    return '';
  };
}

function unescaped(raw: string): string {
  return raw.replace(/\\([%#&_~{}$])/g, '$1').trim();
}

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
