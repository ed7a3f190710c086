/** The import rules of ARCHITECTURE.md, read from the sources themselves. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Room → what it may import: rooms of ours, and packages it is the home of. First match wins. */
const rules: [room: string, allowed: string[]][] = [
  ['src/model/', ['src/model/', 'zod', 'node:crypto']],
  ['src/text/', ['src/text/', 'stemmer', 'unicodeit']],
  [
    'src/query/',
    [
      'src/query/',
      'src/model/',
      'src/text/',
      'src/errors.ts',
      'temporal-polyfill',
      'fastest-levenshtein',
    ],
  ],
  ['src/reply/', ['src/reply/', 'src/model/', 'src/text/', 'src/errors.ts']],
  [
    'src/sources/',
    [
      'src/sources/',
      'src/model/',
      'src/text/',
      'src/errors.ts',
      'zod',
      'temporal-polyfill',
      'undici',
      'ipaddr.js',
      'p-queue',
      'p-retry',
      'feedsmith',
      'fast-xml-parser',
      'entities',
      'biblatex-csl-converter',
    ],
  ],
  ['src/reading/', ['src/reading/', 'src/model/', 'src/text/', 'src/errors.ts', 'parse5', 'unpdf']],
  ['src/embedding/', ['src/embedding/', 'ai', '@ai-sdk/openai-compatible', 'cockatiel']],
  [
    'src/search/',
    [
      'src/search/',
      'src/model/',
      'src/text/',
      'src/query/',
      'src/sliced.ts',
      'src/errors.ts',
      '@orama/orama',
    ],
  ],
  [
    'src/store/',
    [
      'src/store/',
      'src/model/',
      'src/reply/',
      'src/errors.ts',
      'zod',
      'kysely',
      'pg',
      'node:sqlite',
    ],
  ],
  [
    'src/answer/model/',
    [
      'src/answer/',
      'src/model/',
      'src/text/',
      'src/log.ts',
      'ai',
      '@ai-sdk/openai-compatible',
      'cockatiel',
    ],
  ],
  ['src/answer/', ['src/answer/', 'src/model/', 'src/text/', 'src/errors.ts']],
  [
    'src/schedule/',
    ['src/schedule/', 'src/model/', 'src/log.ts', 'node-cron', 'temporal-polyfill'],
  ],
  ['src/digest/select.ts', ['src/model/', 'src/query/']],
  ['src/digest/compose.ts', ['src/reply/', 'src/model/']],
  [
    'src/digest/',
    [
      'src/digest/',
      'src/model/',
      'src/query/',
      'src/reply/',
      'src/schedule/',
      'src/store/',
      'src/platforms/platform.ts',
      'src/command/context.ts',
      'src/sliced.ts',
      'src/errors.ts',
      'src/log.ts',
      'p-queue',
    ],
  ],
  [
    'src/command/',
    [
      'src/command/',
      'src/answer/',
      'src/model/',
      'src/query/',
      'src/reply/',
      'src/text/',
      'src/search/',
      'src/store/',
      'src/errors.ts',
      'src/log.ts',
      'zod',
      'fastest-levenshtein',
    ],
  ],
  ['src/platforms/platform.ts', ['src/model/', 'src/reply/']],
  ['src/platforms/pace.ts', ['src/platforms/platform.ts']],
  ['src/platforms/once.ts', []],
  ['src/platforms/chunks.ts', []],
  ['src/platforms/connect.ts', ['src/platforms/platform.ts', 'src/errors.ts', 'src/log.ts']],
  [
    'src/platforms/draft.ts',
    ['src/platforms/platform.ts', 'src/command/live.ts', 'src/reply/', 'src/log.ts'],
  ],
  ['src/platforms/slack/', ['src/platforms/slack/', '@slack/']],
  ['src/platforms/discord/', ['src/platforms/discord/', 'discord.js']],
  ['src/platforms/local/', ['src/platforms/local/', 'src/store/messages.ts', 'hono', '@hono/']],
  [
    'commands/',
    ['commands/', 'src/command/', 'src/model/', 'src/query/', 'src/reply/', 'src/errors.ts', 'zod'],
  ],
];

/** What every platform may import besides its own. */
const platform = [
  'src/platforms/platform.ts',
  'src/platforms/pace.ts',
  'src/platforms/draft.ts',
  'src/platforms/once.ts',
  'src/platforms/chunks.ts',
  'src/command/',
  'src/model/',
  'src/reply/',
  'src/text/',
  'src/config.ts',
  'src/errors.ts',
  'src/log.ts',
  'zod',
];

/** Rooms that may import anything, and the files at the root of src that wire or stand alone. */
const free = [
  'src/ops/',
  'src/terminal/',
  'src/main.ts',
  'src/paperboy.ts',
  'src/config.ts',
  'src/environment.ts',
  'src/log.ts',
  'src/errors.ts',
  'src/sliced.ts',
];

const files = globSync(['src/**/*.ts', 'commands/**/*.ts']);

function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s(?:[^'"]*?from\s)?'([^']+)'/gm,
  );
  return [...found].map(([, target = '']) =>
    target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
  );
}

function allowedFor(file: string): string[] | undefined {
  const rule = rules.find(([room]) => file.startsWith(room));
  if (!rule) return undefined;
  return /^src\/platforms\/\w+\//.test(file) ? [...rule[1], ...platform] : rule[1];
}

test('the rules are read from every source file, and see their imports', () => {
  expect(files.length).toBeGreaterThan(60);
  expect(files.flatMap(importsOf).length).toBeGreaterThan(250);
});

test.each(files)('%s imports only what its room may', (file) => {
  const allowed = allowedFor(file);
  if (!allowed) {
    expect(free.some((room) => file.startsWith(room))).toBe(true);
    return;
  }
  const strangers = importsOf(file).filter(
    (target) => !allowed.some((prefix) => target.startsWith(prefix)) && !isNodes(file, target),
  );
  expect(strangers).toEqual([]);
});

/** Node's own modules are everybody's, but for the database and in the rooms that touch nothing. */
function isNodes(file: string, target: string): boolean {
  const pure = /^src\/(model|query|reply|text|digest\/(select|compose))/.test(file);
  return target.startsWith('node:') && target !== 'node:sqlite' && !pure;
}
