/**
 * Which papers have a word in their head, that is in the title or in the name of an author: stop words and
 * joined compounds too.
 */
import { END, FIELD_END, FIRST_WORD, Numbers, type Texts } from './text.ts';
import { textOf, withPrefix } from './vocabulary.ts';

/** Papers read between two pauses. */
const SLICE = 256;

export interface Heads {
  /** Entry → where its papers end in `papers`. */
  ends: Uint32Array<ArrayBuffer>;
  /** Number of the paper << 1 | whether the word stands in its title, in order. */
  papers: Uint32Array<ArrayBuffer>;
  /** Paper → the title's first word, an entry; `END` for a title without any. */
  firsts: Uint32Array<ArrayBuffer>;
  /** The words of heads, by their first two letters. */
  words: Uint32Array<ArrayBuffer>;
  /** Where the words of each two letters end. */
  pairEnds: Uint32Array<ArrayBuffer>;
}

/** Pairs of letters are told apart by five bits each. */
const PAIRS = 1024;

export function* makeHeads(texts: Texts): Generator<undefined, Heads> {
  const { textEnds, terms } = texts;
  const size = textEnds.length;
  const firsts = new Uint32Array(size).fill(END);
  // A word said twice in one head counts once: the last paper that said it.
  const last = new Uint32Array(terms.length).fill(END);
  const ends = new Uint32Array(terms.length);
  let paper = 0;
  const count: Take = (entry) => {
    if (last[entry] === paper) return;
    last[entry] = paper;
    ends[entry] = (ends[entry] ?? 0) + 1;
  };
  for (; paper < size; paper += 1) {
    eachWord(texts, paper, count);
    if (paper % SLICE === SLICE - 1) yield;
  }
  let sum = 0;
  for (let entry = 0; entry < ends.length; entry += 1) {
    const many = ends[entry] ?? 0;
    // Where its first paper goes; when all have come, they end there.
    ends[entry] = sum;
    sum += many;
  }
  const papers = new Uint32Array(sum);
  last.fill(END);
  const enter: Take = (entry, inTitle, isFirst) => {
    if (isFirst) firsts[paper] = entry;
    const at = ends[entry] ?? 0;
    if (last[entry] === paper) papers[at - 1] = (papers[at - 1] ?? 0) | inTitle;
    else {
      last[entry] = paper;
      papers[at] = (paper << 1) | inTitle;
      ends[entry] = at + 1;
    }
  };
  for (paper = 0; paper < size; paper += 1) {
    eachWord(texts, paper, enter);
    if (paper % SLICE === SLICE - 1) yield;
  }
  return { ends, papers, firsts, ...byPair(texts, ends) };
}

/** The words that may start with a text, or be of a term: Porter's stems keep their first two letters. */
function wordsLike({ words, pairEnds }: Heads, text: string): Uint32Array {
  const [first = 0, second] = new TextEncoder().encode(text);
  const from = pairOf(first, second ?? 0);
  const to = pairOf(first, second ?? 31);
  return words.subarray(pairEnds[from - 1] ?? 0, pairEnds[to]);
}

/** The words of heads that start with a text. */
export function headsWithPrefix({ vocabulary }: Texts, heads: Heads, prefix: string) {
  return withPrefix(vocabulary, prefix, wordsLike(heads, prefix));
}

/** The words of heads that are of a term. */
export function headsOfTerm({ terms, vocabulary }: Texts, heads: Heads, term: number) {
  return wordsLike(heads, textOf(vocabulary, term)).filter((entry) => terms[entry] === term);
}

function byPair({ vocabulary }: Texts, ends: Uint32Array) {
  const { bytes } = vocabulary;
  const pairEnds = new Uint32Array(PAIRS);
  const eachHead = (take: (entry: number, pair: number) => void) => {
    for (let entry = 0; entry < ends.length; entry += 1) {
      if ((ends[entry] ?? 0) === (ends[entry - 1] ?? 0)) continue;
      const start = vocabulary.ends[entry - 1] ?? 0;
      const isLong = (vocabulary.ends[entry] ?? 0) > start + 1;
      take(entry, pairOf(bytes[start] ?? 0, isLong ? (bytes[start + 1] ?? 0) : 0));
    }
  };
  let count = 0;
  eachHead((_, pair) => {
    pairEnds[pair] = (pairEnds[pair] ?? 0) + 1;
    count += 1;
  });
  let sum = 0;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const many = pairEnds[pair] ?? 0;
    pairEnds[pair] = sum;
    sum += many;
  }
  const words = new Uint32Array(count);
  eachHead((entry, pair) => {
    const at = pairEnds[pair] ?? 0;
    words[at] = entry;
    pairEnds[pair] = at + 1;
  });
  return { words, pairEnds };
}

const pairOf = (first: number, second: number) => ((first & 31) << 5) | (second & 31);

/** Takes a word; `isFirst` is the first of the title that is no joined compound. */
type Take = (entry: number, inTitle: 0 | 1, isFirst: boolean) => void;

/** Hands over the words of a head. */
function eachWord({ text, textEnds }: Texts, paper: number, take: Take): void {
  const end = textEnds[paper] ?? 0;
  const numbers = new Numbers(text, textEnds[paper - 1] ?? 0);
  let fieldsLeft = -1;
  let isJoined = false;
  let isFirst = true;
  while (numbers.at < end && fieldsLeft) {
    const number = numbers.next();
    if (fieldsLeft < 0) fieldsLeft = number + 1;
    else if (number >= FIRST_WORD) {
      const inTitle = fieldsLeft === 1 ? 1 : 0;
      const begins = inTitle === 1 && isFirst && !isJoined;
      take(number - FIRST_WORD, inTitle, begins);
      if (begins) isFirst = false;
      isJoined = false;
    } else if (number === FIELD_END) fieldsLeft -= 1;
    else isJoined = true;
  }
}
