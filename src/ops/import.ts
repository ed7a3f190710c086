/** Brings a file of papers into the database. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Told } from '../model/merge.ts';
import { readAnyFile } from '../sources/file.ts';
import type { PaperStore, Put } from '../store/papers.ts';

export interface Imported {
  added: number;
  changed: number;
  unchanged: number;
  /** Lines that hold no paper, by number, and why. */
  faults: { line: number; reason: string }[];
}

export interface Progress {
  /** Name of the file. */
  file: string;
  papers: number;
  /** How much of the file is read, from 0 to 1. */
  share: number;
}

interface ImportOptions {
  onProgress?: (progress: Progress) => Promise<void>;
  /** Told of every batch that is stored. */
  onPut?: (put: Put) => Promise<void>;
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
  { onProgress, onPut }: ImportOptions = {},
): Promise<Imported> {
  const result: Imported = { added: 0, changed: 0, unchanged: 0, faults: [] };
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
  const file = basename(path);
  let read = 0;
  let batch: Told[] = [];
  const flush = async () => {
    for await (const put of store.put(batch, { source: 'file', now: now().toISOString() })) {
      for (const { outcome } of put.outcomes) result[outcome] += 1;
      await onPut?.(put);
    }
    batch = [];
    const papers = result.added + result.changed + result.unchanged;
    await onProgress?.({ file, papers, share: size ? Math.min(1, read / size) : 1 });
  };
  const lines = readAnyFile(resolve(path), (bytes) => {
    read = bytes;
  });
  for await (const line of lines) {
    if ('paper' in line) batch.push({ paper: line.paper, kind: 'new' });
    else result.faults.push(line);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length) await flush();
  return result;
}
