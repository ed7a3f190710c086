/** Bringing in a file, and how far it is told to be, on a real database. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createBring } from '../../src/ops/bring.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createImportStore } from '../../src/store/imports.ts';
import { createPaperStore } from '../../src/store/papers.ts';

const now = () => new Date('2026-11-23T09:00:00Z');

/** A file of one paper, and a bot that tells of imports from their beginning. */
async function open(found: () => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bring-'));
  const db = await openDatabase({ file: join(folder, 'paperboy.db') });
  onTestFinished(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'one.ndjson');
  writeFileSync(path, '{"id":"arxiv:2407.09435","title":"MUSCLE","abstract":"","authors":[]}\n');
  const imports = createImportStore(db, now);
  const follower = { take: async () => {}, found };
  const papers = createPaperStore(db);
  const bring = createBring({ papers, imports, follower, now, log: createLog('silent') });
  return { db, imports, bring: () => bring(path, { quietMs: 0 }) };
}

test('an import goes on where nobody can be told how far it is', async () => {
  const { db, bring } = await open(async () => {});
  await db.schema.dropTable('imports').execute();
  expect(await bring()).toMatchObject({ added: 1, faults: [] });
});

test('an import that failed is not told of any more', async () => {
  const told: unknown[] = [];
  const { imports, bring } = await open(async () => {
    told.push(await imports.latest());
    throw new Error('not found yet');
  });
  await expect(bring()).rejects.toThrow('not found yet');
  expect(told).toEqual([{ file: 'one.ndjson', papers: 1, share: 1 }]);
  expect(await imports.latest()).toBeUndefined();
});
