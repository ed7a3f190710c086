import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clean,
  codeBlock,
  escaped,
  inlineCode,
  oneLine,
  safeUrl,
} from '../../../src/platforms/discord/escape.ts';
import { hostileText } from '../../fixtures/hostile.ts';
import { read } from './reader.ts';

/** The invisible character that keeps `@everyone` from being coloured. */
const visible = (text: string) => text.replaceAll('\u200b', '');

describe('text from outside', () => {
  test.each([
    '**bold** *italic* __under__ ~~struck~~ ||hidden|| `code` ```block```',
    '# heading',
    'a\n## heading\n- list\n* list\n1. list\n> quote\n>>> quote\n-# small',
    '   - indented\n  1. too\n\t# tab',
    '@everyone and @here and @EVERYONE',
    '<@1234567890> <@!1234567890> <@&1234567890> <#1234567890>',
    '<t:1700000000:R> </paper search:123456> <id:customize> <:smile:123456> <a:wave:123456>',
    ':smile: 12:30:45 ¯\\_(ツ)_/¯',
    '[a paper](https://evil.example/x) [a][b] [x](<javascript:alert(1)>)',
    '\\*not\\* \\\\**a** \\',
    'https://evil.example/**a** steam://run/1 discord.gg/abc',
    'a_b_c __init__ f(x)_1 ^*',
    '<https://evil.example> <javascript:alert(1)>',
  ])('reads as written: %j', (text) => {
    const { text: seen, marks } = read(escaped(text));
    expect(visible(seen)).toBe(clean(text));
    expect(marks).toEqual([]);
  });

  test('reads as written whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { text: seen, marks } = read(escaped(text));
        expect(visible(seen)).toBe(clean(text));
        expect(marks).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('becomes a link only where it shows the whole address', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { text: seen, marks } = read(escaped(text, { links: true }));
        expect(visible(seen)).toBe(clean(text));
        for (const mark of marks) {
          expect(mark).toMatchObject({ kind: 'autolink', target: mark.text });
          expect(mark.text).toMatch(/^https?:\/\//i);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps the address of a repository clickable, without the full stop after it', () => {
    expect(escaped('Code: https://github.com/a_b/c__d.', { links: true })).toBe(
      'Code: <https://github.com/a_b/c__d>.',
    );
  });

  test('holds no character that reorders it or hides in it', () => {
    expect(clean('a\u202eb\u2066c\u200bd\ufeffe\u0000f\u{e0041}g\ud800h\r\ni')).toBe(
      'abcdefg\ufffdh\ni',
    );
    expect(clean('می\u200cخواهم 👩\u200d🔬')).toBe('می\u200cخواهم 👩\u200d🔬');
  });
});

describe('code', () => {
  test('shows backticks as they are, inline', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\\', '*') }), (text) => {
        fc.pre(oneLine(text) !== '');
        const { text: seen, marks } = read(inlineCode(text));
        expect(visible(seen).trim()).toBe(oneLine(text));
        expect(marks.map(({ kind }) => kind)).toEqual(['inlineCode']);
      }),
    );
  });

  test('cannot be left from inside, as a block', () => {
    const { text, marks } = read(codeBlock('a\n```\n@everyone **b**'));
    expect(marks).toHaveLength(1);
    expect(visible(text)).toBe('a\n```\n@everyone **b**');
  });
});

describe('an address', () => {
  test.each([
    ['https://arxiv.org/abs/2407.09435', 'https://arxiv.org/abs/2407.09435'],
    ['https://a.example/x_(y)?q=[1]*2', 'https://a.example/x_%28y%29?q=%5B1%5D%2A2'],
    ['http://münchen.example/ü', 'http://xn--mnchen-3ya.example/%C3%BC'],
    ['https://a.example/\u202egnp.exe', 'https://a.example/gnp.exe'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['https://arxiv.org@evil.example/', undefined],
    ['https://localhost/x', undefined],
    ['https://[::1]/x', undefined],
    ['not an address', undefined],
    [`https://a.example/${'x'.repeat(600)}`, undefined],
  ])('%s is carried as %s', (url, safe) => {
    expect(safeUrl(url, 512)).toBe(safe);
  });
});
