/** From a draft of papers to their segment: final numbers by use, text in bytes, room for postings. */
import { isStopWord } from '../../text/stopwords.ts';
import type { Lengths } from './bm25f.ts';
import type { Draft } from './builder.ts';
import type { Segment } from './segment.ts';
import { FIELD_END, FIRST_WORD, writeNumber } from './text.ts';
import { createVocabulary } from './vocabulary.ts';
import { weigh } from './weigh.ts';

const SLICE = 256;
/** Enough of a paper's codes for any number in LEB128. */
const BYTES_A_CODE = 5;

export function* finish(draft: Draft, means: Lengths | undefined): Generator<undefined, Segment> {
  const { texts, counts, codes, codeEnds, keys } = draft;
  const order = Uint32Array.from(texts, (_, number) => number).sort(
    (a, b) => counts.at(b) - counts.at(a),
  );
  yield;
  const final = new Uint32Array(order.length);
  for (const [entry, number] of order.entries()) final[number] = entry;
  // A word that only ever was a term keeps itself: nothing asks for its term.
  const terms = Uint32Array.from(order, (number) => final[draft.terms.at(number)] ?? 0);
  const vocabulary = createVocabulary(Array.from(order, (number) => texts[number] ?? ''));
  yield;
  const { having, words } = yield* counted(draft);
  const postingEnds = new Uint32Array(order.length);
  let postings = 0;
  for (const [entry, number] of order.entries()) {
    postings += having[number] ?? 0;
    postingEnds[entry] = postings;
  }
  yield;
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
      const isWord = code >= FIRST_WORD;
      end = writeNumber(text, end, isWord ? (final[code - FIRST_WORD] ?? 0) + FIRST_WORD : code);
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
    terms,
    common: order.findIndex((number) => counts.at(number) < 3),
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
 * Word number → how many papers have it as a term, and how many words of subject all titles and all
 * abstracts have, compounds in their parts; stop words left out.
 */
function* counted({ texts, terms, codes, codeEnds, keys }: Draft) {
  const having = new Uint32Array(texts.length);
  const lastIn = new Uint32Array(texts.length);
  const isStop = Uint8Array.from(texts, (text) => Number(isStopWord(text)));
  const words: Lengths = { title: 0, abstract: 0 };
  for (let paper = 0, at = 0; paper < keys.length; paper += 1) {
    // The first code is the number of authors.
    let namesLeft = codes.at(at);
    let isJoined = false;
    for (at += 1; at < codeEnds.at(paper); at += 1) {
      const code = codes.at(at);
      if (code < FIRST_WORD) {
        if (code === FIELD_END) namesLeft -= 1;
        else isJoined = true;
        continue;
      }
      const term = terms.at(code - FIRST_WORD);
      if (!isStop[term]) {
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
  return { having, words };
}
