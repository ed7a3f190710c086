/**
 * Writes that share a commit where the database has one connection. SQLite waits for the disk in every commit, and
 * the whole process with it; here the disk is waited for beside everything else. Nobody hears of a write before
 * it is on the disk.
 */
import { open } from 'node:fs/promises';
import { setImmediate as breath, setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Writes of one transaction at most: the loop is theirs meanwhile. */
const AT_ONCE = 32;
/**
 * From one wait for the disk to the next, in milliseconds, so that the writes of many editions come together; nothing
 * is gained by it where no disk is waited for.
 */
const GATHER_MS = 20;
/** https://www.sqlite.org/rescode.html#constraint */
const SQLITE_CONSTRAINT = 19;

/** Runs work as a transaction: all of it, or none when it throws. */
export type Commit = <T>(work: (tx: Kysely<Tables>) => Promise<T>) => Promise<T>;

interface Waiting {
  /** Gives what tells whoever waits, once all is on the disk. */
  run(tx: Kysely<Tables>): Promise<() => void>;
  fail(error: unknown): void;
}

export function createCommit(db: Database): Commit {
  if (db.getExecutor().adapter.supportsMultipleConnections !== false)
    return (work) => db.transaction().execute(work);
  const waiting: Waiting[] = [];
  let isRunning = false;
  let telling = Promise.resolve();

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    // Whatever is written in the same turn of the loop comes along.
    await breath();
    while (waiting.length) {
      const group = waiting.splice(0);
      const { tell, isOnDisk } = await together(db, group).catch((error: unknown) => ({
        tell: group.map(({ fail }) => fail.bind(undefined, error)),
        isOnDisk: true,
      }));
      for (const each of tell) {
        // What they go on with may take a while: one a turn of the loop.
        telling = telling.then(() => {
          each();
          return breath();
        });
      }
      if (isOnDisk) await sleep(GATHER_MS);
    }
    isRunning = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({
        fail: reject,
        async run(tx) {
          const value = await work(tx);
          return () => resolve(value);
        },
      });
      void run();
    });
}

/** Gives what tells each of them. Throws when it is unknown whether anything was written. */
async function together(
  db: Database,
  group: readonly Waiting[],
): Promise<{ tell: (() => void)[]; isOnDisk: boolean }> {
  const tell: (() => void)[] = [];
  for (let i = 0; i < group.length; i += AT_ONCE) {
    if (i) await breath();
    const some = group.slice(i, i + AT_ONCE);
    const told = await written(db, some).catch((error: unknown) =>
      some.map(({ fail }) => fail.bind(undefined, error)),
    );
    tell.push(...told);
  }
  return { tell, isOnDisk: await flush(db) };
}

/** One transaction, committed and not yet on the disk. */
function written(db: Database, group: readonly Waiting[]): Promise<(() => void)[]> {
  return db.connection().execute(async (connection) => {
    // In this mode a commit is written as ever, and only the wait for the disk is left to `flush`.
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute((tx) => runAll(tx, group));
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

async function runAll(tx: Kysely<Tables>, group: readonly Waiting[]): Promise<(() => void)[]> {
  const done: (() => void)[] = [];
  for (const { run, fail } of group) {
    await sql`savepoint one`.execute(tx);
    done.push(
      await run(tx).catch(async (error: unknown) => {
        if (isOfDatabase(error)) throw error;
        await sql`rollback to one`.execute(tx);
        return () => fail(error);
      }),
    );
    await sql`release one`.execute(tx);
  }
  return done;
}

/**
 * Puts on the disk what was committed: it stands in the write-ahead log, which is there for as long as the
 * database is open. Without such a log the commit has been waited for. False for a database in memory.
 * https://www.sqlite.org/pragma.html#pragma_synchronous
 */
async function flush(db: Database): Promise<boolean> {
  const { rows } = await sql<{ file: string }>`
    select file from pragma_database_list, pragma_journal_mode
    where name = 'main' and journal_mode = 'wal'`.execute(db);
  for (const { file } of rows) {
    const log = await open(`${file}-wal`, 'r+');
    await log.datasync().finally(() => log.close());
  }
  return rows.length > 0;
}

/** Whether the database itself is at fault (busy, full), which the next write would meet too. */
function isOfDatabase(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  return (Number(error.errcode) & 0xff) !== SQLITE_CONSTRAINT;
}
