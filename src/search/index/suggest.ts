/** Completion while somebody types: words of titles and names in any order, the last one unfinished. */
import { isStopWord } from '../../text/stopwords.ts';
import { readings } from '../../text/tokens.ts';
import { Best } from './best.ts';
import { Bitset } from './bitset.ts';
import type { Papers } from './matcher.ts';
import type { PaperIndex } from './paper-index.ts';
import { intersect, papersIn, stretchOf } from './postings.ts';
import { SEGMENT_MAX } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { END, TextReader } from './text.ts';
import { valueBy } from './value.ts';
import { withPrefix } from './vocabulary.ts';

/** Begun words that fit more papers than this are looked for among the most upvoted only. */
const MANY = 20_000;
const MOST_UPVOTED = 4_096;
/** What a title that begins as typed is worth: more than any upvotes. */
const BEGINS_SO = 1e9;

const reader = new TextReader();

/** Keys of the best; with nothing typed, of the most upvoted. */
export function suggest(index: PaperIndex, typed: string, limit: number): number[] {
  const words = readings(typed).apart;
  const last = words.pop()?.word ?? '';
  const best = new Best(limit);
  const { shelves } = index;
  for (const [i, shelf] of shelves.entries()) {
    const { segment } = shelf;
    const value = valueBy('top', segment);
    const terms = words.map(({ term }) => shelf.entry(term));
    if (terms.includes(undefined)) continue;
    const wanted = new Set(terms.filter((term) => term !== undefined));
    const subjects = words.flatMap(({ term }) =>
      isStopWord(term) ? [] : (shelf.entry(term) ?? []),
    );
    const begun = last ? withPrefix(segment.vocabulary, last) : undefined;
    for (const paper of candidates(shelf, subjects, begun)) {
      if (shelf.gone.has(paper)) continue;
      const fit = fitOf(paper, shelf, [...wanted], begun);
      if (fit)
        best.offer(value(paper, 0) + (fit === 'start' ? BEGINS_SO : 0), i * SEGMENT_MAX + paper);
    }
  }
  return best.sorted().map(({ item }) => {
    const shelf = shelves[Math.floor(item / SEGMENT_MAX)];
    return shelf?.segment.keys[item % SEGMENT_MAX] ?? 0;
  });
}

/** Papers that may fit. */
function candidates(
  shelf: Shelf,
  subjects: readonly number[],
  begun: Uint8Array | undefined,
): Papers {
  const { segment } = shelf;
  const [first, ...others] = subjects;
  if (first !== undefined) {
    const papers = papersIn(segment, stretchOf(segment, first));
    return others.reduce(
      (left, each) => intersect(segment, stretchOf(segment, each), left),
      papers,
    );
  }
  const terms = new Set<number>();
  for (
    let entry = begun?.indexOf(1) ?? -1;
    begun && entry >= 0;
    entry = begun.indexOf(1, entry + 1)
  ) {
    terms.add(segment.terms[entry] ?? 0);
  }
  const stretches = [...terms].map((term) => stretchOf(segment, term));
  const papers = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  if (!begun || papers > MANY) return mostUpvoted(shelf);
  const all = new Bitset(segment.keys.length);
  for (const stretch of stretches) for (const paper of papersIn(segment, stretch)) all.add(paper);
  return all.list();
}

function mostUpvoted({ segment, gone }: Shelf): Papers {
  const best = new Best(MOST_UPVOTED);
  const value = valueBy('top', segment);
  for (let paper = 0; paper < segment.keys.length; paper += 1) {
    if (!gone.has(paper)) best.offer(value(paper, 0), paper);
  }
  return Uint32Array.from(best.sorted(), ({ item }) => item);
}

/** Whether title and names have all words and one that is begun so; `start` when the title starts with them. */
function fitOf(
  paper: number,
  { segment }: Shelf,
  wanted: readonly number[],
  begun: Uint8Array | undefined,
): 'start' | 'somewhere' | undefined {
  reader.read(segment, paper, 'title');
  const missing = new Set(wanted);
  let isBegun = !begun;
  for (const { entries, length } of new Set([reader.apart, reader.joined])) {
    for (let at = 0; at < length; at += 1) {
      const entry = entries[at] ?? END;
      if (entry === END) continue;
      missing.delete(segment.terms[entry] ?? 0);
      isBegun ||= begun?.[entry] === 1;
    }
  }
  if (missing.size || !isBegun) return undefined;
  const { entries, length } = reader.apart;
  let start = 0;
  for (let ends = 0; ends < reader.authors; start += 1) if (entries[start] === END) ends += 1;
  const startsSo =
    wanted.every((term, i) => segment.terms[entries[start + i] ?? 0] === term) &&
    (!begun ||
      (start + wanted.length < length && begun[entries[start + wanted.length] ?? END] === 1));
  return startsSo ? 'start' : 'somewhere';
}
