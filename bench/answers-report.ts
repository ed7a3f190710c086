/** What a run of `answers.ts` is worth: scored by the sets' own `eval.mjs`, and by what users see. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Dataset } from './dataset.ts';

export interface Line {
  qid: string;
  answered: boolean;
  score: number;
  evidence: { doc: string; sentence: number; text: string; score: number }[];
}

interface Run {
  set: Dataset;
  given: Line[];
  open: Line[];
  /** Milliseconds an answer took, search not counted. */
  took: number[];
  evalFile: string;
  /** Quotes that count where the paper is given. */
  k: number;
  inHalf: (document: string) => boolean;
}

/** The functions of `eval.mjs` that are used here. */
interface Scorer {
  scoreSelection(gold: unknown[], predicted: unknown[]): Record<string, number>;
  scoreRationales(
    gold: unknown[],
    predicted: unknown[],
    options: { labels: boolean; claims?: ReadonlySet<string> },
  ): { sentence: { precision: number; recall: number; f1: number } };
}

export async function report(run: Run): Promise<void> {
  const { set, given, open, took, evalFile } = run;
  print(
    'every quote found in its source',
    share(quotesIn(run), ({ isThere }) => isThere),
  );
  print('milliseconds an answer, median / p95', `${at(took, 0.5)} / ${at(took, 0.95)}`);
  if (!existsSync(evalFile)) {
    console.error(`Not scored: there is no ${evalFile}. Name it with --eval.`);
    return;
  }
  const scorer: Scorer = await import(pathToFileURL(evalFile).href);
  if (given.length) reportGiven(run, scorer);
  if (open.length && set.rationales.length) reportOpen(run, scorer);
}

function reportGiven({ set, given, k, inHalf }: Run, scorer: Scorer) {
  const gold = set.selection.filter(({ doc, gold: answers }) => answers && inHalf(doc));
  const predicted = given.map(({ qid, evidence }) => ({
    qid,
    sentences: evidence.slice(0, k).map(({ sentence }) => sentence),
  }));
  console.log(`\nPaper given, ${gold.length} questions, k = ${k}`);
  print(
    'answered',
    share(given, ({ answered }) => answered),
  );
  const scores = scorer.scoreSelection(gold, predicted);
  for (const name of ['p@1', 'f1', 'mrr']) print(name, (scores[name] ?? 0).toFixed(3));
}

function reportOpen({ set, open }: Run, scorer: Scorer) {
  const asked = new Set(open.map(({ qid }) => qid));
  const answerable = new Set(set.rationales.map(({ qid }) => qid));
  const predicted = open.flatMap(({ qid, evidence }) =>
    [...Map.groupBy(evidence, ({ doc }) => doc)].map(([doc, quotes]) => ({
      qid,
      doc,
      sentences: quotes.map(({ sentence }) => sentence),
    })),
  );
  const { sentence } = scorer.scoreRationales(set.rationales, predicted, {
    labels: false,
    claims: asked,
  });
  const gold = new Set(
    set.rationales.flatMap(({ qid, doc, evidence_sets: sets }) =>
      sets.flat().map((number) => `${qid}/${doc}/${number}`),
    ),
  );
  const isGold = (line: Line) => (quote: Line['evidence'][number]) =>
    gold.has(`${line.qid}/${quote.doc}/${quote.sentence}`);
  const answered = open.filter((line) => line.answered);
  const without = open.filter(({ qid }) => !answerable.has(qid));
  const quotes = answered.flatMap(({ evidence }) => evidence);
  console.log(`\nOpen, ${open.length} questions, ${without.length} without evidence`);
  print(
    'answered',
    share(open, (line) => line.answered),
  );
  print(
    'answered, and has evidence',
    share(answered, ({ qid }) => answerable.has(qid)),
  );
  print(
    'answered, and the best quote is gold',
    share(answered, (line) => line.evidence.slice(0, 1).some(isGold(line))),
  );
  print(
    'answered, and a quote is gold',
    share(answered, (line) => line.evidence.some(isGold(line))),
  );
  print(
    'without evidence, and refused',
    share(without, (line) => !line.answered),
  );
  print(
    'sentence F1 (precision, recall)',
    `${sentence.f1.toFixed(3)} (${sentence.precision.toFixed(3)}, ${sentence.recall.toFixed(3)})`,
  );
  print('quotes an answer', (quotes.length / (answered.length || 1)).toFixed(2));
  const [precise, refused] = refusedAt(0.8, open, answerable);
  print(
    `at an answered precision of ${precise.toFixed(2)}: refused of those without evidence`,
    refused.toFixed(3),
  );
}

/** By score alone: the lowest threshold that reaches the precision, and what it refuses. */
function refusedAt(
  precision: number,
  open: readonly Line[],
  answerable: ReadonlySet<string>,
): [precision: number, refused: number] {
  const byScore = [...open].sort((a, b) => b.score - a.score);
  const without = byScore.filter(({ qid }) => !answerable.has(qid)).length;
  let right = 0;
  let reached: [number, number] = [0, 1];
  for (const [at, { qid }] of byScore.entries()) {
    if (answerable.has(qid)) right += 1;
    const wrong = at + 1 - right;
    if (right / (at + 1) >= precision) reached = [right / (at + 1), 1 - wrong / (without || 1)];
  }
  return reached;
}

/** Looked up in what the set stores, not in what was answered from. */
function quotesIn({ set, given, open }: Run): { isThere: boolean }[] {
  const selected = new Map(set.selection.map(({ qid, sentences }) => [qid, sentences.join(' ')]));
  return [...given, ...open].flatMap(({ qid, evidence }) =>
    evidence.map(({ doc, text }) => {
      const { paper, passages } = set.documents.get(doc) ?? {};
      const stored = [
        selected.get(qid),
        paper?.abstract,
        passages?.map((one) => one.text).join(' '),
      ];
      const wanted = flat(text);
      return {
        isThere: stored.some((source) => source !== undefined && flat(source).includes(wanted)),
      };
    }),
  );
}

function flat(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): string {
  const count = items.filter(holds).length;
  return `${((100 * count) / (items.length || 1)).toFixed(1)} % of ${items.length}`;
}

function at(values: readonly number[], quantile: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0).toFixed(2);
}

function print(what: string, figure: string) {
  console.log(`${what.padEnd(64)} ${figure}`);
}
