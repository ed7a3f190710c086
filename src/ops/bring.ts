/** Files that a person or the watched folder brings in; one that takes a while is told of under every reply. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Log } from '../log.ts';
import type { Importing } from '../model/importing.ts';
import type { ImportStore } from '../store/imports.ts';
import type { PaperStore } from '../store/papers.ts';
import type { Follower } from './follow.ts';
import { type Imported, importFile, type Progress } from './import.ts';

/** An import that is over sooner is not told of, in milliseconds. */
const QUIET_MS = 2_000;
/** From one word of how far it is to the next, in milliseconds. */
const TELL_EVERY_MS = 1_000;

interface BringOptions {
  onProgress?: (progress: Progress) => void;
  /** How long replies keep quiet about it, in milliseconds; default 2,000. */
  quietMs?: number;
}

/** Brings in a file. Throws `UserError` when it cannot be read. */
export type Bring = (path: string, options?: BringOptions) => Promise<Imported>;

export function createBring({
  papers,
  imports,
  follower,
  now,
  log,
}: {
  papers: PaperStore;
  imports: ImportStore;
  follower: Pick<Follower, 'take' | 'found'>;
  now(): Date;
  log: Log;
}): Bring {
  return async (path, { quietMs = QUIET_MS, onProgress } = {}) => {
    const id = randomUUID();
    const file = basename(path);
    let due = performance.now() + quietMs;
    let isTold = false;
    // Replies that cannot say how far it is end no import.
    const tell = (importing: Importing) =>
      imports.tell(id, importing).catch((err: unknown) => {
        log.warn({ err, file }, 'replies cannot say how far an import is');
      });
    try {
      const imported = await importFile(path, papers, now, {
        onPut: follower.take,
        async onProgress(progress) {
          onProgress?.(progress);
          if (performance.now() < due) return;
          due = performance.now() + TELL_EVERY_MS;
          isTold = true;
          await tell(progress);
        },
      });
      await follower.found();
      const { added, changed, unchanged, faults } = imported;
      const count = added + changed + unchanged;
      if (isTold) await tell({ file, papers: count, faults: faults.length });
      return imported;
    } catch (error) {
      // Best effort: one that says nothing more is not told of for long.
      if (isTold) await imports.forget(id).catch(() => {});
      throw error;
    }
  };
}
