/** Papers and texts that would break out of a message if they could. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';
import { Paper } from '../../../src/model/paper.ts';
import { paperBlock } from '../../../src/reply/paper.ts';
import type { Block, Button, PaperBlock, Reply } from '../../../src/reply/reply.ts';
import type { Span, Text } from '../../../src/reply/text.ts';

const Awkward = z.looseObject({
  ...Paper.pick({ id: true, title: true, abstract: true, authors: true, categories: true }).shape,
  published: z.string().optional(),
  url: z.url().optional(),
});

/** Real records: the committed ones, and those of the file that HOSTILE_PAPERS names. */
export function awkwardPapers(): PaperBlock[] {
  const files = [
    new URL('../../fixtures/hostile-papers.ndjson', import.meta.url),
    ...(process.env.HOSTILE_PAPERS ? [process.env.HOSTILE_PAPERS] : []),
  ];
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  return lines.flatMap((line, i) => {
    const parsed = Awkward.safeParse(withoutNulls(JSON.parse(line)));
    return parsed.success ? [paperBlock(parsed.data, { number: i + 1 })] : [];
  });
}

function withoutNulls(record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

/** Pieces of Slack's markup, things that call people, and characters nobody sees. */
export const pieces = [
  '<!channel>',
  '<!here|here>',
  '<!subteam^S123|@staff>',
  '<@U0ADA>',
  '<#C123|general>',
  '<https://evil.example|https://good.example>',
  '<!date^1392734382^{date}|x>',
  '@everyone',
  '@channel',
  '*bold*',
  '_slanted_',
  '~gone~',
  '`code`',
  '```',
  '> quoted',
  '&gt; quoted',
  '&lt;!channel&gt;',
  '&amp;lt;',
  ':fire:',
  '[text](https://evil.example)',
  '$\\alpha$',
  '\\textbf{x}',
  'A*',
  '\u202etxet desrever',
  '\u2067isolated\u2069',
  '\u200b\u200d\ufeff',
  'سلام',
  '👩‍👩‍👧‍👦',
  'é',
  '\n',
  '\r\n',
  ' ',
  '\ud800',
  '&',
  '<',
  '>',
] as const;

export const hostileText = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.lorem({ maxCount: 3 })), { maxLength: 12 })
    .map((all) => all.join(' ')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join('')),
  fc
    .tuple(fc.constantFrom(...pieces, 'word ', 'x'), fc.integer({ min: 1, max: 4_000 }))
    .map(([piece, n]) => piece.repeat(n).slice(0, 10_000)),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const hostileUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://good.example@evil.example/',
    'https://a.example/|x>y<z?a=1&b=2',
    'https://a.example/\u202egnp.exe',
    `https://a.example/${'x'.repeat(5_000)}`,
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
  fc.record({ kind: fc.constant('link' as const), text: hostileText, url: hostileUrl }),
);
const text: fc.Arbitrary<Text> = fc.array(span, { maxLength: 5 });

const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    label: hostileText,
    invocation: fc.record({
      command: fc.constant('show'),
      args: fc.record({ paper: hostileText }),
    }),
    effect: fc.constantFrom('replace' as const, 'answer' as const),
  }),
  fc.record({ kind: fc.constant('link' as const), label: hostileText, url: hostileUrl }),
);
const buttons = fc.array(button, { maxLength: 30 });

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: hostileText }),
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 12 }) }),
  fc.record({ kind: fc.constant('note' as const), text }),
  fc.record({ kind: fc.constant('code' as const), text: hostileText }),
  fc.record({ kind: fc.constant('buttons' as const), buttons }),
  fc.record({
    kind: fc.constant('paper' as const),
    id: fc.constant(Paper.shape.id.parse('arxiv:2407.09435')),
    number: fc.nat({ max: 20 }),
    title: hostileText,
    url: hostileUrl,
    facts: fc.array(hostileText, { maxLength: 4 }),
    body: text,
    reason: text,
    thumbnail: hostileUrl,
    buttons,
  }),
);

export const hostileReply: fc.Arbitrary<Reply> = fc.record({
  visibility: fc.constantFrom('asker' as const, 'channel' as const),
  summary: hostileText,
  blocks: fc.array(block, { maxLength: 25 }),
});
