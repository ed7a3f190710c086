import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openDatabase } from '../../src/store/database.ts';

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
