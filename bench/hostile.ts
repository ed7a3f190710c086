/**
 * What bad input costs, by every way that text from a person comes to the catalogue: a search, a question, words
 * of a title and a completion. Each in a process of its own, so that the first time is a first time.
 */
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import { parseQuery } from '../src/query/parse.ts';
import { createCatalogue } from '../src/search/catalogue.ts';
import { watchTurns } from './measure.ts';

const Task = z.object({ name: z.string(), file: z.string(), database: z.string() });
export type Snapshot = Omit<z.infer<typeof Task>, 'name'>;

const Cost = z.object({
  way: z.string(),
  /** Milliseconds: the first time, and the longest of the later ones. */
  first: z.number(),
  later: z.number(),
  /** The longest that nothing else had its turn, in milliseconds of the processor: the clock counts others' work. */
  block: z.number(),
  answer: z.string(),
});
export type Cost = z.infer<typeof Cost>;

const repeated = (many: number, text: (i: number) => string, between = ' ') =>
  Array.from({ length: many }, (_, i) => text(i)).join(between);
const letters = (i: number) =>
  i.toString(26).replaceAll(/\d/g, (digit) => 'qwxzjkvbyp'[+digit] ?? '');
const slips = ['transfromer', 'lerning', 'netwrok', 'langauge', 'atention', 'difusion', 'grpah'];
const slip = (i: number) => slips[i % slips.length] ?? '';

export const hostile: Readonly<Record<string, string>> = {
  '10,000 characters': repeated(1_000, () => 'attention'),
  '10,000 ORs': repeated(10_000, () => 'model', ' OR '),
  'as many ORs as fit': repeated(70, (i) => `m${letters(i)}`, ' OR '),
  'stop words only': 'the of and to be or not',
  'a phrase of stop words': '"to be or not to be"',
  'punctuation only': '?!… -- ::',
  'a lone quote': '"',
  emoji: '🤖🧠 model 🚀',
  'control characters': 'model\u0000\u0007\u001b[31m merging',
  'right to left': 'نموذج לימוד \u202emodel',
  'a regular expression': '^(a+)+$ .*',
  SQL: "'; DROP TABLE papers; -- ",
  '10,000 misspelt words': repeated(10_000, slip),
  'as many misspelt words as fit': repeated(60, slip),
  'as many unknown words as fit': repeated(100, (i) => `zq${letters(i + 100)}`),
  '10,000 short prefixes': repeated(10_000, letters),
  'as many short prefixes as fit': repeated(160, letters),
  'the usual words of all papers': 'model method data result based learning propose performance',
  'phrases of the usual words':
    '"the model" OR "the data" OR "the method" OR "of the results" OR "based on the" OR "the proposed"',
  'phrases of less usual words': repeated(
    10,
    (i) => `"${['of', 'to', 'for', 'in', 'and'][i % 5]} ${['entropy', 'kernel'][i % 2]}"`,
    ' OR ',
  ),
  'a letter': 'a',
};

export async function measureHostile(snapshot: Snapshot): Promise<[string, Cost[]][]> {
  const found: [string, Cost[]][] = [];
  for (const name of Object.keys(hostile)) {
    const task = JSON.stringify({ name, ...snapshot });
    const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, task]);
    found.push([name, z.array(Cost).parse(JSON.parse(stdout))]);
  }
  return found;
}

const LATER = 5;
const now = new Date('2025-12-01');
const page = { offset: 0, limit: 10 };

async function costs({ name, file, database }: z.infer<typeof Task>): Promise<Cost[]> {
  const catalogue = createCatalogue({
    now: () => now,
    fetch: async (ids) =>
      ids.map((id) => ({ id, title: id, abstract: '', authors: [], categories: [] })),
  });
  const opened = await catalogue.open({ file, database });
  if ('reason' in opened) throw new Error(`The snapshot was not used: ${opened.reason}`);
  const text = hostile[name] ?? '';
  const ways = {
    search: async () => `${(await catalogue.search(parseQuery(text), page)).total} papers`,
    ask: async () => `${(await catalogue.about(text, {}, page)).hits.length} papers`,
    title: async () => (await catalogue.resolve(text)).kind,
    complete: async () => `${(await catalogue.suggest(text, 10)).length} papers`,
  };
  const all: Cost[] = [];
  for (const [way, run] of Object.entries(ways)) {
    let answer = '';
    const once = () =>
      run().catch((error: unknown) => {
        if (error instanceof UserError) return error.message;
        throw error;
      });
    let block = 0;
    const took: number[] = [];
    for (let round = 0; round <= LATER; round += 1) {
      const longestTurn = watchTurns();
      const start = performance.now();
      answer = await once();
      took.push(performance.now() - start);
      // The last turn is over when a timer gets its.
      await setTimeout(2);
      block = Math.max(block, longestTurn());
    }
    const [first = 0, ...later] = took;
    all.push({ way, first, later: Math.max(...later), block, answer });
  }
  return all;
}

if (process.argv[1] === import.meta.filename) {
  const task = Task.parse(JSON.parse(process.argv[2] ?? '{}'));
  console.log(JSON.stringify(await costs(task)));
}
