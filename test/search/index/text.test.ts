import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Numbers, UNITS_MAX, writeNumber } from '../../../src/search/index/text.ts';

/** As many as a segment's words can need, those around what one unit holds above all. */
const number = fc.oneof(
  fc.nat(0xfff_ffff),
  fc.integer({ min: 0xeff0, max: 0xf010 }),
  fc.integer({ min: 0xfff0, max: 0x1_0010 }),
);

test('numbers are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(number), (all) => {
      const units = new Uint16Array(all.length * UNITS_MAX);
      let end = 0;
      for (const each of all) end = writeNumber(units, end, each);
      const numbers = new Numbers(units, 0);
      const read = [];
      while (numbers.at < end) read.push(numbers.next());
      expect(read).toEqual(all);
      expect(numbers.at).toBe(end);
    }),
  );
});
