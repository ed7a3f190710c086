/**
 * Many channels due at the same minute, over the real bot and the services' limits: the share of the permitted
 * rate that is used, refusals, how long people wait meanwhile, the processor's time, memory, and how long the
 * event loop was held up.
 * `npm run bench:fanout -- --channels 10000 --service discord`
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { ChannelRef } from '../src/model/channel.ts';
import { defaultSchedule } from '../src/model/schedule.ts';
import { createPaperboy } from '../src/paperboy.ts';
import { createChannelStore } from '../src/store/channels.ts';
import { openDatabase } from '../src/store/database.ts';
import type { Given, Seen, Serving } from './fanout-services.ts';
import { times } from './measure.ts';

/** Permitted requests a second. */
const PERMITTED = { discord: 50, slack: 50 };
/** How often the event loop is looked at, in milliseconds. */
const TURN_MS = 5;
const SLOT = Date.parse('2026-11-23T09:00:00.000Z');

const { values } = parseArgs({
  options: {
    channels: { type: 'string', default: '10000' },
    service: { type: 'string' },
  },
});
const services: Given['service'][] =
  values.service === 'slack' || values.service === 'discord'
    ? [values.service]
    : ['discord', 'slack'];
for (const service of services) await measure(service, Number(values.channels));

async function measure(service: Given['service'], channels: number): Promise<void> {
  const workerData: Given = { service, channels, postsPerMinute: PERMITTED.slack * 60 };
  const worker = new Worker(new URL('fanout-services.ts', import.meta.url), { workerData });
  const [{ env, refs }]: [Serving] = (await once(worker, 'message')) as [Serving];
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-fanout-'));
  await follow(join(folder, 'paperboy.db'), refs);

  let began = Number.POSITIVE_INFINITY;
  const now = () => new Date(SLOT + Math.max(-1_000, performance.now() - began));
  const paperboy = await createPaperboy(
    parseConfig({
      ...env,
      PAPERBOY_STATE_DIR: folder,
      PAPERBOY_PORT: '0',
      PAPERBOY_SOURCES: 'none',
      PAPERBOY_SPREAD_SECONDS: '0',
      LOG_LEVEL: 'fatal',
    }),
    { log: createLog('fatal'), now },
  );
  await paperboy.start(() => {});
  await paperboy.loaded;

  const loop = monitorEventLoopDelay({ resolution: TURN_MS });
  loop.enable();
  began = performance.now();
  const heap = [heapInUse()];
  const cpu = process.threadCpuUsage();
  // On a busy machine a late turn is mostly the machine's doing: what the turn itself took tells the two apart.
  let before = process.threadCpuUsage();
  let longestTurn = 0;
  const turns = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longestTurn = Math.max(longestTurn, (user + system) / 1e3 - TURN_MS);
  }, TURN_MS);
  const watching = setInterval(() => {
    // Collecting all garbage at once is the bench's own doing.
    loop.disable();
    heap.push(heapInUse());
    before = process.threadCpuUsage();
    loop.enable();
  }, 60_000);
  await paperboy.services.digests.tick();
  clearInterval(watching);
  clearInterval(turns);
  const { user, system } = process.threadCpuUsage(cpu);
  heap.push(heapInUse());
  loop.disable();
  worker.postMessage('over');
  const [seen]: [Seen] = (await once(worker, 'message')) as [Seen];
  const rate = (seen.posts - 1) / (seen.tookMs / 1_000);
  const waits = times(seen.answers);
  console.log(
    [
      `${service}: ${seen.posts} posts for ${channels} channels in ${(seen.tookMs / 1_000).toFixed(1)} s`,
      `  ${rate.toFixed(2)} a second of ${PERMITTED[service]} permitted, ${((100 * rate) / PERMITTED[service]).toFixed(1)} %`,
      `  ${seen.refused} refused (429)`,
      `  ${seen.answers.length} commands answered meanwhile: median ${waits.median.toFixed(0)} ms, slowest ${Math.max(...seen.answers).toFixed(0)} ms`,
      `  ${((user + system) / 1e3 / seen.posts).toFixed(1)} ms of the processor a post`,
      `  heap ${heap.map((mb) => mb.toFixed(0)).join(' → ')} MB`,
      `  event loop held up ${(loop.max / 1e6 - TURN_MS).toFixed(0)} ms at most, ${(loop.percentile(99) / 1e6 - TURN_MS).toFixed(0)} ms in 99 %`,
      `  ${longestTurn.toFixed(0)} ms of the processor in one turn at most`,
    ].join('\n'),
  );
  await paperboy.stop();
  await worker.terminate();
  rmSync(folder, { recursive: true, force: true });
}

async function follow(file: string, refs: readonly string[]): Promise<void> {
  const db = await openDatabase({ file });
  const since = new Date(SLOT - 60_000).toISOString();
  await db.transaction().execute(async (tx) => {
    const store = createChannelStore(tx);
    for (const ref of refs) {
      const channel = ChannelRef.parse(ref);
      const schedule = { ...defaultSchedule('UTC'), top: 1 };
      await store.putSettings({ channel, name: '#papers', schedule, since });
      const topic = { topic: 'models', query: 'model OR models', owner: 'U1', createdAt: since };
      await store.putSubscription({ channel, ...topic });
    }
  });
  await db.destroy();
}

/** Megabytes. */
function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
