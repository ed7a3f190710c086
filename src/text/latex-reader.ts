/** Walks a text with LaTeX once, from left to right, and writes down what a person should read. */
import { accentAt } from './latex-accents.ts';
import {
  type Arguments,
  choose,
  commands,
  declarations,
  fraction,
  type Mode,
  operator,
  spaced,
} from './latex-commands.ts';
import { isBalanced, isFormula, partners } from './latex-marks.ts';
import { inAlphabet, script, symbols } from './latex-symbols.ts';

/** Deeper nesting than any real formula has; what lies deeper stays as it was written. */
const MAX_DEPTH = 30;

/** Where a span is read, and what it has become so far. */
interface Cursor {
  at: number;
  readonly to: number;
  readonly mode: Mode;
  readonly depth: number;
  readonly out: string[];
}

export class LatexReader {
  readonly #text: string;
  readonly #partners: Uint32Array;
  readonly #hasQuotes: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#hasQuotes = text.includes('``');
    this.#partners = partners(text);
  }

  /** A part of the text, made readable. */
  span(from: number, to: number, mode: Mode, depth: number): string {
    if (depth > MAX_DEPTH) return this.#text.slice(from, to);
    const cursor: Cursor = { at: from, to, mode, depth, out: [] };
    while (cursor.at < to) this.#step(cursor);
    const joined = cursor.out.join('');
    return mode === 'math' ? spaced(joined) : joined;
  }

  #step(cursor: Cursor): void {
    const char = this.#text[cursor.at] ?? '';
    if (char === '\\') this.#command(cursor);
    else if (char === '{') this.#group(cursor);
    else if (char === '$') this.#dollar(cursor);
    else if (char === '^' || char === '_') this.#script(cursor, char);
    else if (cursor.mode === 'math') {
      cursor.out.push(char === "'" ? '′' : char === '~' || char === '&' ? ' ' : char);
      cursor.at++;
    } else this.#words(cursor);
  }

  /** Prose up to the next sign that may mean something. */
  #words(cursor: Cursor): void {
    const end = Math.min(cursor.to, this.#after(/[^\\${}^_~]+|./sy, cursor.at));
    const words = this.#text.slice(cursor.at, end);
    if (words === '~') cursor.out.push(this.#isTie(cursor.at) ? ' ' : '~');
    else cursor.out.push(this.#punctuated(words));
    cursor.at = end;
  }

  /** The words with TeX's way of typing quotation marks and dashes turned into the real ones. */
  #punctuated(words: string): string {
    const quoted = this.#hasQuotes ? words.replace(/``/g, '“').replace(/''/g, '”') : words;
    return quoted.replace(/---/g, '—').replace(/(?<=[\p{L}\p{N}])--(?=[\p{L}\p{N}])/gu, '–');
  }

  /** Whether a `~` is TeX's unbreakable space (`Fig.~3`), not "about" (` ~30k`) or part of a link. */
  #isTie(at: number): boolean {
    const [before = '', after = ''] = [this.#text[at - 1], this.#text[at + 1]];
    return /[\p{L}\p{N}.,:;)}\]$%]/u.test(before) && /\S/.test(after);
  }

  /** `x^2` in a formula; in prose only `x^{2}`, which nobody types but in LaTeX. */
  #script(cursor: Cursor, mark: '^' | '_'): void {
    const isScript = cursor.mode === 'math' || this.#close(cursor, cursor.at + 1) > 0;
    cursor.at++;
    cursor.out.push(isScript ? script(mark, this.#argument(cursor, 'math')) : mark);
  }

  #group(cursor: Cursor): void {
    const close = this.#close(cursor, cursor.at);
    if (close === 0) {
      cursor.out.push('{');
      cursor.at++;
      return;
    }
    const inner = this.span(cursor.at + 1, close, cursor.mode, cursor.depth + 1);
    // In prose, `{0, 1}` is a set that somebody typed; `{BERT}` only keeps its capitals.
    const raw = this.#text.slice(cursor.at + 1, close);
    const isSet = cursor.mode === 'prose' && !raw.includes('\\') && /.[,|=<>]/s.test(raw);
    cursor.out.push(isSet ? `{${inner}}` : inner);
    cursor.at = close + 1;
  }

  #dollar(cursor: Cursor): void {
    const sign = this.#text.startsWith('$$', cursor.at) ? '$$' : '$';
    const from = cursor.at + sign.length;
    const to = this.#endOfFormula(from, sign);
    const after = to + sign.length;
    const closes = this.#text.startsWith(sign, to) && after <= cursor.to;
    if (closes && isFormula(this.#text.slice(from, to), this.#text[after] ?? '')) {
      this.#formula(cursor, from, to, after);
    } else {
      cursor.out.push('$');
      cursor.at++;
    }
  }

  /** The next dollar sign, but for those in boxes within the formula: `$\\hbox{$\\sim$}$`. */
  #endOfFormula(from: number, sign: string): number {
    const next = /[^\\$]*(?:\\.[^\\$]*)*/sy;
    const nearest = this.#after(next, from);
    if (isBalanced(this.#text.slice(from, nearest))) return nearest;
    const outside = /[^\\${}]*(?:\\.[^\\${}]*)*/sy;
    let at = this.#after(outside, from);
    for (let close = this.#partners[at] ?? 0; close > 0; close = this.#partners[at] ?? 0) {
      at = this.#after(outside, close + 1);
    }
    return this.#text.startsWith(sign, at) ? at : nearest;
  }

  /** A formula and its signs; as they are, when its braces do not fit. */
  #formula(cursor: Cursor, from: number, to: number, after: number): void {
    const fits = isBalanced(this.#text.slice(from, to));
    cursor.out.push(
      fits ? this.span(from, to, 'math', cursor.depth + 1) : this.#text.slice(cursor.at, after),
    );
    cursor.at = after;
  }

  #command(cursor: Cursor): void {
    const start = cursor.at;
    const end = this.#partners[start] ?? 0;
    if (end > 0 && end + 2 <= cursor.to) {
      this.#formula(cursor, start + 2, end, end + 2);
      return;
    }
    const name = this.#text.slice(
      start + 1,
      Math.min(cursor.to, this.#after(/[A-Za-z]+|.?/suy, start + 1)),
    );
    cursor.at += 1 + name.length;
    if (this.#text[cursor.at] === '*' && this.#close(cursor, cursor.at + 1) > 0) cursor.at++;

    if (cursor.mode === 'prose' && this.#accent(cursor, name)) return;
    if (name === 'cal' || name === 'over' || name === 'choose') this.#infix(cursor, name);
    else if (declarations.has(name)) this.#declaration(cursor, name);
    else if (name === 'deg' && cursor.mode === 'prose') cursor.out.push('°');
    else if (symbols.has(name)) this.#symbol(cursor, name);
    else if (this.#isBroken(cursor, name)) {
      cursor.out.push(this.#text.slice(start, cursor.at));
    } else {
      const command = commands.get(name);
      const text = command ? command(this.#arguments(cursor)) : this.#unknown(cursor, name);
      if (text.trim()) cursor.out.push(text);
      else this.#gap(cursor, text);
      if (!command && cursor.mode === 'math') this.#endOfName(cursor);
    }
  }

  /** Whether the command was an accent, and is done. */
  #accent(cursor: Cursor, name: string): boolean {
    const accent = accentAt(this.#text, cursor.at, name) ?? this.#split(cursor, name);
    if (!accent || accent.end > cursor.to) return false;
    cursor.out.push(accent.character);
    cursor.at = accent.end;
    return true;
  }

  /** `\c{hi}` was `\chi`: arXiv's older records hold commands split after what could be an accent. */
  #split(cursor: Cursor, name: string): { character: string; end: number } | undefined {
    const close = name.length === 1 ? this.#close(cursor, cursor.at) : 0;
    const character = symbols.get(name + this.#text.slice(cursor.at + 1, close));
    return close > 0 && character ? { character, end: close + 1 } : undefined;
  }

  /** What belongs to all that follows in its group, or stands between the two things it joins. */
  #infix(cursor: Cursor, name: 'cal' | 'over' | 'choose'): void {
    this.#skipSpace(cursor);
    if (cursor.mode === 'prose' && cursor.depth === 0) return;
    const rest = this.span(cursor.at, cursor.to, cursor.mode, cursor.depth + 1);
    cursor.at = cursor.to;
    if (name === 'cal') {
      cursor.out.push(inAlphabet('mathcal', rest));
      return;
    }
    const before = spaced(cursor.out.splice(0).join(''));
    cursor.out.push(name === 'over' ? fraction(before, rest) : choose(before, rest));
  }

  #declaration(cursor: Cursor, name: string): void {
    const argument = declarations.get(name);
    if (argument) cursor.at = Math.min(cursor.to, this.#after(argument, cursor.at));
    this.#skipSpace(cursor);
  }

  #symbol(cursor: Cursor, name: string): void {
    const symbol = symbols.get(name) ?? '';
    cursor.out.push(symbol);
    if (!/[A-Za-z]/.test(name)) return;
    if (cursor.mode === 'math') this.#endOfName(cursor);
    // In words, `\L ukasz` and `stra\ss e`.
    else if (name.length <= 2 && /^\p{Script=Latin}$/u.test(symbol)) this.#skipSpace(cursor);
  }

  /** A space ends a name; in a formula it shows where it would look even: `x \in X`, but `2\pi r`. */
  #endOfName(cursor: Cursor): void {
    const before = cursor.out.at(-2) ?? '';
    const from = cursor.at;
    this.#skipSpace(cursor);
    if (cursor.at === from || cursor.at === cursor.to) return;
    const isSign = !/[\p{L}\p{N}([{\\^_]/u.test(this.#text[cursor.at] ?? '');
    if (isSign || /\s$/.test(before)) cursor.out.push(' ');
  }

  /** A command that cannot be one: its brace never closes, or it is part of a path (`C:\temp`). */
  #isBroken(cursor: Cursor, name: string): boolean {
    const [next = ''] = this.#text.slice(cursor.at, cursor.to);
    if (next === '{') return this.#close(cursor, cursor.at) === 0;
    if (commands.has(name)) return false;
    const last = cursor.out.at(-1) ?? '';
    const isPath = cursor.mode === 'prose' && (last.endsWith(':') || last.startsWith('\\'));
    return isPath || !/^[A-Za-z]/.test(name);
  }

  /** The arguments' text; the name, when there are none. */
  #unknown(cursor: Cursor, name: string): string {
    const parts: string[] = [];
    while (this.#close(cursor, cursor.at) > 0) parts.push(this.#argument(cursor, cursor.mode));
    const text = parts.filter((part) => part.trim()).join(' ');
    if (text) return text;
    return cursor.mode === 'prose' ? name : operator(name);
  }

  /** A space, or nothing: without doubling the spaces around it, or leaving one before a full stop. */
  #gap(cursor: Cursor, space: string): void {
    const next = this.#text[cursor.at] ?? '';
    const last = cursor.out.at(-1) ?? '';
    if (!last) this.#skipSpace(cursor);
    else if (!/\s$/.test(last)) cursor.out.push(space);
    else if (!space && /[\s.,;:)\]]/.test(next)) cursor.out[cursor.out.length - 1] = last.trimEnd();
  }

  #arguments(cursor: Cursor): Arguments {
    return {
      next: (mode = cursor.mode) => this.#argument(cursor, mode),
      raw: () => {
        const close = this.#close(cursor, cursor.at);
        if (close === 0) return '';
        const raw = this.#text.slice(cursor.at + 1, close);
        cursor.at = close + 1;
        return raw;
      },
      optional: () => {
        const end = this.#after(/\[[^\][]{0,80}\]|/y, cursor.at);
        if (end === cursor.at || end > cursor.to) return '';
        const from = cursor.at + 1;
        cursor.at = end;
        return this.span(from, end - 1, cursor.mode, cursor.depth + 1);
      },
    };
  }

  /** The next group, command or character, made readable; empty when nothing is left. */
  #argument(cursor: Cursor, mode: Mode): string {
    this.#skipSpace(cursor);
    const close = this.#close(cursor, cursor.at);
    if (close > 0) {
      const from = cursor.at + 1;
      cursor.at = close + 1;
      return this.span(from, close, mode, cursor.depth + 1);
    }
    const char =
      cursor.at < cursor.to ? String.fromCodePoint(this.#text.codePointAt(cursor.at) ?? 0) : '';
    if (!char || /[{}$^_]/.test(char)) return '';
    if (char !== '\\' || cursor.depth > MAX_DEPTH) {
      cursor.at += char.length;
      return char;
    }
    const inner: Cursor = { ...cursor, mode, depth: cursor.depth + 1, out: [] };
    this.#command(inner);
    cursor.at = inner.at;
    return inner.out.join('');
  }

  #skipSpace(cursor: Cursor): void {
    cursor.at = Math.min(cursor.to, this.#after(/\s*/y, cursor.at));
  }

  /** Where the brace at this place closes, within the span; 0 when it does not, or is no brace. */
  #close(cursor: Cursor, at: number): number {
    const close = this.#text[at] === '{' ? (this.#partners[at] ?? 0) : 0;
    return close < cursor.to ? close : 0;
  }

  /** Where a match of the sticky pattern from here ends. */
  #after(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(this.#text) ? pattern.lastIndex : at;
  }
}
