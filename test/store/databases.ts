/** Both engines, for suites that must hold on each: a new SQLite file, a new database of a real PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { freshDatabase } from '../fakes/postgres-global.ts';

export const engines: [name: string, open: () => Promise<Database>][] = [
  [
    'SQLite',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'paperboy-store-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      return closing(await openDatabase({ file: join(folder, 'state', 'paperboy.db') }));
    },
  ],
  ['PostgreSQL', async () => closing(await openDatabase({ url: await freshDatabase() }))],
];

function closing(db: Database): Database {
  onTestFinished(() => db.destroy());
  return db;
}
