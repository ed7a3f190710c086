import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { freshDatabase } from './postgres-global.ts';

interface Tables {
  words: { id: number; word: string };
}

async function open(connectionString: string) {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString }) }),
  });
  await db.schema
    .createTable('words')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('word', 'text')
    .execute();
  return db;
}

test('each test gets an empty PostgreSQL database of its own', async () => {
  const first = await open(await freshDatabase());
  const second = await open(await freshDatabase());
  await first.insertInto('words').values({ id: 1, word: 'Ångström 論文' }).execute();
  expect(await first.selectFrom('words').select('word').execute()).toEqual([
    { word: 'Ångström 論文' },
  ]);
  expect(await second.selectFrom('words').selectAll().execute()).toEqual([]);
  await first.destroy();
  await second.destroy();
});

test('text sorts by code point, as it does in SQLite', async () => {
  const db = await open(await freshDatabase());
  const words = ['b', 'B', 'a', 'A', 'ä'].map((word, id) => ({ id, word }));
  await db.insertInto('words').values(words).execute();
  const sorted = await db.selectFrom('words').select('word').orderBy('word').execute();
  expect(sorted.map((row) => row.word)).toEqual(['A', 'B', 'a', 'b', 'ä']);
  const { rows } = await sql<{ version: string }>`select version()`.execute(db);
  expect(rows[0]?.version).toMatch(/^PostgreSQL 18/);
  await db.destroy();
});

test('a stopped server is gone', async () => {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  client.on('error', () => {}); // the server cuts this connection when it ends
  await server.stop();
  const again = new pg.Client({ connectionString: server.url('postgres') });
  await expect(again.connect()).rejects.toThrow(/ECONNREFUSED/);
});
