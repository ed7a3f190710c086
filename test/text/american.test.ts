import { describe, expect, it } from 'vitest';
import { american } from '../../src/text/american.ts';
import { termOf } from '../../src/text/tokens.ts';

describe('american', () => {
  it.each([
    ['modelling', 'modeling'],
    ['unlabelled', 'unlabeled'],
    ['optimisation', 'optimization'],
    ['tokenisers', 'tokenizer'],
    ['generalisability', 'generalizability'],
    ['quantised', 'quantized'],
    ['randomised', 'randomized'],
    ['parallelisation', 'parallelization'],
    ['modernised', 'modernized'],
    ['hybridising', 'hybridizing'],
    ['synthesising', 'synthesizing'],
    ['analysed', 'analyzed'],
    ['behaviours', 'behavior'],
    ['neighbourhood', 'neighborhood'],
    ['dialogues', 'dialog'],
    ['centre', 'center'],
    ['centred', 'centered'],
    ['defences', 'defense'],
    ['artefact', 'artifact'],
    ['greyscale', 'grayscale'],
    ['learnt', 'learned'],
  ])('makes one term of %s and %s', (british, plain) => {
    expect(termOf(british)).toBe(termOf(plain));
  });

  it.each(
    `supervised precise promise noise denoising arise rise pairwise revised expertise comprising enterprise surprise
    four contour source hour preference influence audience sequence inference model calling controlled analysis
    analyses hypothesis synthesis transfer genre training`.split(/\s+/),
  )('leaves %s as it is', (word) => {
    expect(american(word)).toBe(word);
  });
});
