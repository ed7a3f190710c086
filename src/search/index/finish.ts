/** From a draft of papers to their segment: final numbers by use, text in bytes, room for postings. */
import type { Lengths } from './bm25f.ts';
import type { Draft } from './draft.ts';
import { Growing } from './growing.ts';
import type { Segment } from './segment.ts';
import { FIELD_END, FIRST_WORD, writeNumber } from './text.ts';
import { createVocabulary } from './vocabulary.ts';
import { weigh } from './weigh.ts';

const SLICE = 256;
/** Enough of a paper's codes for any number in LEB128. */
const BYTES_A_CODE = 5;
/** The term of what no paper has as a word. */
const NONE = 0xffffffff;

export function* finish(draft: Draft, means: Lengths | undefined): Generator<undefined, Segment> {
  const { lexicon, codes, codeEnds, keys } = draft;
  const { numbers, met, terms, counts, having, words } = yield* counted(draft);
  const order = Uint32Array.from({ length: met.length }, (_, place) => place).sort(
    (a, b) => counts.at(b) - counts.at(a),
  );
  yield;
  const entries = new Uint32Array(order.length);
  for (let entry = 0; entry < order.length; entry += 1) entries[order[entry] ?? 0] = entry;
  const postingEnds = new Uint32Array(order.length);
  let postings = 0;
  for (let entry = 0; entry < order.length; entry += 1) {
    postings += having.at(order[entry] ?? 0);
    postingEnds[entry] = postings;
  }
  yield;
  const letters = (entry: number) => lexicon.lettersOf(met.at(order[entry] ?? 0));
  const vocabulary = createVocabulary(order.length, letters);
  yield;
  // From the lexicon's number to the code in the segment's text.
  const final = new Uint32Array(numbers.length);
  for (let place = 0; place < met.length; place += 1) {
    final[met.at(place)] = (entries[place] ?? 0) + FIRST_WORD;
  }
  let text = new Uint8Array(codes.length * 2 + 64);
  const textEnds = new Uint32Array(keys.length);
  for (let paper = 0, at = 0, end = 0; paper < keys.length; paper += 1) {
    const start = at;
    at = codeEnds.at(paper);
    if (text.length - end < (at - start) * BYTES_A_CODE) {
      const larger = new Uint8Array(text.length * 1.5 + (at - start) * BYTES_A_CODE);
      larger.set(text);
      text = larger;
    }
    end = writeNumber(text, end, codes.at(start));
    for (let i = start + 1; i < at; i += 1) {
      const code = codes.at(i);
      end = writeNumber(text, end, code < FIRST_WORD ? code : (final[code - FIRST_WORD] ?? 0));
    }
    textEnds[paper] = end;
    if (paper % SLICE === SLICE - 1) yield;
  }
  const segment: Segment = {
    keys: keys.copy(),
    days: Int32Array.from(draft.days.view(), (day) => day | 0),
    upvotes: Int32Array.from(draft.upvotes.view(), (count) => count | 0),
    prints: draft.prints.copy(),
    titles: draft.titles.copy(),
    labelEnds: draft.labelEnds.copy(),
    labels: Uint16Array.from(draft.labels.view()),
    labelNames: [...draft.labelNames.keys()],
    vocabulary,
    terms: Uint32Array.from(order, (place) => entries[terms.at(place)] ?? 0),
    common: order.findIndex((place) => counts.at(place) < 3),
    text: text.slice(0, textEnds.at(-1) ?? 0),
    textEnds,
    postings: new Uint32Array(postings),
    postingEnds,
    words,
    weighedWith: { title: 0, abstract: 0 },
  };
  if (segment.common < 0) segment.common = order.length;
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
  /** Number → place in `met` + 1, or 0. */
  const numbers = new Uint32Array(lexicon.size);
  const met = new Growing();
  /** Place of a word → that of its term, or `NONE`. */
  const terms = new Growing();
  const counts = new Growing();
  /** Place of a term → how many papers have it, and the last of them + 1. */
  const having = new Growing();
  const lastIn = new Growing();
  const meet = (number: number) => {
    met.push(number);
    numbers[number] = met.length;
    terms.push(NONE);
    counts.push(0);
    having.push(0);
    lastIn.push(0);
    return met.length - 1;
  };
  const placeOf = (number: number) => {
    const place = (numbers[number] ?? 0) - 1;
    return place < 0 ? meet(number) : place;
  };
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
      const number = code - FIRST_WORD;
      const place = placeOf(number);
      counts.add(place);
      let term = terms.at(place);
      if (term === NONE) {
        term = placeOf(lexicon.termOf(number));
        terms.set(place, term);
      }
      if (!lexicon.isStop(met.at(term))) {
        if (!isJoined && namesLeft === 0) words.title += 1;
        else if (!isJoined && namesLeft < 0) words.abstract += 1;
        if (lastIn.at(term) !== paper + 1) {
          lastIn.set(term, paper + 1);
          having.add(term);
        }
      }
      isJoined = false;
    }
    if (paper % SLICE === SLICE - 1) yield;
  }
  return { numbers, met, terms, counts, having, words };
}
