/** The database port: Kysely over SQLite (`node:sqlite`) or PostgreSQL, the same tables and queries on both. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, PostgresDialect, SqliteDialect, type SqliteStatement } from 'kysely';
import pg from 'pg';
import { UserError } from '../errors.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './tables.ts';

/** Statements kept at most, and how long one may be: those over many rows differ every time. */
const KEPT_MOST = 200;
const KEPT_LENGTH = 2_000;

export type Database = Kysely<Tables>;

/** Where the data lives: a PostgreSQL URL, or the path of an SQLite file. */
export type Location = { url: string } | { file: string };

/**
 * Opens the database and brings its tables up to date. Throws `UserError` when it cannot be reached. `onLost`
 * hears of connections that break later on; queries then fail until the database is back.
 */
export async function openDatabase(
  location: Location,
  { onLost = () => {} }: { onLost?: (error: Error) => void } = {},
): Promise<Database> {
  try {
    const db = connect(location, onLost);
    await migrate(db);
    return db;
  } catch (cause) {
    const [where, setting] =
      'url' in location ? ['PostgreSQL', 'DATABASE_URL'] : [location.file, 'PAPERBOY_STATE_DIR'];
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The database (${where}) cannot be opened: ${why || 'no answer'}. Check ${setting}.`,
      {
        cause,
      },
    );
  }
}

/** The database as it is, its tables up to date. */
export function connect(location: Location, onLost: (error: Error) => void = () => {}): Database {
  return new Kysely({
    dialect: 'url' in location ? postgres(location.url, onLost) : sqlite(location.file),
  });
}

function postgres(url: string, onLost: (error: Error) => void): PostgresDialect {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // A broken connection that nobody listens to ends the process: https://node-postgres.com/apis/pool#error
  pool.on('connect', (client) => client.on('error', onLost));
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

function sqlite(file: string): SqliteDialect {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  // WAL lets the terminal read beside a running bot; FULL makes a committed row survive a power cut. The
  // timeout comes first: entering WAL waits for other processes too.
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  // The same few dozen statements run all day; preparing one costs more than running it.
  const kept = new Map<string, SqliteStatement>();
  return new SqliteDialect({
    database: {
      close: () => db.close(),
      prepare: (sql) => {
        const statement = kept.get(sql) ?? statementOf(db.prepare(sql));
        if (sql.length <= KEPT_LENGTH) kept.set(sql, statement);
        if (kept.size > KEPT_MOST) kept.clear();
        return statement;
      },
    },
  });
}

const statementOf = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (values) => statement.all(...(values as SQLInputValue[])),
  run: (values) => statement.run(...(values as SQLInputValue[])),
  iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
});
