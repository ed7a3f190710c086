/**
 * How fast, small and quick to start search is, beside its peers in one run:
 *
 *   npm run bench -- [--papers 100000] [--data ../shared/data] [--queries 200] [--peers 'MiniSearch 7,SQLite FTS5']
 *
 * `--peers none` leaves them out. Stock Orama over 100,000 papers takes minutes, most of them for three questions.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { measureOurs, type Ours } from './ours.ts';
import { peers } from './peers/list.ts';
import type { Answer, Task } from './peers/process.ts';
import { type Kind, kinds } from './queries.ts';

const { values } = parseArgs({
  options: {
    papers: { type: 'string', default: '100000' },
    data: { type: 'string', default: process.env.PAPERBOY_BENCH_DATA ?? '../shared/data' },
    queries: { type: 'string', default: '200' },
    peers: { type: 'string', default: Object.keys(peers).join(',') },
    budget: { type: 'string', default: '20000' },
  },
});
const { data } = values;
const papers = Number(values.papers);
const queries = Number(values.queries);
if (!existsSync(`${data}/arxiv-cs-100k.ndjson.gz`)) {
  console.log(`There are no papers to measure with at ${data}; say where with --data <folder>.`);
  process.exit(1);
}

const ms = (time: number) => (time < 10 ? time.toFixed(2) : time.toFixed(0));
const row = (...cells: (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);

console.log(
  `${papers.toLocaleString('en')} papers, ${queries} queries a kind; milliseconds. ` +
    `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.\n`,
);
const ours = await measureOurs({ data, papers }, queries);
const goals: Readonly<Record<Kind, number>> = {
  words: 0.5,
  several: 0.5,
  questions: 1,
  misspelt: 1,
  filtered: 1,
};
row('Paperboy', 'median', 'p99', 'goal (median)');
row('---', '---', '---', '---');
for (const kind of Object.keys(kinds) as Kind[]) {
  const { median, p99 } = ours.times[kind] ?? { median: 0, p99: 0 };
  row(kinds[kind], ms(median), ms(p99), `${goals[kind]}${kind === 'questions' ? ', p99 2' : ''}`);
}
row('similar, by a whole paper', ms(ours.similar.median), ms(ours.similar.p99), 2);
row('suggest, while typing', ms(ours.suggest.median), ms(ours.suggest.p99), 20);
console.log();
rest(ours);
badInput(ours);

const names = values.peers === 'none' ? [] : values.peers.split(',');
const answers: [string, Answer][] = [];
for (const name of names) answers.push([name, await ask(name)]);
if (answers.length) {
  console.log('\nMedians of the peers, and how many times as long as ours:\n');
  row('peer', ...Object.values(kinds), 'build');
  row('---', ...Object.keys(kinds).map(() => '---'), '---');
  for (const [name, { build, times }] of answers) {
    const cells = Object.keys(kinds).map((kind) => {
      const theirs = times[kind];
      const own = ours.times[kind]?.median ?? 0;
      if (!theirs) return '';
      return `${ms(theirs.median)} (${Math.round(theirs.median / own).toLocaleString('en')}×, n ${theirs.queries})`;
    });
    row(name, ...cells, ms(build));
  }
}

function rest({ corrected, memory, rebuild, saved, ready, added }: Ours): void {
  row('what', 'measured', 'goal');
  row('---', '---', '---');
  row('misspelt words understood', `${(corrected * 100).toFixed(1)} %`, '90 %');
  row('memory a paper', `${Math.round(memory)} bytes`, '1,300');
  row('ready from snapshot', `${ms(ready.took)}, block ${ms(ready.block)}`, '500, block 50');
  row('snapshot saved', `${ms(saved.took)}, block ${ms(saved.block)}`, '');
  row(
    'rebuilt in the worker',
    `${ms(rebuild.took)}, block ${ms(rebuild.block)}`,
    '8,000, block 50',
  );
  row(
    '500 papers added while searching',
    `${ms(added.took)} (first ${ms(added.first)}), block ${ms(added.block)}`,
    '200, block 20',
  );
  row('search right after', `median ${ms(added.search.median)}`, '');
}

/** What each bad input costs where it costs most. */
function badInput({ hostile }: Ours): void {
  console.log('\nBad input, goal 50 ms: the dearest way, and milliseconds of the processor.\n');
  row('input', 'first time', 'later', 'way', 'longest block', 'a search answers');
  row('---', '---', '---', '---', '---', '---');
  for (const [name, costs] of hostile) {
    const [dearest] = costs.toSorted((a, b) => b.block - a.block);
    const { first = 0, later = 0, block = 0, way = '' } = dearest ?? {};
    row(name, ms(first), ms(later), way, ms(block), costs[0]?.answer ?? '');
  }
}

async function ask(peer: string): Promise<Answer> {
  const task: Task = { peer, data, papers, queries, budget: Number(values.budget) };
  const script = new URL('./peers/process.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=12000', script, JSON.stringify(task)],
    { maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
