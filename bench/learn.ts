/**
 * Learns `src/answer/weights.json` from the development halves of two evaluation sets.
 *
 *   node bench/learn.ts [--eval ../shared/eval] [--write]
 *
 * Sentences: papers of SciFact (claims, in the abstract's order) and of PubMedQA (questions, shuffled,
 * for there the gold always stands last), softmax over a paper's sentences, L2. Chances: logistic over
 * the sentences of the papers that BM25 finds for SciFact's claims. Prints what cross-validation over
 * papers says of the development half, and what the other half says of the weights learned.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chanceInputs } from '../src/answer/decide.ts';
import { type FeatureName, type Features, measure } from '../src/answer/features.ts';
import type { Passage } from '../src/answer/passages.ts';
import { type Rarity, readQuestion } from '../src/answer/question.ts';
import { rank } from '../src/answer/rank.ts';
import { indexOf } from './bm25.ts';
import {
  type Dataset,
  hashOf,
  isDevelopment,
  passagesFrom,
  rarityIn,
  readDataset,
  shuffled,
} from './dataset.ts';
import { type Group, learnLogistic, learnRanker } from './learners.ts';

/**
 * Stated, not learned: neither set has questions of these kinds, and such notices are rare in them. In the
 * learned weights' unit, a logarithm of odds.
 */
const stated = { quantity: 3, definition: 3, compared: 1, notice: -5 } as const;
/** On standardised features; .003 to .03 rank alike. */
const L2 = 0.01;
/** A PubMedQA question counts half a claim: it has one kind of gold, the conclusion. */
const QUESTION_WEIGHT = 0.5;
const FOLDS = 5;
/** Papers read for a claim, as in production. */
const READ = 5;

type SentenceWeights = Record<FeatureName, number>;

interface Example extends Group {
  paper: string;
  set: 'scifact' | 'pubmedqa';
  features: Features[];
}

const { values } = parseArgs({
  options: { eval: { type: 'string', default: '../shared/eval' }, write: { type: 'boolean' } },
});
const scifact = readDataset(join(values.eval, 'scifact-train'));
const pubmedqa = readDataset(join(values.eval, 'pubmedqa-dev'));
const index = indexOf([...scifact.documents.values()].map(({ paper }) => textOf(paper)));
const examples = [
  ...examplesOf(scifact, 'scifact', index),
  ...examplesOf(
    pubmedqa,
    'pubmedqa',
    rarityIn(pubmedqa.selection.map((row) => row.sentences.join(' '))),
  ),
];
const development = examples.filter(({ paper }) => isDevelopment(paper));
const heldOut = examples.filter(({ paper }) => !isDevelopment(paper));

const folds = Array.from({ length: FOLDS }, (_, fold) =>
  learn(development.filter(({ paper }) => foldOf(paper) !== fold)),
);
const sentence = learn(development);
report(
  'development, cross-validated',
  development,
  ({ paper }) => folds[foldOf(paper)] ?? sentence,
);
report('held out', heldOut, () => sentence);

const chance = learnChances(sentence);
const weights = {
  note: 'Made by bench/learn.ts from the development halves of SciFact (train) and PubMedQA; see there.',
  sentence: rounded(sentence),
  chance: rounded(chance),
};
console.log(JSON.stringify(weights, undefined, 2));
if (values.write) {
  writeFileSync('src/answer/weights.json', `${JSON.stringify(weights, undefined, 2)}\n`);
}

function examplesOf(
  { documents, selection }: Dataset,
  set: Example['set'],
  rarity: Rarity,
): Example[] {
  return selection.map(({ qid, text, doc, sentences, gold = [] }) => {
    const places = [...sentences.keys()];
    const order = set === 'pubmedqa' ? shuffled(places, qid) : places;
    const passages: Passage[] = passagesFrom(order.map((at) => sentences[at] ?? ''));
    const title = documents.get(doc)?.paper.title ?? '';
    const features = measure(readQuestion(text, rarity), title, passages).sentences.map(
      (measured) => measured.features,
    );
    return {
      paper: doc,
      set,
      features,
      rows: features.map((row) => learned(row).map((name) => row[name])),
      gold: new Set(gold.map((at) => order.indexOf(at))),
      weight: set === 'pubmedqa' ? QUESTION_WEIGHT : 1,
    };
  });
}

/** The names of the features that are learned, in order. */
function learned(features: Features): FeatureName[] {
  return (Object.keys(features) as FeatureName[]).filter((name) => !(name in stated));
}

function learn(groups: readonly Example[]): SentenceWeights {
  const names = groups[0]?.features[0] ? learned(groups[0].features[0]) : [];
  const found = learnRanker(groups, L2);
  const pairs = names.map((name, k) => [name, found[k] ?? 0] as const);
  return { ...(Object.fromEntries(pairs) as SentenceWeights), ...stated };
}

function report(
  title: string,
  group: readonly Example[],
  weightsFor: (example: Example) => SentenceWeights,
) {
  for (const set of ['scifact', 'pubmedqa'] as const) {
    const mine = group.filter((example) => example.set === set);
    const right = mine.filter((example) => {
      const by = weightsFor(example);
      const scores = example.features.map((row) => score(row, by));
      return example.gold.has(scores.indexOf(Math.max(...scores)));
    });
    const percent = ((100 * right.length) / mine.length).toFixed(1);
    console.log(`${title}, ${set}: P@1 ${percent} % of ${mine.length}`);
  }
}

function score(features: Features, by: SentenceWeights): number {
  return (Object.keys(features) as FeatureName[]).reduce(
    (sum, name) => sum + features[name] * by[name],
    0,
  );
}

/** A sentence's chance, from claims whose best paper is of the development half. */
function learnChances(by: SentenceWeights) {
  const ids = [...scifact.documents.keys()];
  const gold = new Map(
    scifact.rationales.map((row) => [`${row.qid}/${row.doc}`, new Set(row.evidence_sets.flat())]),
  );
  const rows: number[][] = [];
  const labels: boolean[] = [];
  for (const { id, text } of scifact.queries) {
    const found = index.search(text, READ);
    const [best] = found;
    if (!best || !isDevelopment(ids[best.at] ?? '')) continue;
    const question = readQuestion(text, index);
    for (const { at, score: relevance } of found) {
      const doc = ids[at] ?? '';
      const { paper, passages = [] } = scifact.documents.get(doc) ?? {};
      if (!paper) continue;
      const ranked = rank(question, paper.title, passages, by);
      const inputs = chanceInputs({ paper: ranked, relevance: relevance / best.score });
      for (const [at, { passage }] of ranked.sentences.entries()) {
        rows.push(Object.values(inputs[at] ?? {}));
        labels.push(gold.get(`${id}/${doc}`)?.has(passage.index) ?? false);
      }
    }
  }
  const { weights: found, bias } = learnLogistic(rows, labels, 0.001);
  const [logShare = 0, coverage = 0, paperCoverage = 0, titleCoverage = 0, relevance = 0] = found;
  return { bias, logShare, coverage, paperCoverage, titleCoverage, relevance };
}

function foldOf(paper: string): number {
  return Math.floor(hashOf(paper) / 2) % FOLDS;
}

function textOf({ title, abstract }: { title: string; abstract: string }): string {
  return `${title}\n${abstract}`;
}

function rounded<Table extends Record<string, number>>(table: Table): Table {
  const pairs = Object.entries(table).map(([name, value]) => [name, Number(value.toFixed(3))]);
  return Object.fromEntries(pairs) as Table;
}
