import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitLines } from '../../src/sources/lines.ts';

async function split(chunks: Buffer[]): Promise<string[]> {
  async function* stream() {
    yield* chunks;
  }
  return (await Array.fromAsync(splitLines(stream()))).map(String);
}

it('finds the same lines wherever the chunks of a file happen to break', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', '\r', 'é', '中', '😀', '\u2028') });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(200)), async (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const at = [
        0,
        ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b),
        bytes.length,
      ];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(await split(chunks)).toEqual(lines);
    }),
  );
});

it('gives a last line that has no newline', async () => {
  expect(await split([Buffer.from('a\n\nb')])).toEqual(['a', '', 'b']);
  expect(await split([])).toEqual([]);
});
