import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/query/parse.ts';
import { printQuery } from '../../../src/query/print.ts';
import { inBothForms } from '../../../src/search/both-forms.ts';
import { Abbreviations } from '../../../src/search/index/abbreviations.ts';
import { questionOf } from '../../../src/search/index/question.ts';

function learned(...texts: string[]): Abbreviations {
  const abbreviations = new Abbreviations();
  for (const text of texts) for (let paper = 0; paper < 3; paper += 1) abbreviations.learn(text);
  return abbreviations;
}

describe('abbreviations', () => {
  it.each([
    ['We study Mixture of  Zebras (MoZ) at scale.', 'moz', 'mixtur of zebra', 'mixture of zebras'],
    [
      'Zebra-striped attention networks (ZSANs) win.',
      'zsan',
      'zebra stripe attent network',
      'zebra-striped attention networks',
    ],
    [
      'using Gaussian zebra processes (GZP)',
      'gzp',
      'gaussian zebra process',
      'gaussian zebra processes',
    ],
    [
      'Zonal zebra optimization (ZZO) is new.',
      'zzo',
      'zonal zebra optim',
      'zonal zebra optimization',
    ],
  ])('are learnt from %s', (text, short, long, written) => {
    expect(learned(text).longOf(short)).toBe(long);
    expect(learned(text).writtenOf(short)).toBe(written);
    expect(learned(text).shortOf(long.replace(' of ', ' '))).toBe(short);
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
    expect(again.writtenOf('zl')).toBe('zebra loss');
  });

  it('add what is meant to a question, for less than what was said', () => {
    const { terms, row } = questionOf(['routing in MoE'], new Abbreviations());
    expect(terms.get('moe')).toBe(1);
    expect(terms.get('mixtur')).toBeLessThan(0.5);
    expect(row).toEqual(['rout', 'moe']);
    const meant = (...texts: string[]) => questionOf(texts, new Abbreviations()).terms;
    expect(meant('mixture of experts').has('moe')).toBe(true);
    expect(meant('mixture', 'of experts').has('moe')).toBe(false);
  });
});

describe('a query in both forms', () => {
  it.each([
    ['rlhf', 'rlhf OR "reinforcement learning from human feedback"'],
    ['RLHF -survey', '(RLHF OR "reinforcement learning from human feedback") -survey'],
    ['"mixture of experts"', '"mixture of experts" OR moe'],
    ['mixture of experts', 'mixture experts OR moe'],
    ['routing mixture of experts since:2024', 'routing (mixture experts OR moe) since:2024'],
    ['merging OR moe', 'merging OR moe OR "mixture of experts"'],
    ['moe sort:new', 'moe OR "mixture of experts" sort:new'],
  ])('of %s is %s', (typed, both) => {
    const query = inBothForms(parseQuery(typed), new Abbreviations());
    expect(query && printQuery(query)).toBe(both);
    expect(query && parseQuery(both)).toEqual(query);
  });

  it.each(['model merging', '-moe merging', 'experts mixture', 'category:cs.CL', 'author:moe'])(
    'of %s is none',
    (typed) => expect(inBothForms(parseQuery(typed), new Abbreviations())).toBeUndefined(),
  );
});
