import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PaperId } from '../../src/model/paper.ts';
import type { Block, PaperBlock, Reply } from '../../src/reply/reply.ts';
import { bold, code, italic, link, say } from '../../src/reply/text.ts';
import { renderReply, type Screen } from '../../src/terminal/render.ts';
import { hostileReply } from '../fixtures/hostile.ts';

const codes = { bold: [1, 22], italic: [3, 23], dim: [2, 22], underline: [4, 24] } as const;

const plain: Screen = {
  columns: 60,
  style: (_, text) => text,
  links: false,
  shell: (line) => `$ ${line}`,
  format: ({ command, args }) => [command, ...Object.values(args)].join(' '),
};
const colours: Screen = {
  ...plain,
  style: (format, text) => `\u001b[${codes[format][0]}m${text}\u001b[${codes[format][1]}m`,
  links: true,
};

const reply = (...blocks: Block[]): Reply => ({ visibility: 'asker', summary: 'Words.', blocks });

const paper: PaperBlock = {
  kind: 'paper',
  id: PaperId.parse('arxiv:2407.09435'),
  number: 2,
  title: 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution',
  url: 'https://arxiv.org/abs/2407.09435',
  facts: ['Jessica Echterhoff et al.', '12 Jul 2024'],
  body: say`On ${bold('model')} updates.`,
  reason: say`matches ${italic('llm')}`,
  buttons: [
    {
      kind: 'run',
      label: 'Show',
      effect: 'answer',
      invocation: { command: 'show', args: { paper: 'arxiv:2407.09435' } },
    },
    { kind: 'link', label: 'Link', url: 'https://arxiv.org/abs/2407.09435' },
  ],
};

test('a paper hangs on its number, its address whole on a line of its own, its command at the end', () => {
  expect(renderReply(reply(paper), plain)).toBe(`\
 2. MUSCLE: A Model Update Strategy for Compatible LLM
    Evolution
    Jessica Echterhoff et al. · 12 Jul 2024
    On model updates.
    matches llm
    https://arxiv.org/abs/2407.09435

more:
  Show  $ show arxiv:2407.09435
`);
});

test('five papers have one hint for each label, and nobody is asked to share', () => {
  const share: Block = {
    kind: 'buttons',
    buttons: [
      {
        kind: 'run',
        label: 'Share here',
        effect: 'answer',
        invocation: { command: 'search', args: { query: 'tea', share: true } },
      },
      {
        kind: 'run',
        label: 'Next ▶',
        effect: 'replace',
        invocation: { command: 'search', args: { query: 'tea', page: 2 } },
      },
      { kind: 'link', label: 'Site', url: 'https://example.org/' },
      { kind: 'link', label: 'Bad', url: 'javascript:alert(1)' },
    ],
  };
  const [, hints] = renderReply(reply(paper, paper, paper, share), plain).split('more:\n');
  expect(hints).toBe(
    '  Show    $ show arxiv:2407.09435\n  Next ▶  $ search tea 2\n  Site    https://example.org/\n',
  );
});

test('text, lists, notes and code read well without colours', () => {
  const text = renderReply(
    reply(
      { kind: 'heading', text: 'Topics' },
      {
        kind: 'text',
        text: say`Try ${code('/paper topics')} or ${link('the site', 'https://a.example/')}.`,
      },
      { kind: 'list', items: [say`${code('/paper search')}: Find`, say`${'word '.repeat(20)}`] },
      { kind: 'code', text: '/paper help\nplain' },
    ),
    plain,
  );
  expect(text).toBe(`\
Topics

Try $ topics or the site (https://a.example/).

• search: Find
• word word word word word word word word word word word
  word word word word word word word word word

  $ help
  plain
`);
});

test('a terminal that can gets a title to click, and styles that end where they should', () => {
  const text = renderReply(reply(paper), colours);
  expect(text).toContain('\u001b]8;;https://arxiv.org/abs/2407.09435\u0007');
  expect(text).toContain('\u001b[1mmodel\u001b[22m');
  expect(stripVTControlCharacters(text)).toBe(renderReply(reply(paper), plain));
});

test('no reply of any content sends the terminal a control of its own', () => {
  fc.assert(
    fc.property(hostileReply, (any) => {
      const text = renderReply(any, { ...colours, format: ({ command }) => command });
      // Our own styles and links, and nothing else.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      const known = /\u001b\[(?:1|2|3|4|22|23|24)m|\u001b\]8;;(?:https?:[!-~]*)?\u0007/g;
      expect(text.replace(known, '')).not.toMatch(
        /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\ud800]/u,
      );
    }),
    { numRuns: 60 },
  );
});

test('text is wrapped to the width, wide characters counted as two', () => {
  const wide = reply({ kind: 'text', text: say`${'論文を読む人のための '.repeat(20)}` });
  const lines = renderReply(wide, plain).split('\n');
  expect(lines.length).toBeGreaterThan(5);
  const columns = (line: string) => [...line].reduce((sum, c) => sum + (c === ' ' ? 1 : 2), 0);
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(60);
});

test('quotes stand behind a bar, over their source with its address', () => {
  const quote: Block = {
    kind: 'quote',
    quotes: [
      say`${bold('Merging')} models works, it is cheap, and nobody knows quite why that is.`,
    ],
    source: [...say`— `, link('MUSCLE', 'https://arxiv.org/abs/2407.09435')],
  };
  expect(renderReply(reply(quote), plain)).toBe(`\
│ Merging models works, it is cheap, and nobody knows quite
│ why that is.
  — MUSCLE (https://arxiv.org/abs/2407.09435)
`);
});
