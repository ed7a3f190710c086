/**
 * A run over an evaluation set, through the same search as `/paper search`:
 *
 *   npm run bench:retrieval -- --dataset <folder> --run <out.tsv> [--reference]
 *
 * Reads `corpus.ndjson[.gz]` and `queries.ndjson[.gz]`, writes `query paper score`, a hundred a query, and prints
 * how long a query took. With `--reference` plain BM25 answers instead (`reference.ts`).
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import { parseQuery } from '../src/query/parse.ts';
import { createCatalogue } from '../src/search/catalogue.ts';
import { Id, lines, readCorpus } from './corpus.ts';
import { times } from './measure.ts';
import { referenceOf } from './reference.ts';

const WANTED = 100;
const Asked = z.object({ id: Id, text: z.string() });

const { values } = parseArgs({
  options: {
    dataset: { type: 'string' },
    run: { type: 'string' },
    reference: { type: 'boolean', default: false },
  },
});
const { dataset, run, reference } = values;
if (!dataset || !run) {
  console.log('Usage: npm run bench:retrieval -- --dataset <folder> --run <out.tsv> [--reference]');
  process.exit(1);
}

const papers = await readCorpus(dataset);
const find = reference ? plain() : await ours(dataset);
const took: number[] = [];
const rows: string[] = [];
let refused = 0;
const queries = (await lines(`${dataset}/queries.ndjson`)).map((line) => Asked.parse(line));
for (const { id, text } of queries) {
  try {
    const started = performance.now();
    const found = await find(text);
    took.push(performance.now() - started);
    // The order is the answer: scores of papers that only come closest are not comparable with the others'.
    for (const [i, paper] of found.entries()) rows.push(`${id}\t${paper}\t${WANTED - i}\n`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    refused += 1;
  }
}
await writeFile(run, rows.join(''));
const { median, p99 } = times(took);
console.log(
  `${queries.length} queries over ${papers.length} papers: median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms` +
    (refused ? `; ${refused} could not be read as queries` : ''),
);

/** The catalogue's search; gives the set's own identities, best first. */
async function ours(options: string): Promise<(text: string) => Promise<(string | undefined)[]>> {
  const given = new Map(papers.map(({ paper, id }) => [paper.id, id]));
  const texts = new Map(papers.map(({ paper }) => [paper.id, paper]));
  const catalogue = createCatalogue({
    now: () => new Date(),
    fetch: async (ids) => ids.flatMap((id) => texts.get(id) ?? []),
  });
  await catalogue.build({ module: new URL('./corpus.ts', import.meta.url).href, options });
  const page = { offset: 0, limit: WANTED, goesOn: true };
  return async (text) => {
    const { hits } = await catalogue.search(parseQuery(text), page);
    return hits.map((hit) => given.get(hit.paper.id));
  };
}

function plain(): (text: string) => Promise<(string | undefined)[]> {
  const rank = referenceOf(papers.map(({ paper }) => `${paper.title} ${paper.abstract}`));
  return async (text) => rank(text, WANTED).map((at) => papers[at]?.id);
}
