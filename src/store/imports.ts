/** How far imports of files are, by whichever process, so that every reply can say so. */
import type { Importing } from '../model/importing.ts';
import type { Database } from './database.ts';

/** Without a word for so long, in milliseconds, whoever imported has died. */
const SILENT_MS = 30_000;
/** How one ended is told of for so long, in milliseconds. */
const TOLD_MS = 5 * 60_000;

export interface ImportStore {
  /** Says how far an import is, or how it ended. */
  tell(id: string, importing: Importing): Promise<void>;
  /** Lets replies say nothing more of an import: it failed. */
  forget(id: string): Promise<void>;
  /** The one that was told of last: still under way, or ended a while ago. */
  latest(): Promise<Importing | undefined>;
}

export function createImportStore(db: Database, now: () => Date): ImportStore {
  const ago = (ms: number) => new Date(now().getTime() - ms).toISOString();
  return {
    async tell(id, { file, papers, ...rest }) {
      const row = {
        file,
        papers,
        share: 'share' in rest ? rest.share : null,
        faults: 'faults' in rest ? rest.faults : null,
        told_at: now().toISOString(),
      };
      await db
        .insertInto('imports')
        .values({ id, ...row })
        .onConflict((c) => c.column('id').doUpdateSet(row))
        .execute();
      await db.deleteFrom('imports').where('told_at', '<', ago(TOLD_MS)).execute();
    },

    async forget(id) {
      await db.deleteFrom('imports').where('id', '=', id).execute();
    },

    async latest() {
      const row = await db
        .selectFrom('imports')
        .selectAll()
        .where((eb) =>
          eb.or([
            eb('told_at', '>=', ago(SILENT_MS)),
            eb.and([eb('share', 'is', null), eb('told_at', '>=', ago(TOLD_MS))]),
          ]),
        )
        .orderBy('told_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      const { file, papers, share, faults } = row;
      return share === null ? { file, papers, faults: faults ?? 0 } : { file, papers, share };
    },
  };
}
