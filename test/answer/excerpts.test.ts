import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptsOf } from '../../src/answer/excerpts.ts';

const rarity = { papers: 1_000, having: (term: string) => (term === 'model' ? 900 : 3) };
const filler = 'Every model has its use, as we said before.';
const sections = [
  { name: '1 Introduction', text: Array<string>(400).fill(filler).join('\n\n') },
  {
    name: '4 Results',
    text: `${filler}\n\nNegative flips fall to 4.9 % with the adapter.\n\n${filler}`,
    url: 'https://arxiv.org/html/2407.09435#S4',
  },
];

test('of a long text the paragraphs with the rare words are read, under their heading', () => {
  expect(excerptsOf('How far do negative flips fall?', sections, { rarity, room: 60 })).toEqual([
    { ...sections[1], text: 'Negative flips fall to 4.9 % with the adapter.' },
  ]);
  const more = excerptsOf('Does the model flip?', sections, { rarity, room: 300 });
  expect(more.map(({ name }) => name)).toEqual(['1 Introduction', '4 Results']);
  expect(excerptsOf('What of zebras?', sections, { rarity, room: 300 })).toEqual([]);
});

test('whatever is asked, excerpts stand word for word in the text and fit the room', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(500), (question, room) => {
      const found = excerptsOf(question, sections, { rarity, room });
      expect(found.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(room + 900);
      for (const { name, text } of found) {
        const whole = sections.find((section) => section.name === name)?.text.split('\n\n');
        for (const paragraph of text.split('\n\n')) expect(whole).toContain(paragraph);
      }
    }),
    { numRuns: 100 },
  );
});
