/**
 * How fast papers come in: a source served on loopback, read by the real source, into SQLite and the search
 * index, as the bot does it. `npm run bench:ingest -- <file of papers>`
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { createLog } from '../src/log.ts';
import { follow } from '../src/ops/follow.ts';
import { createCatalogue } from '../src/search/catalogue.ts';
import { createHttp } from '../src/sources/http.ts';
import { createHuggingFace } from '../src/sources/huggingface.ts';
import { createIngest } from '../src/sources/ingest.ts';
import { dayBefore, WINDOW_DAYS } from '../src/sources/window.ts';
import { openDatabase } from '../src/store/database.ts';
import { createDayStore } from '../src/store/days.ts';
import { createPaperStore } from '../src/store/papers.ts';
import type { Serving } from './ingest-server.ts';
import { watchTurns } from './measure.ts';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Name a file of papers: npm run bench:ingest -- papers.ndjson.gz');
  process.exit(2);
}
const worker = new Worker(new URL('ingest-server.ts', import.meta.url), { workerData: file });
const [serving]: [Serving] = (await once(worker, 'message')) as [Serving];
console.log(`${serving.papers} papers from ${serving.from} to ${serving.to} on loopback`);

for (const isIndexed of [false, true]) await measure(isIndexed);
await worker.terminate();

async function measure(isIndexed: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const db = await openDatabase({ file: join(folder, 'paperboy.db') });
  const papers = createPaperStore(db);
  const clock = { now: new Date(`${serving.from}T12:00:00Z`) };
  const now = () => clock.now;
  const catalogue = createCatalogue({ now, fetch: papers.get });
  const follower = follow({
    papers,
    catalogue,
    file: join(folder, 'papers.index'),
    papersAt: { module: 'data:text/javascript,', options: undefined },
    signal: new AbortController().signal,
    log: createLog('warn'),
  });
  await follower.loaded;
  const spent = { storing: 0, indexing: 0 };
  const source = createHuggingFace({
    url: `http://127.0.0.1:${serving.port}`,
    http: createHttp(),
  });
  const ingest = createIngest({
    sources: () => [source],
    ledger: createDayStore(db),
    async keep(told, name) {
      let mark = performance.now();
      const lap = (of: keyof typeof spent) => {
        spent[of] += performance.now() - mark;
        mark = performance.now();
      };
      for await (const put of papers.put(told, { source: name, now: now().toISOString() })) {
        lap('storing');
        if (isIndexed) await follower.take(put);
        lap('indexing');
      }
    },
    now,
    report: {
      flaw: (_, __, flaw) => console.error(flaw),
      day: ({ day, error }) => error && console.error(day, error),
      failed: (_, error) => console.error(error),
    },
  });

  const delay = monitorEventLoopDelay({ resolution: 1 });
  const heap = process.memoryUsage().heapUsed;
  delay.enable();
  const longestTurn = watchTurns();
  const started = performance.now();
  const before = process.threadCpuUsage();
  const beforeAll = process.cpuUsage();
  // A window at a time, so that every day is read once.
  for (let day = serving.from; ; day = dayBefore(day, -WINDOW_DAYS)) {
    clock.now = new Date(`${dayBefore(day, 1 - WINDOW_DAYS)}T12:00:00Z`);
    await ingest.round();
    if (day > serving.to) break;
  }
  await follower.found();
  const seconds = (performance.now() - started) / 1_000;
  delay.disable();
  const cpu = ({ user, system }: NodeJS.CpuUsage) => round((user + system) / 1e6);
  const own = cpu(process.threadCpuUsage(before));
  const all = cpu(process.cpuUsage(beforeAll));
  const count = await papers.count();
  const row = {
    what: isIndexed ? 'stored and indexed' : 'stored',
    papers: count,
    ...(isIndexed && { found: catalogue.size }),
    seconds: round(seconds),
    'papers/s': Math.round(count / seconds),
    // What the main thread worked, and the whole process, whoever else has the machine.
    'cpu s': own,
    'of all threads': all,
    'storing s': round(spent.storing / 1_000),
    'waiting for the index s': round(spent.indexing / 1_000),
    'longest turn cpu ms': round(longestTurn()),
    'longest block ms': round(delay.max / 1e6),
    'block p99.9 ms': round(delay.percentile(99.9) / 1e6),
    'heap MB': Math.round((process.memoryUsage().heapUsed - heap) / 2 ** 20),
  };
  console.log(JSON.stringify(row));
  await db.destroy();
  rmSync(folder, { recursive: true });
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
