import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openDatabase } from '../../src/store/database.ts';
import { freshDatabase } from '../fakes/postgres-global.ts';

test('a database that cannot be reached is a sentence that names the setting and no password', async () => {
  const url = 'postgres://paperboy:hunter2@127.0.0.1:1/paperboy';
  const error: unknown = await openDatabase({ url }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain('DATABASE_URL');
  expect(String(error)).not.toContain('hunter2');
});

test('a state folder that cannot be made is a sentence that names the setting', async () => {
  await expect(openDatabase({ file: '/dev/null/state/paperboy.db' })).rejects.toThrow(
    /PAPERBOY_STATE_DIR/,
  );
});

test('connections that PostgreSQL ends, idle or at work, are told of and replaced', async () => {
  const url = await freshDatabase();
  const lost: string[] = [];
  const db = await openDatabase({ url }, { onLost: ({ message }) => lost.push(message) });
  const other = await openDatabase({ url });
  onTestFinished(async () => {
    await Promise.all([db.destroy(), other.destroy()]);
  });
  const atWork = sql`select pg_sleep(30)`.execute(db).catch(String);
  await db.selectFrom('channels').selectAll().execute();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(other);
  expect(await atWork).toContain('terminating connection');
  await expect.poll(() => lost.length).toBeGreaterThan(1);
  expect(await db.selectFrom('channels').selectAll().execute()).toEqual([]);
});
