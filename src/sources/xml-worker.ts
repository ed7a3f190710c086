/** Reads one document in a thread of its own, given as `workerData`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Kind, type Readers, readers } from './xml-readers.ts';

export interface Task {
  kind: Kind;
  text: string;
}

export type Answer<K extends Kind> = { document: ReturnType<Readers[K]> } | { problem: string };

function answer({ kind, text }: Task): Answer<Kind> {
  try {
    return { document: readers[kind](text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(answer(workerData));
