import { describe, expect, it } from 'vitest';
import { Abbreviations } from '../../../src/search/index/abbreviations.ts';
import { questionOf } from '../../../src/search/index/question.ts';

function learned(...texts: string[]): Abbreviations {
  const abbreviations = new Abbreviations();
  for (const text of texts) for (let paper = 0; paper < 3; paper += 1) abbreviations.learn(text);
  return abbreviations;
}

describe('abbreviations', () => {
  it.each([
    ['We study mixture of zebras (MoZ) at scale.', 'moz', 'mixtur of zebra'],
    ['Zebra-striped attention networks (ZSANs) win.', 'zsan', 'zebra stripe attent network'],
    ['using Gaussian zebra processes (GZP)', 'gzp', 'gaussian zebra process'],
  ])('are learnt from %s', (text, short, long) => {
    expect(learned(text).longOf(short)).toBe(long);
    expect(learned(text).shortOf(long)).toBe(short);
  });

  it.each([
    ['letters that are not there', 'We propose zebras for all (XYZ).', 'xyz'],
    ['a parenthesis over the end of a sentence', 'It works. And (IWA) goes on', 'iwa'],
    ['a single word', 'Transformers (T)', 't'],
    ['a stop word', 'We answer how zebras out (WHO)', 'who'],
  ])('are not learnt from %s', (_, text, short) => {
    expect(learned(text).longOf(short)).toBeUndefined();
  });

  it('need several papers, and most of them', () => {
    const abbreviations = new Abbreviations();
    abbreviations.learn('the zebra loss (ZL)');
    expect(abbreviations.longOf('zl')).toBeUndefined();
    const disputed = learned('zebra loss (ZL)', 'zonal lifting (ZL)', 'zinc leaching (ZL)');
    expect(disputed.longOf('zl')).toBeUndefined();
  });

  it('go on from what was met', () => {
    const again = new Abbreviations();
    for (const met of learned('the zebra loss (ZL)').met()) again.add(met);
    expect(again.longOf('zl')).toBe('zebra loss');
  });

  it('add what is meant to a question, for less than what was said', () => {
    const { terms, row } = questionOf(['routing in MoE'], new Abbreviations());
    expect(terms.get('moe')).toBe(1);
    expect(terms.get('mixtur')).toBeLessThan(0.5);
    expect(row).toEqual(['rout', 'moe']);
    const long = questionOf(['mixture', 'of experts'], new Abbreviations());
    expect(long.terms.has('moe')).toBe(false);
    expect(questionOf(['mixture of experts'], new Abbreviations()).terms.has('moe')).toBe(true);
  });
});
