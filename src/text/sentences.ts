/** Where the sentences of scientific prose begin and end, and a text cut so that it still reads well. */

import { endsSentence, possibleStarts } from './sentence-ends.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The sentences in order, verbatim, without the white space around them. */
export function sentences(text: string): string[] {
  return sentenceSpans(text).map(([start, end]) => text.slice(start, end));
}

/** UTF-16 offsets of each sentence, white space around it left out. */
export function sentenceSpans(text: string): [start: number, end: number][] {
  // A wrapped line is not a paragraph; replaced one for one, so that offsets stay.
  const flowing = text.replace(wrap, (lineBreak) => ' '.repeat(lineBreak.length));
  const spans: [start: number, end: number][] = [];
  let from = 0;
  for (const at of possibleEnds(flowing)) {
    const raw = flowing.slice(from, at);
    const body = raw.trim();
    const isEnd = at === flowing.length || raw.length > SENTENCE_MAX || /\n\s*$/.test(raw);
    if (body && !isEnd && !endsSentence(body, flowing.slice(at, at + LOOK_AHEAD).trimStart()))
      continue;
    const start = from + raw.indexOf(body);
    if (body) spans.push([start, start + body.length]);
    from = at;
  }
  return spans;
}

/** A line break inside a paragraph, unless the next line is an item of a list. */
const wrap = /\r?\n(?![^\S\n]*(?:\n|(?:[-*•–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s))/g;
/** What looks like a longer sentence is not prose; it ends wherever it can. */
const SENTENCE_MAX = 2_000;
/** How much of what follows is needed to tell whether a sentence ends. */
const LOOK_AHEAD = 260;

/** Every offset where Unicode's rules or ours see a sentence start, and the end of the text. */
function possibleEnds(text: string): number[] {
  const ends = new Set<number>([text.length]);
  for (const { index } of segmenter.segment(text)) if (index > 0) ends.add(index);
  for (const { 0: gap, index } of text.matchAll(possibleStarts)) ends.add(index + gap.length);
  return [...ends].sort((a, b) => a - b);
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
