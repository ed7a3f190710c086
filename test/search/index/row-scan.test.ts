import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paperIdOf } from '../../../src/model/paper.ts';
import { testOf } from '../../../src/query/match.ts';
import { entryOf } from '../../../src/search/index/entry.ts';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { papersFor } from '../../../src/search/index/rank.ts';

const about = { now: new Date('2025-03-14T09:00:00Z'), keyOf: () => undefined };
/** So few that rows begin again inside themselves: `few shot few shot learning`. */
const said = (max: number) =>
  fc
    .array(fc.constantFrom('few', 'shot', 'few-shot', 'the'), { minLength: 1, maxLength: max })
    .map((words) => words.join(' '));

test('a row is found wherever a paper has it, however it begins anew', () => {
  fc.assert(
    fc.property(said(9), said(14), said(5), (title, abstract, phrase) => {
      const paper = {
        id: paperIdOf({ arxiv: '2401.00001', title }),
        title,
        abstract,
        authors: [],
        categories: [],
      };
      const index = new PaperIndex();
      index.put([entryOf(paper, 1)]);
      const [shelf] = index.shelves;
      const condition = { kind: 'phrase', text: phrase } as const;
      const found = shelf && papersFor(condition, shelf, about).length > 0;
      expect(found).toBe(testOf(condition, about)(paper));
    }),
    { numRuns: 1_000 },
  );
});
