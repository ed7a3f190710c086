/** Reads one document in a thread of its own, given as `workerData`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Document, Reading } from '../model/full-text.ts';
import { readHtml } from './html.ts';
import { readPdf } from './pdf.ts';
import { UnreadableError } from './unreadable.ts';

export type Answer = { reading: Reading } | { problem: string };

async function answer(document: Document): Promise<Answer> {
  try {
    const isPage = document.kind === 'html';
    return { reading: isPage ? readHtml(document.text) : await readPdf(document.bytes) };
  } catch (error) {
    return { problem: error instanceof UnreadableError ? error.message : 'cannot be read' };
  }
}

parentPort?.postMessage(await answer(workerData));
