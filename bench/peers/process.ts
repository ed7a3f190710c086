/** One peer in a process of its own, so that none pays for another's memory; its answer is a line of JSON. */
import { z } from 'zod';
import { type Times, timed } from '../measure.ts';
import { readPapers } from '../papers.ts';
import { kinds, queriesFrom } from '../queries.ts';
import { peers } from './list.ts';

const Task = z.object({
  peer: z.string(),
  data: z.string(),
  papers: z.number(),
  /** Queries of a kind; the slow ones get fewer. */
  queries: z.number(),
  /** Milliseconds a kind may take. */
  budget: z.number(),
});
export type Task = z.infer<typeof Task>;

export interface Answer {
  build: number;
  times: Partial<Record<string, Times & { queries: number }>>;
}

const task = Task.parse(JSON.parse(process.argv[2] ?? '{}'));
const load = peers[task.peer];
if (!load) throw new Error(`There is no peer ${task.peer}`);
const peer = (await load()).createPeer();
const papers = await readPapers(task);
const asked = queriesFrom(papers, task.queries);

const started = performance.now();
await peer.build(papers);
const answer: Answer = { build: performance.now() - started, times: {} };

for (const kind of Object.keys(kinds)) {
  const all = Object.entries(asked).find(([name]) => name === kind)?.[1] ?? [];
  const [first] = all;
  if (!first) continue;
  const start = performance.now();
  await peer.search(first);
  const one = performance.now() - start;
  const affordable = Math.floor(task.budget / Math.max(one, 0.01) / 3);
  const some = all.slice(0, Math.max(3, affordable));
  const isQuick = some.length === all.length;
  const found = await timed(
    some,
    (each) => peer.search(each),
    isQuick ? {} : { rounds: 1, warm: false },
  );
  answer.times[kind] = { ...found, queries: some.length };
}
console.log(JSON.stringify(answer));
