/** Brings a file of papers into the database. */
import { resolve } from 'node:path';
import type { Paper } from '../model/paper.ts';
import { readPapersFile } from '../sources/ndjson.ts';
import type { PaperStore } from '../store/papers.ts';

export interface Imported {
  added: number;
  changed: number;
  unchanged: number;
  /** Lines that hold no paper, by number, and why. */
  faults: { line: number; reason: string }[];
}

const BATCH = 500;

/**
 * Every good record is stored, every bad line reported; importing the same file again changes nothing.
 * Throws `UserError` when the file cannot be read.
 */
export async function importFile(
  path: string,
  store: PaperStore,
  now: () => Date,
): Promise<Imported> {
  const result: Imported = { added: 0, changed: 0, unchanged: 0, faults: [] };
  let batch: Paper[] = [];
  const flush = async () => {
    const { added, changed } = await store.put(batch, now().toISOString());
    result.added += added;
    result.changed += changed;
    result.unchanged += batch.length - added - changed;
    batch = [];
  };
  for await (const line of readPapersFile(resolve(path))) {
    if ('paper' in line) batch.push(line.paper);
    else result.faults.push(line);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return result;
}
