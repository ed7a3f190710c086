/** The part of a text that shows why it was found, and the words in it to mark. */
import { sentenceSpans, shorten, wordEnd, wordStart } from './sentences.ts';
import { type Token, tokens } from './tokens.ts';

type Span = [start: number, end: number];

export interface Snippet {
  text: string;
  /** UTF-16 ranges of the matching words in `text`: in order, never touching each other's inside. */
  marks: Span[];
}

/**
 * At most `maxChars` UTF-16 units around the words that have one of the terms: the stretch with the most
 * different terms, cut between sentences when there is room, else between words with "…". Without a
 * match, the text's beginning.
 */
export function snippet(text: string, terms: readonly string[], maxChars: number): Snippet {
  const wanted = new Set(terms);
  const matches = tokens(text).filter(({ term }) => wanted.has(term));
  if (text.length <= maxChars) return { text, marks: merged(matches) };
  if (!matches.length) return { text: shorten(text, maxChars), marks: [] };

  const sentences = sentenceSpans(text);
  const room = Math.max(0, maxChars - '……'.length);
  const [first, last] = densest(matches, room);
  const start = startOf(text, sentences, [first, last], room);
  const end = endOf(text, sentences, [start, last], room);
  const before = sentences.some(([from]) => from === start) ? '' : '…';
  const after = sentences.some(([, to]) => to === end) ? '' : '…';
  const shift = before.length - start;
  const inside = matches.filter((match) => match.start >= start && match.end <= end);
  return {
    text: `${before}${text.slice(start, end)}${after}`.slice(0, maxChars),
    marks: merged(inside).map(([from, to]) => [from + shift, to + shift]),
  };
}

/** The stretch of matches, at most `room` long, with the most different terms, then the most matches. */
function densest(matches: readonly Token[], room: number): Span {
  const within = new Map<string, number>();
  let best: Span = [0, 0];
  let bestScore = -1;
  let from = 0;
  for (const [to, match] of matches.entries()) {
    within.set(match.term, (within.get(match.term) ?? 0) + 1);
    for (let left = matches[from]; left && from < to && match.end - left.start > room; ) {
      const count = (within.get(left.term) ?? 0) - 1;
      if (count > 0) within.set(left.term, count);
      else within.delete(left.term);
      from += 1;
      left = matches[from];
    }
    const score = within.size + (to - from) / matches.length;
    if (score > bestScore) {
      bestScore = score;
      best = [matches[from]?.start ?? match.start, match.end];
    }
  }
  return best;
}

function startOf(text: string, sentences: readonly Span[], [first, last]: Span, room: number) {
  const sentence = sentences.findLast(([from]) => from <= first)?.[0] ?? 0;
  if (last - sentence <= room) return sentence;
  const slack = Math.max(0, room - (last - first));
  return wordStart(text, first - Math.floor(slack / 2), first);
}

function endOf(text: string, sentences: readonly Span[], [start, last]: Span, room: number) {
  const limit = start + room;
  const sentence = sentences.findLast(([, to]) => to <= limit)?.[1] ?? 0;
  if (sentence >= last && sentence - start > room / 2) return sentence;
  return wordEnd(text, start, limit);
}

/** Matches as ranges; a compound and its parts are one. */
function merged(matches: readonly Token[]): Span[] {
  const ranges: Span[] = [];
  for (const { start, end } of matches) {
    const previous = ranges.at(-1);
    if (previous && start < previous[1]) previous[1] = Math.max(previous[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

/** Longer runs of shared words read like a quotation. */
const RUN_MAX = 3;

/**
 * How a text spells these terms, to tell a reader what two papers share: neighbouring words together
 * ("model merging"), in the terms' order, each term once, at most `limit`.
 */
export function asWritten(text: string, terms: readonly string[], limit: number): string[] {
  const spelled: string[] = [];
  const covered = new Set<string>();
  const runs = runsOf(text, new Set(terms));
  for (const term of terms) {
    if (spelled.length >= limit) break;
    if (covered.has(term)) continue;
    const [run] = runs
      .filter((each) => each.terms.has(term) && [...each.terms].every((one) => !covered.has(one)))
      // Title case says nothing, so a spelling from running text wins.
      .sort((a, b) => b.terms.size - a.terms.size || capitals(a.text) - capitals(b.text));
    if (!run) continue;
    for (const one of run.terms) covered.add(one);
    spelled.push(run.text);
  }
  return spelled;
}

const capitals = (text: string) => text.match(/\p{Lu}/gu)?.length ?? 0;

interface Run {
  text: string;
  terms: Set<string>;
}

function runsOf(text: string, wanted: ReadonlySet<string>): Run[] {
  const runs: { start: number; end: number; terms: Set<string> }[] = [];
  for (const { term, start, end } of tokens(text)) {
    if (!wanted.has(term)) continue;
    const run = runs.at(-1);
    const isSame = run && start < run.end;
    const isNext = run && run.terms.size < RUN_MAX && /^[ -]$/.test(text.slice(run.end, start));
    if (run && (isSame || isNext)) {
      run.end = Math.max(run.end, end);
      run.terms.add(term);
    } else runs.push({ start, end, terms: new Set([term]) });
  }
  return runs.map(({ start, end, terms }) => ({ text: text.slice(start, end), terms }));
}
