/** Texts and papers that try to break out of what shows them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { z } from 'zod';
import { Paper, paperIdOf } from '../../../src/model/paper.ts';
import type { PaperBlock } from '../../../src/reply/reply.ts';
import { bold, italic, plain, type Text } from '../../../src/reply/text.ts';

const pieces = [
  ...[
    '*',
    '**',
    '***',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '```',
    '\\',
    '#',
    '# ',
    '- ',
    '1. ',
    '> ',
    '-# ',
  ],
  ...['[', ']', '(', ')', '](', '<', '>', '@', ':', '/', '.', '\n', '\n\n', ' ', '\t', '\r\n'],
  ...[
    '@everyone',
    '@here',
    '<@123456789012345678>',
    '<@&123456789012345678>',
    '<#123456789012345678>',
  ],
  ...[
    '<t:1700000000:R>',
    '</paper search:123456789012345678>',
    '<id:customize>',
    '<:a:12345678901>',
  ],
  ...[
    ':smile:',
    'https://evil.example/a_b',
    'http://x.y/(z)',
    'https://',
    'steam://run',
    '://',
    'http',
  ],
  ...[
    '[arXiv](https://evil.example)',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u0000',
    '\ud83d',
    '👩‍🔬',
    'é',
    'ש',
  ],
  ...[
    'a',
    'word',
    '12',
    '$x_1^2$',
    '\\textbf{x}',
    '&amp;',
    '<b>',
    '\u2028',
    '\u00a0',
    '¯\\_(ツ)_/¯',
  ],
];

/** Pieces of markup and words in any order, beside text of any characters. */
export function hostileText(): fc.Arbitrary<string> {
  const mixed = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((all) => all.join(''));
  return fc.oneof(
    { weight: 4, arbitrary: mixed },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );
}

export function hostileSpans(): fc.Arbitrary<Text> {
  const span = fc
    .tuple(fc.constantFrom(plain, bold, italic), hostileText())
    .map(([make, text]) => make(text));
  return fc.array(span, { maxLength: 8 });
}

const url = fc.oneof(fc.webUrl(), hostileText());

export function hostilePaper(): fc.Arbitrary<PaperBlock> {
  const long = fc.tuple(hostileText(), fc.nat(400)).map(([text, times]) => text.repeat(times + 1));
  return fc
    .record({
      number: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
      title: fc.oneof(hostileText(), long),
      url: fc.option(url, { nil: undefined }),
      thumbnail: fc.option(url, { nil: undefined }),
      facts: fc.array(hostileText(), { maxLength: 5 }),
      body: fc.oneof(
        hostileSpans(),
        long.map((text) => [plain(text)]),
      ),
      reason: fc.option(hostileSpans(), { nil: undefined }),
    })
    .map(({ number, url, thumbnail, reason, ...paper }) => ({
      kind: 'paper' as const,
      id: paperIdOf({ title: paper.title || 'x' }),
      ...paper,
      ...(number === undefined ? {} : { number }),
      ...(url === undefined ? {} : { url }),
      ...(thumbnail === undefined ? {} : { thumbnail }),
      ...(reason === undefined ? {} : { reason }),
      buttons: [
        run('Show', 'show', paper.title),
        run('Similar', 'similar', paper.title),
        ...(url === undefined ? [] : [{ kind: 'link' as const, label: 'Link', url }]),
      ],
    }));
}

function run(label: string, command: string, paper: string) {
  return {
    kind: 'run' as const,
    label,
    effect: 'answer' as const,
    invocation: { command, args: { paper } },
  };
}

const Awkward = z.object({
  case: z.string(),
  id: z.string(),
  title: z.string(),
  abstract: z.string().default(''),
  authors: z.array(z.string()).default([]),
  categories: z.array(z.string()).default([]),
  published: z.string().optional(),
});

/** Real awkward records: a few that are here, and those of the file that EDGE_CASES names, when it is set. */
export function awkwardPapers(): Paper[] {
  const own = fileURLToPath(new URL('../../fixtures/hostile-papers.ndjson', import.meta.url));
  const more = process.env.EDGE_CASES ? [process.env.EDGE_CASES] : [];
  return [own, ...more].flatMap((file) =>
    readFileSync(file, 'utf8').split('\n').filter(Boolean).flatMap(awkwardPaper),
  );
}

/** Nothing for a line of the collection that tells of two papers at once. */
function awkwardPaper(line: string): Paper[] {
  const { data } = Awkward.safeParse(JSON.parse(line));
  if (!data) return [];
  const { case: _, id, ...paper } = data;
  return [Paper.parse({ ...paper, id: id.replace(/\s/g, ''), url: 'https://arxiv.org/abs/1' })];
}
