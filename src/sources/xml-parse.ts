/**
 * XML of any size is parsed in a thread of its own: a large document takes half a second, a hostile one may
 * take more time and memory than there is, and the bot must go on answering meanwhile.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SourceError } from './source.ts';
import { type Kind, type Readers, readers } from './xml-readers.ts';
import type { Answer, Task } from './xml-worker.ts';

/** Characters that are read in less time, some 5 ms, than a thread takes to start. */
const SMALL = 50_000;
const TIME_MAX_MS = 30_000;
const MEMORY_MAX_MB = 512;

/** What a document of a kind says. Throws `SourceError`: what cannot be read is garbled. */
export async function parseXml<K extends Kind>(
  kind: K,
  text: string,
  who: string,
  signal: AbortSignal,
): Promise<ReturnType<Readers[K]>> {
  // One reader of several, which TypeScript takes for any of them.
  const read = readers[kind] as (text: string) => ReturnType<Readers[K]>;
  try {
    return text.length <= SMALL ? read(text) : await readApart(kind, text, signal);
  } catch (cause) {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : 'no reason given';
    throw new SourceError('garbled', `${who} sent XML that cannot be read: ${why}`, { cause });
  }
}

async function readApart<K extends Kind>(kind: K, text: string, signal: AbortSignal) {
  const worker = new Worker(new URL('./xml-worker.ts', import.meta.url), {
    workerData: { kind, text } satisfies Task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIME_MAX_MS)]);
    const [answer]: Answer<K>[] = await once(worker, 'message', { signal: deadline });
    if (answer && 'document' in answer) return answer.document;
    throw new Error(answer?.problem);
  } finally {
    await worker.terminate();
  }
}
