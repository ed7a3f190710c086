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
import { createAnswers, type PaperText } from '../src/answer/answers.ts';
import type { Rarity } from '../src/answer/question.ts';
import type { Answered } from '../src/model/answer.ts';
import type { Paper, PaperId } from '../src/model/paper.ts';
import { libraryOf } from '../src/ops/library.ts';
import { createCatalogue } from '../src/search/catalogue.ts';
import { type Line, report } from './answers-report.ts';
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

const texts = new Map([...set.documents.values()].map(({ paper }) => [paper.id, paper]));
const catalogue = createCatalogue({
  now: () => new Date('2026-11-25'),
  fetch: async (ids) => ids.flatMap((id) => texts.get(id) ?? []),
});
await catalogue.put([...texts.values()]);
const took: number[] = [];
const given = await answerGiven();
const open = await answerOpen();
if (values.out) {
  writeFileSync(
    values.out,
    [...given, ...open].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
}
const evalFile = resolve(values.eval ?? join(values.dataset, '..', 'eval.mjs'));
await report({ set, given, open, took, evalFile, k: Number(values.k), inHalf });

/** The bot's own answers, but for who divides the papers into sentences. `took` is what they take besides search. */
function answersWith(texts: ReadonlyMap<PaperId, PaperText>, rarity?: Rarity) {
  const library = libraryOf(catalogue);
  let reading = 0;
  const answers = createAnswers({
    rarity: () => rarity ?? library.rarity(),
    find: library.find,
    texts: async () => {
      reading = performance.now();
      return texts;
    },
  });
  return async (question: string, paper?: Paper) => {
    const answered = await answers.ask(question, { paper, workspace: 'bench' });
    took.push(performance.now() - reading);
    return answered;
  };
}

async function answerGiven(): Promise<Line[]> {
  // Without a corpus, the papers given are the catalogue.
  const rarity = ids.length
    ? undefined
    : rarityIn(set.selection.map(({ sentences }) => sentences.join(' ')));
  const lines: Line[] = [];
  for (const { qid, text, doc, sentences } of set.selection.filter(({ doc }) => inHalf(doc))) {
    const places = values.shuffle ? shuffled([...sentences.keys()], qid) : [...sentences.keys()];
    const paper = paperOf(doc, set.documents.get(doc)?.paper.title ?? '', sentences.join(' '));
    const passages = passagesFrom(places.map((at) => sentences[at] ?? ''));
    const ask = answersWith(new Map([[paper.id, { passages }]]), rarity);
    const sentenceOf = (at: number) => places[at] ?? at;
    lines.push(lineOf(qid, await ask(text, paper), sentenceOf, () => doc));
  }
  return lines;
}

async function answerOpen(): Promise<Line[]> {
  if (!ids.length) return [];
  const documents = [...set.documents];
  const idOf = new Map(documents.map(([id, { paper }]) => [paper.id, id]));
  const ask = answersWith(
    new Map(documents.map(([, { paper, passages }]) => [paper.id, passages ? { passages } : {}])),
  );
  const documentOf = ({ id }: Paper) => idOf.get(id) ?? '';
  const lines: Line[] = [];
  for (const { id, text } of set.queries) {
    // A question belongs to the half of the paper that plain search finds for it.
    const { hits } = await catalogue.about(text, {}, { offset: 0, limit: 1 });
    if (!inHalf(hits[0] ? documentOf(hits[0].paper) : '')) continue;
    lines.push(lineOf(id, await ask(text), (at) => at, documentOf));
  }
  return lines;
}

function lineOf(
  qid: string,
  result: Answered,
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
