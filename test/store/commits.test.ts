/** Writes that share a commit, on a real SQLite file. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Commit, createCommit } from '../../src/store/commits.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';

let file: string;
let db: Database;
let commit: Commit;

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-commits-'));
  file = join(folder, 'paperboy.db');
  db = await openDatabase({ file });
  commit = createCommit(db);
  onTestFinished(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
});

const write = (name: string) =>
  commit(async (tx) => {
    await tx.insertInto('local_channels').values({ name, created_at: '2026-11-25' }).execute();
    if (name.startsWith('broken')) throw new Error('changed my mind');
    return name;
  });

/** What another process reads. */
function written(): string[] {
  const other = new DatabaseSync(file, { readOnly: true });
  const rows = other.prepare('select name from local_channels order by name').all();
  other.close();
  return rows.map(({ name }) => String(name)).filter((name) => name !== 'general');
}

test('of writes at the same moment one that fails takes none of the others with it', async () => {
  const names = ['a', 'b', 'broken', 'c', 'a'];
  const outcomes = await Promise.allSettled(names.map(write));
  expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
    'a',
    'b',
    'failed',
    'c',
    'failed',
  ]);
  expect(written()).toEqual(['a', 'b', 'c']);
});

test('what is told to be written is there for another process, hundreds at once', async () => {
  const names = Array.from({ length: 300 }, (_, n) => `channel-${n}`);
  await Promise.all(
    names.map(async (name) => {
      await write(name);
      if (name === 'channel-0') expect(written()).toContain(name);
    }),
  );
  expect(written()).toEqual(names.toSorted());
});

test('a database that another process keeps locked fails the writes of that moment, and none after it', async () => {
  await sql`pragma busy_timeout = 50`.execute(db);
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  const outcomes = await Promise.allSettled([write('a'), write('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  other.exec('rollback');
  other.close();
  expect(await write('c')).toBe('c');
  expect(written()).toEqual(['c']);
});

test('a disk that cannot be waited for fails every write of that moment, and none after it', async () => {
  await write('a');
  // Where the log lies whose writing is waited for.
  renameSync(`${file}-wal`, `${file}-away`);
  const outcomes = await Promise.allSettled([write('b'), write('c')]);
  expect(outcomes).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ code: 'ENOENT' }) },
    { status: 'rejected', reason: expect.objectContaining({ code: 'ENOENT' }) },
  ]);
  renameSync(`${file}-away`, `${file}-wal`);
  expect(await write('d')).toBe('d');
  expect(written()).toContain('d');
});
