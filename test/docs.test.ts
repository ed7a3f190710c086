import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeWithTables } from '../src/ops/docs.ts';

test('the tables of the README are what the code says (npm run docs writes them)', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readmeWithTables(readme)).toBe(readme);
});
