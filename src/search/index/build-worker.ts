/** The thread that makes an index; see `build.ts`. */
import { availableParallelism } from 'node:os';
import { setImmediate as breath } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { PaperId } from '../../model/paper.ts';
import { atOnce } from '../../sliced.ts';
import { Abbreviations } from './abbreviations.ts';
import type { Built, FromWorker, PaperReader, PapersAt } from './build.ts';
import { type Entry, entryOf } from './entry.ts';
import { Making } from './making.ts';
import { buffersIn } from './packed.ts';
import { packIds } from './paper-ids.ts';
import { SegmentThread, type Work } from './segment-thread.ts';
import { weigh } from './weigh.ts';

/** Means nearer to each other than this are as good as equal: scores would change by a third of it, less than a step of 255. */
const NEAR = 0.01;
/** More threads than these would wait for the one that reads. */
const HELPERS_MAX = 3;
/** A helper with fewer papers before it is given more: enough to last while this thread indexes some itself. */
const AHEAD = 1_500;

const threads = Array.from(
  { length: Math.min(HELPERS_MAX, availableParallelism() - 1) },
  () => new SegmentThread(),
);
for (const thread of threads) thread.start();

const { module, options }: PapersAt = workerData;
const { default: read }: { default: PaperReader } = await import(module);

const ids: PaperId[] = [];
const onBad = (key: number, error: unknown) => {
  const bad = ids[key - 1];
  if (bad) tell({ bad, error });
};
const own = new Making();
const helping = new Map<SegmentThread, Work>();

/** What this thread reads it indexes itself, unless another one has nothing to do. */
function index(entries: readonly Entry[]): void {
  for (const thread of threads) {
    if (thread.isReady && !helping.has(thread)) helping.set(thread, thread.begin(onBad));
  }
  const free = [...helping.values()].find(({ waiting }) => waiting < AHEAD);
  if (free) free.add(entries);
  else atOnce(own.adding(entries, onBad));
}

for await (const papers of read(options)) {
  const entries = papers.flatMap((paper) => {
    ids.push(paper.id);
    try {
      return entryOf(paper, ids.length);
    } catch (error) {
      onBad(ids.length, error);
      return [];
    }
  });
  index(entries);
  tell({ read: ids.length });
  // A reader may never let others have their say.
  await breath();
}
const theirs = Array.from(helping.values(), (work) => work.finish());
const { segments, met } = atOnce(own.finishing(undefined));
const packed = atOnce(packIds(ids));
const abbreviations = new Abbreviations([]);
atOnce(abbreviations.adding(met));
for (const made of await Promise.all(theirs)) {
  segments.push(...made.segments);
  atOnce(abbreviations.adding(made.met));
}

const papers = segments.reduce((sum, { keys }) => sum + keys.length, 0);
const mean = (of: 'title' | 'abstract') =>
  segments.reduce((words, segment) => words + segment.words[of], 0) / Math.max(1, papers);
const means = { title: mean('title'), abstract: mean('abstract') };
for (const segment of segments) {
  const { weighedWith } = segment;
  const far = (of: 'title' | 'abstract') =>
    Math.abs(weighedWith[of] - means[of]) > NEAR * means[of];
  if (far('title') || far('abstract')) atOnce(weigh(segment, means));
}

const built: Built = { segments, ids: packed, abbreviations: abbreviations.met() };
tell({ built }, buffersIn(built));

function tell(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
