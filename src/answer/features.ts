/** What can be said about a sentence as an answer to a question, in numbers of about 0 to 1. */

import type { Token } from '../text/tokens.ts';
import { compares, defines, denies, directionOf, hedges, numbersIn } from './cues.ts';
import { matchesOf } from './matching.ts';
import { type Passage, passage as passageOf } from './passages.ts';
import type { Question, QuestionTerm } from './question.ts';
import { zonesOf } from './zones.ts';

export interface Features {
  /** Of the question's terms, weighed by rarity in the catalogue and among these sentences, the part it has. */
  telling: number;
  bm25: number;
  /** The lesser coverage of the question's two halves: what it is about, and what it says of that. */
  bothEnds: number;
  /** How far it speaks of what the other sentences speak of. */
  centrality: number;
  /** 0 for the first sentence, 1 for the last. */
  position: number;
  /** Logarithm of its length over a usual one. */
  length: number;
  /** Tells where the code is, who paid, …: see `zones.ts`. */
  notice: number;
  background: number;
  aim: number;
  method: number;
  sameDirection: number;
  oppositeDirection: number;
  denial: number;
  /** The question's own numbers that it has. */
  numberMatch: number;
  /** Has a number, where yes or no is asked. */
  whetherNumber: number;
  /** Concludes, where yes or no is asked. */
  whetherConclusion: number;
  /** Says what may be or should be done, where yes or no is asked. */
  whetherHedge: number;
  /** Where a number is asked for: ½ when it has one, 1 when one stands by a word of the question. */
  quantity: number;
  /** Says what its subject is, where that is asked. */
  definition: number;
  /** Compares, where that is asked. */
  compared: number;
}
export type FeatureName = keyof Features;

/** A sentence measured. */
export interface Measured {
  passage: Passage;
  features: Features;
  /** Of the question's terms, weighed by rarity in the catalogue, the part the sentence has. */
  coverage: number;
}

/** A paper's sentences measured, in order. */
export interface MeasuredPaper {
  sentences: Measured[];
  /** The part of the question's terms that the paper has anywhere, its title too. */
  coverage: number;
  /** The part its title has. */
  titleCoverage: number;
  /** Whether it has a word of what the question adds to what was asked before, if that adds any. */
  hasAdded: boolean;
  /** The paper's terms that match the question. */
  matching: readonly string[];
}

const K1 = 1.2;
const B = 0.5;
/** Terms of a sentence of usual length. */
const USUAL_LENGTH = 12;

/** Measures a paper as an answer to the question. */
export function measure(
  question: Question,
  title: string,
  passages: readonly Passage[],
): MeasuredPaper {
  const { terms, added, words } = question;
  const { rows, terms: matching } = matchesOf(terms, passages, title);
  const zones = zonesOf(passages.map(({ text }) => text));
  const weights = terms.map(({ weight }) => weight);
  const telling = tellingWeights(terms, rows);
  const middle = Math.ceil(terms.length / 2);
  const usual = passages.reduce((sum, { terms: own }) => sum + own.size, 0) / passages.length;
  const having = countsOf(passages.flatMap((passage) => [...passage.terms]));
  const direction = directionOf(words);
  const asked = numbersIn(question.text, question.tokens).map(({ word }) => word);
  const matchingTerms = new Set(matching);
  const whether = Number(question.asksWhether);

  const measured = passages.map((passage, at) => {
    const row = rows[at] ?? [];
    const size = passage.terms.size || 1;
    const own = passage.tokens.map(({ word }) => word);
    const times = countsOf(passage.tokens.map(({ term }) => term));
    const coverage = covered(row, weights);
    const numbers = numbersIn(passage.text, passage.tokens);
    const hasNumber = Number(numbers.length > 0);
    const subject = passage.tokens.filter(({ term }) => matchingTerms.has(term));
    const ownDirection = directionOf(own);
    const isOpposite =
      (direction === 'up' && ownDirection === 'down') ||
      (direction === 'down' && ownDirection === 'up');
    const zone = zones[at];
    return {
      passage,
      coverage,
      features: {
        telling: covered(row, telling),
        bm25: bm25(terms, row, times, size / (usual || 1)),
        bothEnds: Math.min(
          covered(row.slice(0, middle), weights.slice(0, middle)),
          covered(row.slice(middle), weights.slice(middle)),
        ),
        centrality: centralityOf(passage, having, passages.length),
        position: passages.length > 1 ? at / (passages.length - 1) : 0.5,
        length: Math.log(size / USUAL_LENGTH),
        notice: Number(zone === 'notice'),
        background: Number(zone === 'background'),
        aim: Number(zone === 'aim'),
        method: Number(zone === 'method'),
        sameDirection: Number(Boolean(direction && ownDirection) && !isOpposite),
        oppositeDirection: Number(isOpposite),
        denial: Number(denies(own)),
        numberMatch: asked.filter((number) => own.includes(number)).length / (asked.length || 1),
        whetherNumber: whether * hasNumber,
        whetherConclusion: whether * Number(zone === 'conclusion'),
        whetherHedge: whether * Number(hedges(own)),
        quantity: question.kind === 'quantity' ? quantityOf(numbers, subject) : 0,
        definition: Number(question.kind === 'definition' && defines(passage.text, subject)),
        compared: Number(question.kind === 'comparison' && compares(own)),
      },
    };
  });
  const inTitle = matchesOf(terms, [passageOf(title, -1)], title).rows[0] ?? [];
  const anywhere = terms.map((_, at) =>
    Math.max(inTitle[at] ?? 0, ...rows.map((row) => row[at] ?? 0)),
  );
  return {
    sentences: measured,
    coverage: covered(anywhere, weights),
    titleCoverage: covered(inTitle, weights),
    hasAdded: !added.size || terms.some(({ term }, at) => added.has(term) && anywhere[at]),
    matching,
  };
}

/** The part of the weights that is matched. */
function covered(row: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  let all = 0;
  for (const [at, weight] of weights.entries()) {
    all += weight;
    sum += weight * (row[at] ?? 0);
  }
  return all ? sum / all : 0;
}

/** A term that every sentence has tells none of them apart, and one that none has says nothing here. */
function tellingWeights(
  terms: readonly QuestionTerm[],
  rows: readonly (readonly number[])[],
): number[] {
  return terms.map(({ weight }, at) => {
    const count = rows.filter((row) => row[at]).length;
    return count ? weight * Math.log(1 + (rows.length - count + 0.5) / (count + 0.5)) : 0;
  });
}

function bm25(
  terms: readonly QuestionTerm[],
  row: readonly number[],
  times: ReadonlyMap<string, number>,
  relativeLength: number,
): number {
  let sum = 0;
  let all = 0;
  for (const [at, { term, weight }] of terms.entries()) {
    const frequency = Math.max(times.get(term) ?? 0, row[at] ?? 0);
    sum += (weight * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * relativeLength));
    all += weight;
  }
  return all ? sum / all : 0;
}

/** Characters between a number and what it counts: "90 different LLMs". */
const BESIDE = 24;

function quantityOf(numbers: readonly Token[], subject: readonly Token[]): number {
  if (!numbers.length) return 0;
  const isBeside = numbers.some((number) =>
    subject.some(({ start, end }) => start - number.end < BESIDE && number.start - end < BESIDE),
  );
  return isBeside ? 1 : 0.5;
}

function centralityOf({ terms }: Passage, having: ReadonlyMap<string, number>, count: number) {
  let sum = 0;
  for (const term of terms) sum += ((having.get(term) ?? 1) - 1) / Math.max(1, count - 1);
  return sum / (terms.size || 1);
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
