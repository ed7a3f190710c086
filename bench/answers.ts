/**
 * Answers the questions of an evaluation set without a language model.
 *
 *   npm run bench:answers -- --dataset ../shared/eval/scifact-train --out answers.ndjson
 *     --eval <file>   eval.mjs, to score with; default: beside the set's directory
 *     --k <number>    quotes a question with its paper given; default 1
 *     --shuffle       the given papers' sentences in another order, the same on every run
 *     --half <half>   development or held-out: questions by that half of the papers only
 *
 * Reads `selection.ndjson` (the paper is given), `queries.ndjson` with `corpus.ndjson` or
 * `corpus_sentences.ndjson` (find the paper too), plain or gzipped, whichever are there. Writes one line
 * a question: {qid, answered, score, evidence: [{doc, sentence, text, score}]}, best first, sentences
 * numbered as in the set. A refused question has no evidence.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Answer, answer, type FoundPaper, PAPERS_READ } from '../src/answer/answer.ts';
import type { Paper } from '../src/model/paper.ts';
import { type Line, report } from './answers-report.ts';
import { indexOf } from './bm25.ts';
import {
  isDevelopment,
  paperOf,
  passagesFrom,
  rarityIn,
  readDataset,
  shuffled,
} from './dataset.ts';

const { values } = parseArgs({
  options: {
    dataset: { type: 'string' },
    out: { type: 'string' },
    eval: { type: 'string' },
    k: { type: 'string', default: '1' },
    shuffle: { type: 'boolean', default: false },
    half: { type: 'string' },
  },
});
if (!values.dataset || !existsSync(values.dataset)) {
  console.error(
    `There is no set at ${values.dataset ?? '(nothing given)'}. For example: npm run bench:answers -- --dataset ../shared/eval/scifact-train --out answers.ndjson`,
  );
  process.exit(1);
}
const set = readDataset(values.dataset);
const ids = [...set.documents.keys()];
const inHalf = (document: string) =>
  !values.half || isDevelopment(document) === (values.half === 'development');

const took: number[] = [];
const given = answerGiven();
const open = answerOpen();
if (values.out) {
  writeFileSync(
    values.out,
    [...given, ...open].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
}
const evalFile = resolve(values.eval ?? join(values.dataset, '..', 'eval.mjs'));
await report({ set, given, open, took, evalFile, k: Number(values.k), inHalf });

function answerGiven(): Line[] {
  const rarity = set.documents.size
    ? rarityIn([...set.documents.values()].map(({ paper }) => `${paper.title}\n${paper.abstract}`))
    : rarityIn(set.selection.map(({ sentences }) => sentences.join(' ')));
  return set.selection
    .filter(({ doc }) => inHalf(doc))
    .map(({ qid, text, doc, sentences }) => {
      const places = values.shuffle ? shuffled([...sentences.keys()], qid) : [...sentences.keys()];
      const title = set.documents.get(doc)?.paper.title ?? '';
      const paper = paperOf(doc, title, sentences.join(' '));
      const passages = passagesFrom(places.map((at) => sentences[at] ?? ''));
      const result = timed(() =>
        answer(text, [{ paper, score: 1, passages }], { rarity, isPaperGiven: true }),
      );
      return lineOf(
        qid,
        result,
        (sentence) => places[sentence] ?? sentence,
        () => doc,
      );
    });
}

function answerOpen(): Line[] {
  if (!ids.length || !set.queries.length) return [];
  const documents = [...set.documents.values()];
  const index = indexOf(documents.map(({ paper }) => `${paper.title}\n${paper.abstract}`));
  const idOf = new Map(documents.map(({ paper }, at) => [paper.id, ids[at] ?? '']));
  return set.queries.flatMap(({ id, text }) => {
    const found = index.search(text, PAPERS_READ).flatMap(({ at, score }): FoundPaper[] => {
      const document = documents[at];
      return document ? [{ ...document, score }] : [];
    });
    if (!inHalf(found[0] ? (idOf.get(found[0].paper.id) ?? '') : '')) return [];
    const result = timed(() => answer(text, found, { rarity: index }));
    return [
      lineOf(
        id,
        result,
        (sentence) => sentence,
        (paper) => idOf.get(paper.id) ?? '',
      ),
    ];
  });
}

function timed<Result>(work: () => Result): Result {
  const start = performance.now();
  const result = work();
  took.push(performance.now() - start);
  return result;
}

function lineOf(
  qid: string,
  result: Answer,
  sentenceOf: (index: number) => number,
  documentOf: (paper: Paper) => string,
): Line {
  const quotes = result.kind === 'answer' ? result.quotes : [];
  return {
    qid,
    answered: result.kind === 'answer',
    score: result.score,
    evidence: [...quotes]
      .sort((a, b) => b.score - a.score)
      .map(({ paper, index, text, score }) => ({
        doc: documentOf(paper),
        sentence: sentenceOf(index),
        text,
        score,
      })),
  };
}
