/** Completion, likeness and spelling over the index, each against what is plainly right. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/model/paper.ts';
import { entryOf } from '../../../src/search/index/entry.ts';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { similarTo } from '../../../src/search/index/similar.ts';
import { spellerOf } from '../../../src/search/index/spelling.ts';
import { suggest } from '../../../src/search/index/suggest.ts';
import { isStopWord, stopWords } from '../../../src/text/stopwords.ts';
import { readings } from '../../../src/text/tokens.ts';
import { now, seedPapers } from '../seed.ts';

function indexOf(papers: readonly Paper[]): PaperIndex {
  const index = new PaperIndex();
  index.put(papers.map((paper, i) => entryOf(paper, i + 1)));
  return index;
}

const seeds = indexOf(seedPapers);

describe('suggest', () => {
  it('offers exactly the papers whose title and names have the words, the last one begun', () => {
    const wordsOf = ({ title, authors }: Paper) =>
      [title, ...authors].flatMap((text) => readings(text).apart);
    const typed = fc
      .tuple(
        fc.constantFrom(...seedPapers),
        fc.array(fc.nat(), { maxLength: 2 }),
        fc.nat(),
        fc.nat(),
      )
      .map(([paper, whole, last, length]) => {
        const words = wordsOf(paper);
        const pick = (n: number) => words[n % words.length];
        const begun = pick(last)?.word ?? '';
        return {
          whole: whole.flatMap((n) => pick(n) ?? []),
          begun: begun.slice(0, 1 + (length % begun.length)),
        };
      });
    fc.assert(
      fc.property(typed, ({ whole, begun }) => {
        const right = seedPapers.flatMap((paper, i) => {
          const { joined } = readings([paper.title, ...paper.authors].join('\n'));
          const words = [...wordsOf(paper), ...joined];
          const has = whole.every(({ term }) => words.some((each) => each.term === term));
          return has && words.some(({ word }) => word.startsWith(begun)) ? [i + 1] : [];
        });
        const said = [...whole.map(({ word }) => word), begun].join(' ');
        // A stop word alone is nothing to look for.
        const isSubject = whole.some(({ term }) => !isStopWord(term));
        fc.pre(isSubject || ![...stopWords].some((word) => word.startsWith(begun)));
        // What was typed may read as other words than it was made of.
        fc.pre(readings(said).apart.at(-1)?.word === begun);
        fc.pre(readings(said).apart.length === whole.length + 1);
        expect(suggest(seeds, said, 200).sort((a, b) => a - b)).toEqual(right);
      }),
      { numRuns: 300 },
    );
  });
});

describe('similarTo', () => {
  it('folds what is the paper itself under another identity', () => {
    const [paper] = seedPapers;
    if (!paper) throw new Error('no papers');
    const twin = { ...paper, title: `${paper.title}.`, authors: [] };
    const index = indexOf([...seedPapers, twin]);
    const about = { now, keyOf: () => undefined };
    const { others, copies } = similarTo(1, index, about);
    expect(others.map(({ key }) => key)).not.toContain(seedPapers.length + 1);
    expect(copies).toEqual([seedPapers.length + 1]);
    expect(others.length).toBeGreaterThan(0);
  });
});

describe('spelling', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const usual = ['transformer', 'evolutionary', 'distillation', 'multilingual', 'attention'];

  it('finds the word of every single slip that makes no other word', () => {
    const slip = fc.record({
      word: fc.constantFrom(...usual),
      at: fc.nat({ max: 20 }),
      way: fc.constantFrom('left out', 'added', 'changed', 'swapped'),
      letter: fc.constantFrom(...letters),
    });
    fc.assert(
      fc.property(slip, ({ word, at, way, letter }) => {
        const i = 1 + (at % (word.length - 2));
        const [head, here, next, tail] = [
          word.slice(0, i),
          word.charAt(i),
          word.charAt(i + 1),
          word.slice(i + 2),
        ];
        const typed = {
          'left out': head + next + tail,
          added: head + letter + here + next + tail,
          changed: head + letter + next + tail,
          swapped: head + next + here + tail,
        }[way];
        fc.pre(seeds.having(readings(typed).apart[0]?.term ?? '') === 0);
        const [right] = readings(spellerOf(seeds, 1).spell(typed)).apart;
        expect(right?.term).toBe(readings(word).apart[0]?.term);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['транформер', 'трансфформер', 'трансфермер', 'траснформер'])(
    'finds a word of other letters for %s',
    (typed) => {
      const [paper] = seedPapers;
      if (!paper) throw new Error('no papers');
      const index = indexOf([{ ...paper, title: 'Трансформер' }]);
      expect(spellerOf(index, 1).spell(typed)).toBe('трансформер');
    },
  );

  it('leaves alone what is too long to be a word', () => {
    const long = 'evolution'.repeat(5);
    const [paper] = seedPapers;
    if (!paper) throw new Error('no papers');
    const index = indexOf([{ ...paper, title: long }]);
    expect(spellerOf(index, 1).spell(`${long}s`)).toBe(`${long}s`);
  });
});
