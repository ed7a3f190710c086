/**
 * Whether a sentence ends at a place where one could: what scientific prose abbreviates, cites, measures
 * and numbers. Asked by `sentences.ts` about every place that Unicode's rules or our own propose.
 */

/** A dot after one of these ends no sentence. "etc." is not here: it usually does. */
const abbreviation =
  /(?:^|[^\p{L}\p{N}.])(?:e\.\s?g|i\.\s?e|a\.k\.a|w\.?r\.t|s\.t|cf|c\.f|v\.?s|viz|resp|approx|ca|incl|figs?|eqs?|eqn|secs?|tabs?|refs?|algs?|thm|lem|prop|def|cor|chap|eds?|univ|dept|sp|spp|subsp)\.[)\]]*$/iu;
/** Capital letters tell these titles from units (ms, st). */
const title = /(?:^|[^\p{L}\p{N}.])(?:Dr|Prof|Mrs?|Ms|St|Jr|Sr|Yahoo)[.!]$/u;
/** These stand before a number; "of no." and "10 max." end sentences. */
const beforeNumber = /(?:^|[^\p{L}\p{N}.~])(?:nos?|vols?|pp?|arts?|ver|max|min)\.$/iu;
/** Names follow or precede these, unless a word comes that begins sentences. */
const beforeName = /(?:^|[\s~({])(?:et\.? al|U\.\s?[SK])\.[})\]]*$/u;
/** "J. Smith", "E. coli"; but "at 300 K. A" and "hepatitis A. We" end there. */
const initial = /(?:^|[\s(.[~-])\p{Lu}\.$/u;
const unit = /(?:\p{N}|[)}$=])[\s~]*\p{Lu}\.$/u;
/** A quotation that begins in the middle of a sentence. */
const quotedMiddle = /["“]\s?(?:\.{2,}|…)$/u;
/** "John Snow, Inc. (JSI) adapted": a name's short form goes on with the sentence. */
const shortForm = /^\(\p{Lu}[^)\s]{0,11}\)\s+\p{Ll}/u;
/** "1.", "(a)", "iv.)": the number of what follows. */
const enumerator = /^\(?(?:\d{1,2}|\p{Ll}|[ivx]{1,4})(?:[.)]|\.\))$/u;
const inlineEnumerator = /[\s(](?:\d{1,2}|[ivx]{1,4}|\p{Ll})\.\)$/u;

/** Words that begin a sentence and no name. */
const openers =
  'We|The|This|These|Those|That|There|Our|In|It|Its|However|To|For|On|By|As|At|With|From|When|While|Although|Then|Thus|Here|Moreover|Furthermore|Additionally|Finally|Hence|If|Such|They|Both|Based|Using|Results?|Experiments?|Extensive';
const opener = new RegExp(`^(?:${openers})\\b`);

/** A citation or an aside is shorter than this; a bracket open for longer was never closed. */
const BRACKET_MAX = 250;

/**
 * Places, besides those of Unicode's rules, where a sentence may start: at LaTeX, at an item's number, at
 * a name such as mRNA, and where the space after the dot was forgotten ("results.The elimination").
 */
export const possibleStarts = new RegExp(
  String.raw`(?<=[.!?]["”’)\]]*)\s+(?=\$|\\[A-Za-z(]|\((?:\p{Ll}|[ivx]+|\d{1,2})\)\s|\p{Ll}{1,3}[\p{Lu}\d])` +
    String.raw`|(?<=\p{Ll}{2}[.!?])(?=(?:${openers})\s)`,
  'gu',
);

/** Whether `sentence`, which begins where the last one ended, ends before `next`. */
export function endsSentence(sentence: string, next: string): boolean {
  const tail = sentence.slice(-24);
  if (enumerator.test(sentence) || inlineEnumerator.test(tail)) return false;
  if (quotedMiddle.test(tail) || shortForm.test(next)) return false;
  if (abbreviation.test(tail) || title.test(tail)) return false;
  if (beforeNumber.test(tail) && /^[\p{N}$]/u.test(next)) return false;
  const startsNew = opener.test(next);
  if (beforeName.test(tail)) return startsNew;
  if (initial.test(tail) && !unit.test(tail) && !startsNew) return false;
  return !closesLater(sentence, next);
}

/** Whether a bracket opened in the sentence is closed after it: "[SIAM J. Sci. Comput., 39 (2017)]". */
function closesLater(sentence: string, next: string): boolean {
  return bracketOpen(sentence, '(', ')', next) || bracketOpen(sentence, '[', ']', next);
}

function bracketOpen(sentence: string, open: string, close: string, next: string): boolean {
  let depth = 0;
  let opened = 0;
  for (let at = 0; at < sentence.length; at += 1) {
    const sign = sentence.charAt(at);
    if (sign === open) {
      if (depth === 0) opened = at;
      depth += 1;
    } else if (sign === close && depth > 0) depth -= 1;
  }
  if (depth === 0) return false;
  const room = BRACKET_MAX - (sentence.length - opened);
  for (const sign of next.slice(0, Math.max(0, room))) {
    if (sign === open) depth += 1;
    else if (sign === close) depth -= 1;
    if (depth === 0) return true;
  }
  return false;
}
