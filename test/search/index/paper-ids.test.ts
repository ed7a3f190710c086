import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachId, packIds } from '../../../src/search/index/paper-ids.ts';
import { atOnce } from '../../../src/sliced.ts';

test('identities come back as they were packed, whatever letters they are written in', () => {
  const named = fc.constantFrom('arxiv:2407.09435', 'doi:10.1000/größe');
  const id = fc.oneof(named, fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(fc.array(id), (ids) => {
      const unpacked: string[] = [];
      atOnce(eachId(atOnce(packIds(ids)), (each) => unpacked.push(each)));
      expect(unpacked).toEqual(ids);
    }),
  );
});
