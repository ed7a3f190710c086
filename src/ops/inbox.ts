/**
 * The watched folder: a file put there is imported, then moved to `done`, or to `failed` with a note beside it
 * that says why.
 */
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Imported } from './import.ts';

export interface Inbox {
  /** Imports what has come and is whole. */
  look(): Promise<void>;
}

/** A file that changed more recently may still be being written, in milliseconds. */
const SETTLED_MS = 3_000;

export function createInbox({
  folder,
  bring,
  log,
}: {
  folder: string;
  bring(path: string): Promise<Imported>;
  log: Log;
}): Inbox {
  async function take(name: string): Promise<void> {
    const path = join(folder, name);
    const stats = await stat(path);
    if (!stats.isFile() || Date.now() - stats.mtimeMs < SETTLED_MS) return;
    const notes = await bring(path).then(
      ({ faults, ...counts }) => {
        log.info({ file: name, ...counts, faults: faults.length }, 'file imported');
        return faults.map(({ line, reason }) => `line ${line}: ${reason}`);
      },
      (error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        log.warn({ file: name, reason: error.message }, 'file not imported');
        return error.message;
      },
    );
    const target = join(folder, typeof notes === 'string' ? 'failed' : 'done');
    await mkdir(target, { recursive: true });
    await rename(path, join(target, name));
    const note = typeof notes === 'string' ? notes : notes.join('\n');
    if (note) await writeFile(join(target, `${name}.notes.txt`), `${note}\n`);
  }

  return {
    async look() {
      await mkdir(folder, { recursive: true });
      for (const name of (await readdir(folder)).sort()) {
        if (name.startsWith('.')) continue;
        // It stays where it is, and is tried again at the next look.
        await take(name).catch((err: unknown) => log.error({ err, file: name }, 'a file waits'));
      }
    },
  };
}
