/** Papers with a word or a phrase, in title, abstract or the names of authors. */
import { isStopWord } from '../../text/stopwords.ts';
import { readings, type Token } from '../../text/tokens.ts';
import { anyOf, nobody } from './match-column.ts';
import type { Matcher, Papers } from './matcher.ts';
import { intersect, papersIn, stretchOf } from './postings.ts';
import type { Shelf } from './shelf.ts';
import { type Reading, TextReader } from './text.ts';

/** `few-shot` is the words few and shot in a row, or the word fewshot. */
export function matchText(text: string, shelf: Shelf): Matcher {
  const { apart, joined } = readings(text);
  const spellings = joined.length === apart.length ? [apart] : [apart, joined];
  return anyOf(
    spellings.map((spelling) => inARow(spelling, shelf)),
    shelf.segment.keys.length,
  );
}

function inARow(tokens: readonly Token[], shelf: Shelf): Matcher {
  const terms: number[] = [];
  for (const { term } of tokens) {
    const entry = shelf.entry(term);
    if (entry === undefined) return nobody;
    terms.push(entry);
  }
  const { segment } = shelf;
  const [only] = terms;
  const subjects = new Set(
    tokens.flatMap(({ term }, i) => (isStopWord(term) ? [] : (terms[i] ?? []))),
  );
  if (!subjects.size) return amongTitles(terms, shelf);
  const stretches = [...subjects]
    .map((term) => stretchOf(segment, term))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const [rarest = { start: 0, end: 0 }, ...others] = stretches;
  const isOne = terms.length === 1 && only !== undefined;
  const narrow = (papers: Papers) => {
    const having = others.reduce((left, each) => intersect(segment, each, left), papers);
    return isOne ? having : readThrough(having, terms, shelf, 'abstract');
  };
  return {
    most: rarest.end - rarest.start,
    list: () => narrow(papersIn(segment, rarest)),
    keep: (papers) => narrow(intersect(segment, rarest, papers)),
  };
}

/** A phrase of stop words alone, "how to", has no postings: it is looked for in the titles. */
function amongTitles(terms: readonly number[], shelf: Shelf): Matcher {
  const size = shelf.segment.keys.length;
  const keep = (papers: Papers) => readThrough(papers, terms, shelf, 'title');
  return { most: size, list: () => keep(Uint32Array.from({ length: size }, (_, i) => i)), keep };
}

const reader = new TextReader();

/** Those of the papers with the terms in a row. */
function readThrough(
  papers: Papers,
  terms: readonly number[],
  { segment }: Shelf,
  until: 'title' | 'abstract',
): Papers {
  let kept = 0;
  for (const paper of papers) {
    reader.read(segment, paper, until);
    const { apart, joined } = reader;
    const has = hasRow(apart, terms, segment.terms);
    if (!has && (joined === apart || !hasRow(joined, terms, segment.terms))) continue;
    papers[kept] = paper;
    kept += 1;
  }
  return papers.subarray(0, kept);
}

function hasRow(
  { entries, length }: Reading,
  wanted: readonly number[],
  terms: Uint32Array,
): boolean {
  const first = wanted[0];
  for (let at = 0; at <= length - wanted.length; at += 1) {
    if (terms[entries[at] ?? 0] !== first) continue;
    let n = 1;
    while (n < wanted.length && terms[entries[at + n] ?? 0] === wanted[n]) n += 1;
    if (n === wanted.length) return true;
  }
  return false;
}
