/** Where the sentences of scientific prose begin and end, and a text cut so that it still reads well. */

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A dot after one of these ends no sentence. "etc." is not here: it usually does. */
const abbreviation =
  /(?:^|[^\p{L}\p{N}.])(?:e\.g|i\.e|a\.k\.a|w\.r\.t|s\.t|et al|cf|vs|resp|approx|ca|viz|figs?|eqs?|eqn|secs?|tabs?|refs?|alg|thm|lem|prop|def|chap|vol|nos?|pp|eds?|dr|prof|mrs?|ms|st|jr|sr|incl|max|min)\.[)\]]*$/iu;
/** "J. Smith": an initial; but "hepatitis A. We" ends there. */
const initial = /(?:^|[\s(.-])\p{Lu}\.$/u;
const opener =
  /^(?:We|The|This|These|Those|That|Our|In|It|Its|However|To|For|On|By|As|With|From)\b/;

/** The sentences in order, verbatim, without the white space around them. */
export function sentences(text: string): string[] {
  return sentenceSpans(text).map(([start, end]) => text.slice(start, end));
}

/** UTF-16 offsets of each sentence, white space around it left out. */
export function sentenceSpans(text: string): [start: number, end: number][] {
  // A wrapped line is not a paragraph; replaced one for one, so that offsets stay.
  const flowing = text.replace(/\r?\n(?!\s*\n)/g, (lineBreak) => ' '.repeat(lineBreak.length));
  const spans: [start: number, end: number][] = [];
  let isOpen = false;
  for (const { segment, index } of segmenter.segment(flowing)) {
    const body = segment.trim();
    if (!body) continue;
    const start = index + segment.indexOf(body);
    const end = start + body.length;
    const previous = spans.at(-1);
    if (isOpen && previous) previous[1] = end;
    else spans.push([start, end]);
    const endsParagraph = /\n\s*$/.test(segment);
    const next = flowing.slice(index + segment.length, index + segment.length + 12);
    isOpen = !endsParagraph && endsInAbbreviation(body, next);
  }
  return spans;
}

function endsInAbbreviation(sentence: string, next: string): boolean {
  const tail = sentence.slice(-16);
  return abbreviation.test(tail) || (initial.test(tail) && !opener.test(next.trimStart()));
}

/** Whole sentences shorter than this part of the room leave so much unsaid that a cut word is better. */
const SENTENCES_MIN = 1 / 3;

/**
 * At most `maxChars` UTF-16 units of the text: whole sentences when they make good use of the room,
 * else cut after a word, with "…".
 */
export function shorten(text: string, maxChars: number): string {
  const whole = text.trim();
  if (whole.length <= maxChars) return whole;
  if (maxChars < 1) return '';
  // What follows the limit tells whether the dot before it ends a sentence.
  const ends = sentenceSpans(whole.slice(0, maxChars + 100)).map(([, end]) => end);
  const fits = ends.filter((end) => end <= maxChars).at(-1) ?? 0;
  if (fits > maxChars * SENTENCES_MIN) return whole.slice(0, fits);
  return `${whole.slice(0, wordEnd(whole, 0, maxChars - 1))}…`;
}

/**
 * The last place in `from..at` where a word ends; inside a word that is too long for that, where a
 * character as a reader sees it ends.
 */
export function wordEnd(text: string, from: number, at: number): number {
  if (at >= text.length) return text.length;
  let end = at;
  if (!/\s/.test(text.charAt(at))) while (end > from && !/\s/.test(text.charAt(end - 1))) end -= 1;
  while (end > from && /[\s,;:–—-]/.test(text.charAt(end - 1))) end -= 1;
  return end - from > (at - from) / 2 ? end : characterStart(text, at);
}

/** The first place from `at` up to `limit` where a word starts, with the same care for long words. */
export function wordStart(text: string, at: number, limit: number): number {
  if (at <= 0) return 0;
  let start = at;
  while (start < limit && !/\s/.test(text.charAt(start - 1))) start += 1;
  while (start < limit && /\s/.test(text.charAt(start))) start += 1;
  return /\s/.test(text.charAt(start - 1)) ? start : characterStart(text, at);
}

/** Where the character that holds `at` starts: never inside a surrogate pair or a combining sequence. */
function characterStart(text: string, at: number): number {
  return graphemes.segment(text).containing(at)?.index ?? text.length;
}
