/** From a draft of papers to their segment: final numbers by use, text in units, room for postings. */
import type { Lengths } from './bm25f.ts';
import type { Draft } from './draft.ts';
import { Growing } from './growing.ts';
import { makeHeads } from './heads.ts';
import type { Segment } from './segment.ts';
import { FIELD_END, FIRST_WORD, type Texts, UNITS_MAX, writeNumber } from './text.ts';
import { createVocabulary } from './vocabulary.ts';
import { weigh } from './weigh.ts';

const SLICE = 64;
/** No more words have numbers (`text.ts`); so a word may be counted 2 ** 25 times and is still ranked exactly. */
const WORDS_MAX = 2 ** 28;
/** A word is common when it was counted so often; see `Texts`. */
const COMMON_MIN = 3;

export function* finish(draft: Draft, means: Lengths | undefined): Generator<undefined, Segment> {
  const { lexicon, codes, codeEnds, keys } = draft;
  const { met, counts, having, words } = yield* counted(draft);
  // The most used first, those used as much as they were met: sorting numbers needs no comparing function.
  const order = Float64Array.from(met.view(), (number, i) => i - (counts[number] ?? 0) * WORDS_MAX)
    .sort()
    .map((rank) => met.at(((rank % WORDS_MAX) + WORDS_MAX) % WORDS_MAX));
  yield;
  /** Number → its code in the segment. */
  const final = new Uint32Array(counts.length);
  const postingEnds = new Uint32Array(order.length);
  let postings = 0;
  let common = 0;
  for (const [entry, number] of order.entries()) {
    final[number] = entry + FIRST_WORD;
    postings += having[number] ?? 0;
    postingEnds[entry] = postings;
    if ((counts[number] ?? 0) >= COMMON_MIN) common = entry + 1;
  }
  yield;
  const vocabulary = createVocabulary(order.length, (entry) =>
    lexicon.lettersOf(order[entry] ?? 0),
  );
  yield;
  const text = new Uint16Array(codes.length * UNITS_MAX);
  const textEnds = new Uint32Array(keys.length);
  for (let paper = 0, at = 0, end = 0; paper < keys.length; paper += 1) {
    const start = at;
    at = codeEnds.at(paper);
    end = writeNumber(text, end, codes.at(start));
    for (let i = start + 1; i < at; i += 1) {
      const code = codes.at(i);
      end = writeNumber(text, end, code < FIRST_WORD ? code : (final[code - FIRST_WORD] ?? 0));
    }
    textEnds[paper] = end;
    if (paper % SLICE === SLICE - 1) yield;
  }
  const texts: Texts = {
    vocabulary,
    terms: Uint32Array.from(order, (number) =>
      counts[number] ? (final[lexicon.termOf(number)] ?? 0) - FIRST_WORD : 0,
    ),
    common,
    text: text.slice(0, textEnds.at(-1) ?? 0),
    textEnds,
  };
  yield;
  const segment: Segment = {
    ...texts,
    keys: keys.copy(),
    days: Int32Array.from(draft.days.view(), (day) => day | 0),
    upvotes: Int32Array.from(draft.upvotes.view(), (count) => count | 0),
    prints: draft.prints.copy(),
    titles: draft.titles.copy(),
    labelEnds: draft.labelEnds.copy(),
    labels: Uint16Array.from(draft.labels.view()),
    labelNames: [...draft.labelNames.keys()],
    heads: yield* makeHeads(texts),
    postings: new Uint32Array(postings),
    postingEnds,
    words,
    weighedWith: { title: 0, abstract: 0 },
  };
  const papers = Math.max(1, keys.length);
  const own = { title: words.title / papers, abstract: words.abstract / papers };
  yield* weigh(segment, means ?? own);
  return segment;
}

/**
 * Goes through the papers once: which words and terms they have, in the order they are met, how often each
 * word stands in them, how many papers have each term, and how many words of subject all titles and all
 * abstracts have, compounds in their parts; stop words left out.
 */
function* counted({ lexicon, codes, codeEnds, keys }: Draft) {
  const met = new Growing();
  const isMet = new Uint8Array(lexicon.size);
  const meet = (number: number) => {
    if (!isMet[number]) met.push(number);
    isMet[number] = 1;
  };
  const counts = new Uint32Array(lexicon.size);
  /** Of terms. */
  const having = new Uint32Array(lexicon.size);
  /** Term → the last paper that has it + 1. */
  const lastIn = new Uint32Array(lexicon.size);
  const words: Lengths = { title: 0, abstract: 0 };
  for (let paper = 0, at = 0; paper < keys.length; paper += 1) {
    // The first code is the number of authors.
    let namesLeft = codes.at(at);
    let isJoined = false;
    const end = codeEnds.at(paper);
    for (at += 1; at < end; at += 1) {
      const code = codes.at(at);
      if (code < FIRST_WORD) {
        if (code === FIELD_END) namesLeft -= 1;
        else isJoined = true;
        continue;
      }
      const word = code - FIRST_WORD;
      const count = counts[word] ?? 0;
      counts[word] = count + 1;
      const term = lexicon.termOf(word);
      if (!count) {
        meet(word);
        meet(term);
      }
      if (!lexicon.isStop(term)) {
        if (!isJoined && namesLeft === 0) words.title += 1;
        else if (!isJoined && namesLeft < 0) words.abstract += 1;
        if (lastIn[term] !== paper + 1) {
          lastIn[term] = paper + 1;
          having[term] = (having[term] ?? 0) + 1;
        }
      }
      isJoined = false;
    }
    if (paper % SLICE === SLICE - 1) yield;
  }
  return { met, counts, having, words };
}
