/** Replies made of what tries to break out of a page or a terminal. */
import fc from 'fast-check';
import { PaperId } from '../../../src/model/paper.ts';
import type { Block, Button, Reply } from '../../../src/reply/reply.ts';
import type { Span, Text } from '../../../src/reply/text.ts';

const pieces = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<!--',
  '-->',
  ']]>',
  '"><svg onload=alert(1)>',
  "' onclick='alert(1)",
  '<style>*{display:none}</style>',
  '</p></div></article>',
  '<a href="javascript:alert(1)">',
  '&lt;b&gt;',
  '&#x3c;',
  '&amp',
  '<',
  '>',
  '"',
  "'",
  '&',
  '`',
  '/paper search',
  '/paper "><b>',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u009b2J',
  '\u0007',
  '\u0000',
  '\u202etxet desrever',
  '\u2067isolated\u2069',
  '\u200b',
  '\ufeff',
  'سلام',
  '👩‍👩‍👧‍👦',
  '\ud800',
  '\u2028',
  '\n',
  '\r\n',
  '\t',
  ' ',
];

export const hostileText = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.lorem({ maxCount: 3 })), { maxLength: 10 })
    .map((all) => all.join(' ')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join('')),
  fc
    .tuple(fc.constantFrom(...pieces, 'x'), fc.integer({ min: 1, max: 3_000 }))
    .map(([piece, n]) => piece.repeat(n).slice(0, 10_000)),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'https://arxiv.org@evil.example/',
    'https://a.example/"onmouseover="alert(1)',
    'https://a.example/\u202egnp.exe\u001b]8;;',
    '//evil.example',
    'not a url',
    '',
  ),
);

const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: hostileText }),
  fc.record({
    kind: fc.constant('text' as const),
    text: hostileText,
    style: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const),
  }),
  fc.record({ kind: fc.constant('link' as const), text: hostileText, url }),
);
const text: fc.Arbitrary<Text> = fc.array(span, { maxLength: 5 });

const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    label: hostileText,
    invocation: fc.record({
      command: fc.constantFrom('show', 'search'),
      args: fc.oneof(fc.record({ paper: hostileText }), fc.record({ query: hostileText })),
    }),
    effect: fc.constantFrom('replace' as const, 'answer' as const),
    style: fc.constantFrom('primary' as const, 'danger' as const),
  }),
  fc.record({ kind: fc.constant('link' as const), label: hostileText, url }),
);
const buttons = fc.array(button, { maxLength: 6 });

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: hostileText }),
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('note' as const), text }),
  fc.record({ kind: fc.constant('code' as const), text: hostileText }),
  fc.record({ kind: fc.constant('buttons' as const), buttons }),
  fc.record({
    kind: fc.constant('paper' as const),
    id: fc.constant(PaperId.parse('arxiv:2407.09435')),
    number: fc.nat({ max: 20 }),
    title: hostileText,
    url,
    facts: fc.array(hostileText, { maxLength: 4 }),
    body: text,
    reason: text,
    thumbnail: url,
    buttons,
  }),
);

export const hostileReply: fc.Arbitrary<Reply> = fc.record({
  visibility: fc.constantFrom('asker' as const, 'channel' as const),
  summary: hostileText,
  blocks: fc.array(block, { maxLength: 8 }),
});
