import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clean,
  hyperlink,
  literal,
  typed,
  webAddress,
} from '../../../src/platforms/slack/escape.ts';
import { mrkdwn } from '../../../src/platforms/slack/mrkdwn.ts';
import { bold, code, italic, link, plain, say } from '../../../src/reply/text.ts';
import { hostileText } from '../../fixtures/hostile.ts';
import { read } from './judge.ts';

describe('text from outside', () => {
  test.each([
    ['<!channel> look', '&lt;!channel&gt; look'],
    ['Q&A', 'Q&amp;A'],
    ['snake_case and 2 * 3', 'snake_case and 2 * 3'],
    ['A* search', 'A* search'],
    ['*bold*', '∗bold*'],
    ['_x_ ~y~', 'ˍx_ ∼y~'],
    ['`tick`', 'ˋtickˋ'],
    ['> quote', '› quote'],
    ['at:09:00 on:mon', 'at:09:00 on:mon'],
    [':fire:', ':\u200bfire:'],
  ])('%j is shown as it is', (text, markup) => {
    expect(literal(text)).toBe(markup);
  });

  test('reads back as the same words, whatever marks it holds', () => {
    const alike = (text: string) =>
      text
        .replaceAll('∗', '*')
        .replaceAll('ˍ', '_')
        .replaceAll('∼', '~')
        .replaceAll('ˋ', '`')
        .replace(/^[ \t]*[>›]/gm, '>');
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = clean(text).replaceAll(/https?:/g, 'web:');
        const seen = read(mrkdwn([plain(shown)], 100_000)).text.replaceAll('\u200b', '');
        expect(alike(seen)).toBe(alike(shown));
      }),
      { numRuns: 300 },
    );
  });

  test('keeps no character that turns the direction or hides', () => {
    expect(clean('a\u202eb\u2066c\u200bd\u0007e\r\nf\ud800')).toBe('abcde\nf\ufffd');
  });
});

describe('spans', () => {
  test('become marks, with white space outside of them', () => {
    expect(mrkdwn(say`on ${bold(' model merging ')}now`, 100)).toBe('on  *model merging* now');
    expect(mrkdwn(say`${italic('a')} ${code('b`c')}`, 100)).toBe('_a_ `bˋc`');
  });

  test('inside a word are parted by a gap nobody sees, without which Slack shows the marks', () => {
    expect(mrkdwn([plain('pre'), bold('merg'), plain('ing')], 100)).toBe(
      'pre\u200b*merg*\u200bing',
    );
    expect(mrkdwn([bold('a'), italic('b')], 100)).toBe('*a*\u200b_b_');
    expect(mrkdwn([plain('…'), bold('a'), plain('…')], 100)).toBe('…*a*…');
  });

  test('that are too long are shortened as text, so that no mark stays open', () => {
    const shown = mrkdwn([plain('x '), bold('&'.repeat(500))], 100);
    expect(shown.length).toBeLessThanOrEqual(100);
    expect(shown).toMatch(/^x \*(&amp;)+…\*$/);
  });

  test('keep the space before a word that is cut', () => {
    expect(mrkdwn([bold('one'), plain(' two three four five six')], 20)).toMatch(
      /^\*one\* two three…$/,
    );
  });
});

describe('a link', () => {
  test('opens web addresses only, without a name that poses as the host', () => {
    expect(webAddress('javascript:alert(1)')).toBeUndefined();
    expect(webAddress('https://good.example@evil.example/x')).toBe('https://evil.example/x');
    expect(mrkdwn([link('here', 'file:///etc/passwd')], 100)).toBe('here');
  });

  test('keeps its address whole whatever stands in it', () => {
    const markup = mrkdwn([link('a > b | c', 'https://x.example/?a=1&b=<|>')], 200);
    expect(read(markup)).toMatchObject({
      text: 'a > b | c',
      links: [{ label: 'a > b | c', url: 'https://x.example/?a=1&b=%3C%7C%3E' }],
    });
  });

  test.each([
    ['https://good.example', ' (evil.example)'],
    ['www.good.example', ' (evil.example)'],
    ['good.example/x//evil.example', ' (evil.example)'],
    ['https://good.example@evil.example/', ' (evil.example)'],
    ['https://evil.example/x', ''],
    ['TCP/IP, and/or Node.js', ''],
  ])('with the words %s says the real host when these name another address', (label, host) => {
    const url = 'https://evil.example/';
    expect(hyperlink(url, label)).toBe(`<${url}|${label}${host}>`);
  });
});

describe('what a person typed', () => {
  test.each([
    ['show <https://arxiv.org/abs/2407.09435>', 'show https://arxiv.org/abs/2407.09435'],
    ['search category:<http://cs.CL|cs.CL>', 'search category:cs.CL'],
    ['show <https://arxiv.org/abs/2407.09435|this one>', 'show https://arxiv.org/abs/2407.09435'],
    ['search Q&amp;A &lt;think&gt;', 'search Q&A <think>'],
    ['search a<b>c', 'search a<b>c'],
    ['ask <@U0ADA|ada> in <#C1|papers>', 'ask <@U0ADA|ada> in <#C1|papers>'],
    ['<!here> <!subteam^S1|@staff>', '@here @staff'],
    ['mail <mailto:a@b.example|a@b.example>', 'mail a@b.example'],
  ])('%j is read as %j', (received, words) => {
    expect(typed(received)).toBe(words);
  });
});
