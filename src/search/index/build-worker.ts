/** The thread that makes an index; see `build.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { Abbreviations } from './abbreviations.ts';
import type { Built, FromWorker, PaperReader, PapersAt } from './build.ts';
import { SegmentBuilder } from './builder.ts';
import { entryOf } from './entry.ts';
import { pack } from './packed.ts';
import { packIds } from './paper-ids.ts';
import { SEGMENT_MAX, type Segment } from './segment.ts';
import { atOnce } from './sliced.ts';
import { weigh } from './weigh.ts';

/** Means nearer to each other than this are as good as equal. */
const NEAR = 0.005;

const { module, options }: PapersAt = workerData;
const { default: read }: { default: PaperReader } = await import(module);

const ids: string[] = [];
const abbreviations = new Abbreviations();
const segments: Segment[] = [];
let builder = new SegmentBuilder();
for await (const papers of read(options)) {
  for (const paper of papers) {
    try {
      builder.add(entryOf(paper, ids.length + 1));
      ids.push(paper.id);
      abbreviations.learn(`${paper.title}\n${paper.abstract}`);
    } catch (error) {
      tell({ bad: paper.id, error });
    }
    if (builder.size < SEGMENT_MAX) continue;
    segments.push(atOnce(builder.finish()));
    builder = new SegmentBuilder();
  }
  tell({ read: ids.length });
}
if (builder.size) segments.push(atOnce(builder.finish()));

const sum = (of: 'title' | 'abstract') =>
  segments.reduce((words, segment) => words + segment.words[of], 0) / Math.max(1, ids.length);
const means = { title: sum('title'), abstract: sum('abstract') };
for (const segment of segments) {
  const { weighedWith } = segment;
  const far = (of: 'title' | 'abstract') =>
    Math.abs(weighedWith[of] - means[of]) > NEAR * means[of];
  if (far('title') || far('abstract')) atOnce(weigh(segment, means));
}

const built: Built = {
  segments,
  ids: packIds(ids),
  abbreviations: abbreviations.met(),
};
const buffers = new Set(pack(built).arrays.map(({ buffer }) => buffer));
tell(
  { built },
  [...buffers].filter((buffer) => buffer instanceof ArrayBuffer),
);

function tell(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
