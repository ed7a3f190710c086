/** What TeX's symbols, alphabets, accents and scripts look like in Unicode; the tables are unicodeit's. */
import { combiningmarks, replacements, subsuperscripts } from 'unicodeit/ts_dist/js/data.js';

/** Names that authors define for something of their own: unicodeit's reading would mislead. */
const misleading = new Set(
  'AC bij boy cat comp dd DD ee exi fun h ii inj jj lat leo Leo overbrace overbracket overparen rel sad smt sqrt sun Sun underbrace underbracket underparen'.split(
    ' ',
  ),
);

/** What unicodeit lacks, or shows by a character that few fonts have. */
const additions = {
  bbone: '𝟙',
  Box: '□',
  cdot: '·',
  dag: '†',
  ddag: '‡',
  dots: '…',
  dotsb: '…',
  dotsc: '…',
  eg: 'e.g.',
  eps: 'ε',
  etal: 'et al.',
  gt: '>',
  guillemotright: '»',
  i: 'ı',
  ie: 'i.e.',
  implies: '⇒',
  j: 'ȷ',
  langle: '⟨',
  lbrack: '[',
  leadsto: '⇝',
  lt: '<',
  lvert: '|',
  lVert: '‖',
  rangle: '⟩',
  rbrack: ']',
  rvert: '|',
  rVert: '‖',
  square: '□',
  star: '⋆',
  textasciitilde: '~',
  textbackslash: '\\',
  textbar: '|',
  textbullet: '•',
  textdegree: '°',
  textellipsis: '…',
  textemdash: '—',
  textendash: '–',
  textgreater: '>',
  textless: '<',
  textquotedblleft: '“',
  textquotedblright: '”',
  textquotesingle: "'",
  textquoteleft: '‘',
  textquoteright: '’',
  textregistered: '®',
  textunderscore: '_',
  xrightarrow: '→',
};

/** By name without the backslash: `alpha` → α, `%` → %. */
export const symbols: ReadonlyMap<string, string> = new Map([
  ...named(replacements, /^\\([A-Za-z]+|[#$%&_{|}])$/).filter(
    ([name, unicode]) => !misleading.has(name) && !/^\p{M}$/u.test(unicode),
  ),
  ...Object.entries(additions),
]);

/** Letters of an alphabet: `mathbb R` → ℝ. */
const letters = new Map(named(replacements, /^\\(math(?:bb|cal|frak)\{\w)\}$/));

/** The text in blackboard bold (`mathbb`), script (`mathcal`) or Fraktur (`mathfrak`), where it can be. */
export function inAlphabet(alphabet: 'mathbb' | 'mathcal' | 'mathfrak', text: string): string {
  if (text.length > 6) return text;
  return text.replace(/[A-Za-z0-9]/g, (letter) => letters.get(`${alphabet}{${letter}`) ?? letter);
}

/** Accents of formulas, by command. */
export const mathAccents: ReadonlyMap<string, string> = new Map([
  ...named(combiningmarks, /^\\(acute|breve|ddot|dot|grave|hat|tilde|vec)$/),
  ['bar', '\u0304'],
  ['check', '\u030c'],
  ['mathring', '\u030a'],
  ['overline', '\u0304'],
  ['widehat', '\u0302'],
  ['widetilde', '\u0303'],
]);

const scripts = new Map(
  named(subsuperscripts, /^([_^][a-z0-9+=-])$/).filter(([, unicode]) => unicode !== '−'),
);

/** Signs that stand raised by themselves. */
const raised = new Map([
  ['*', '*'],
  ['∗', '*'],
  ['⋆', '*'],
  ['′', '′'],
  ['″', '″'],
  ['∘', '°'],
  ['°', '°'],
  ['†', '†'],
  ['‡', '‡'],
  ['⊤', 'ᵀ'],
  ['T', 'ᵀ'],
  ['⊺', 'ᵀ'],
]);

/** `2` above → ², `i+1` below → ᵢ₊₁; what Unicode cannot raise or lower is written out: `^(d×d)`, `_max`. */
export function script(mark: '^' | '_', text: string): string {
  const bare = text
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\p{L}\p{N}\s]) ?/gu, '$1')
    .trim();
  if (!bare) return '';
  const sign = mark === '^' ? raised.get(bare) : undefined;
  if (sign) return sign;
  // Long words are hard to read that small.
  if (bare.length <= (/[a-z]{2}/.test(bare) ? 2 : 6)) {
    const small = Array.from(bare, (char) => scripts.get(mark + char));
    if (!small.includes(undefined)) return small.join('');
  }
  const clear = /^(?:[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{M}.]+|[^\s\w]|\([^()]*\))$/u.test(bare);
  return clear ? mark + bare : `${mark}(${bare})`;
}

/** The table's entries whose TeX matches, under what the pattern captures. */
function named(table: string[][], pattern: RegExp): [string, string][] {
  return table.flatMap(([tex = '', unicode = '']) => {
    const name = pattern.exec(tex)?.[1];
    return name ? [[name, unicode] as [string, string]] : [];
  });
}
