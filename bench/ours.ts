/** Paperboy's own numbers: the way of `/paper search` from the text typed to the papers of the first page. */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Paper, PaperId } from '../src/model/paper.ts';
import { parseQuery } from '../src/query/parse.ts';
import { termsOf } from '../src/query/terms.ts';
import { type Catalogue, createCatalogue, type Snapshot } from '../src/search/catalogue.ts';
import { type Cost, measureHostile } from './hostile.ts';
import { memory, type Times, timed, times, watched } from './measure.ts';
import { readPapers, type Wanted } from './papers.ts';
import { type Asked, kinds, queriesFrom } from './queries.ts';

export interface Ours {
  papers: number;
  times: Record<string, Times>;
  /** Misspelt words whose papers are found, of all. */
  corrected: number;
  similar: Times;
  suggest: Times;
  /** Bytes a paper. */
  memory: number;
  rebuild: { took: number; block: number };
  saved: { took: number; block: number };
  ready: { took: number; block: number };
  /** Milliseconds: the first time, the median of some, the longest block of all. */
  added: { first: number; took: number; block: number; search: Times };
  /** What bad input costs, by its name. */
  hostile: [string, Cost[]][];
}

const now = new Date('2025-12-01');
const page = { offset: 0, limit: 10 };
const ADDED = 500;
const ADDINGS = 5;

/** Texts come from the database in the product; here they cost nothing, as with the peers. */
const fetch = async (ids: readonly PaperId[]): Promise<Paper[]> =>
  ids.map((id) => ({ id, title: id, abstract: '', authors: [], categories: [] }));

const textOf = ({ text, category, since }: Asked) =>
  category && since ? `${text} category:${category} since:${since}` : text;

export async function measureOurs(wanted: Wanted, queries: number): Promise<Ours> {
  const file = join(tmpdir(), `paperboy-bench-${process.pid}.idx`);
  const snapshot = { file, database: 'bench', revision: wanted.papers };
  const from = { module: new URL('./papers.ts', import.meta.url).href, options: wanted };
  try {
    const first = createCatalogue({ now: () => now, fetch });
    const rebuild = await watched(() => first.build(from));
    const saved = await watched(() => first.save(snapshot));
    const rest = await afterRestart(wanted, queries, { snapshot, rebuild, saved });
    return { ...rest, hostile: await measureHostile(snapshot) };
  } finally {
    await rm(file, { force: true });
  }
}

async function afterRestart(
  wanted: Wanted,
  queries: number,
  {
    snapshot,
    rebuild,
    saved,
  }: {
    snapshot: Snapshot;
    rebuild: Ours['rebuild'];
    saved: Ours['saved'];
  },
): Promise<Omit<Ours, 'hostile'>> {
  const before = memory();
  const catalogue = createCatalogue({ now: () => now, fetch });
  const ready = await watched(() => catalogue.open(snapshot));
  if ('reason' in ready.result) throw new Error(`It was not used: ${ready.result.reason}`);
  const bytes = memory() - before;

  const papers = await readPapers(wanted);
  const asked = queriesFrom(papers, queries);
  const search = (each: Asked) => catalogue.search(parseQuery(textOf(each)), page);
  // A bot that has answered for a while is compiled to the end; whichever kind came first would pay for that.
  for (const each of Object.values(asked).flat()) await search(each);
  const found: Ours['times'] = {};
  for (const kind of Object.keys(kinds)) {
    const all = Object.entries(asked).find(([name]) => name === kind)?.[1] ?? [];
    found[kind] = await timed(all, search);
  }
  const some = asked.questions.flatMap((_, i) => papers[(i * 7919) % papers.length] ?? []);
  return {
    papers: papers.length,
    times: found,
    corrected: await correctedShare(catalogue, asked.misspelt),
    similar: await timed(some, ({ id }) => catalogue.similar(id, page)),
    suggest: await timed(some.flatMap(begun), (typed) => catalogue.suggest(typed, 10)),
    memory: bytes / papers.length,
    rebuild,
    saved,
    ready,
    added: await adding(catalogue, papers, search, asked.several),
  };
}

/** A title typed so far, and a name with the beginning of a word. */
function begun({ title, authors }: Paper): string[] {
  const words = title.split(' ');
  const name = authors[0]?.split(' ').at(-1) ?? '';
  return [title.slice(0, 3), words.slice(0, 2).join(' '), `${name} ${words.at(-1)?.slice(0, 3)}`];
}

/** How many misspelt words are taken for what was meant. */
async function correctedShare(catalogue: Catalogue, misspelt: readonly Asked[]): Promise<number> {
  let right = 0;
  for (const { text, meant = '' } of misspelt) {
    const [found, wanted] = await Promise.all(
      [text, meant].map((word) => catalogue.search(parseQuery(word), page)),
    );
    // Found at once, or asked whether that was meant.
    const terms = new Set([...(found?.hits[0]?.terms ?? []), ...termsOf([found?.meant ?? ''])]);
    if (wanted?.hits[0]?.terms.some((term) => terms.has(term))) right += 1;
  }
  return right / misspelt.length;
}

async function adding(
  catalogue: Catalogue,
  papers: readonly Paper[],
  search: (asked: Asked) => Promise<unknown>,
  queries: readonly Asked[],
): Promise<Ours['added']> {
  const rounds: { took: number; block: number }[] = [];
  for (let round = 0; round < ADDINGS; round += 1) {
    const fresh = papers.slice(round * ADDED, (round + 1) * ADDED).map((paper) => ({
      ...paper,
      id: `${paper.id}x` as PaperId,
      title: `${paper.title} again`,
    }));
    let isAdding = true;
    const added = await watched(async () => {
      const searching = (async () => {
        for (let i = 0; isAdding; i += 1) {
          const asked = queries[i % queries.length];
          if (asked) await search(asked);
          await setTimeout(10);
        }
      })();
      await catalogue.put(fresh);
      isAdding = false;
      await searching;
    });
    rounds.push(added);
  }
  return {
    first: rounds[0]?.took ?? 0,
    took: times(rounds.map(({ took }) => took)).median,
    block: Math.max(...rounds.map(({ block }) => block)),
    search: await timed(queries, search),
  };
}
