/**
 * How long new papers take against many topics, each asked by a channel of its own as the digests ask:
 *
 *   npm run bench:percolation -- [--papers 1000] [--topics 10000] [--data ../shared/data]
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createVerdicts } from '../src/digest/verdicts.ts';
import type { Paper } from '../src/model/paper.ts';
import { matches } from '../src/query/match.ts';
import { parseQuery } from '../src/query/parse.ts';
import { readPapers } from './papers.ts';
import { queriesFrom } from './queries.ts';

const { values } = parseArgs({
  options: {
    papers: { type: 'string', default: '1000' },
    topics: { type: 'string', default: '10000' },
    data: { type: 'string', default: process.env.PAPERBOY_BENCH_DATA ?? '../shared/data' },
  },
});
if (!existsSync(`${values.data}/arxiv-cs-100k.ndjson.gz`)) {
  console.log(
    `There are no papers to measure with at ${values.data}; say where with --data <folder>.`,
  );
  process.exit(1);
}

const now = new Date('2025-12-01');
const all = await readPapers({ data: values.data, papers: 20_000 });
const papers = all.slice(0, Number(values.papers));
const topics = topicsFrom(all, Number(values.topics));

const since = performance.now();
const { query, judge } = createVerdicts();
let pairs = 0;
let matched = 0;
let longest = 0;
for (const topic of topics) {
  const start = performance.now();
  const parsed = query(topic);
  const testOf = await judge([parsed], papers, now);
  const held = papers.filter(testOf(parsed)).length;
  pairs += held;
  matched += held ? 1 : 0;
  longest = Math.max(longest, performance.now() - start);
}
const took = performance.now() - since;
const checked = topics.filter((_, i) => i % 100 === 0);
const told = await judge(
  checked.map((topic) => query(topic)),
  papers,
  now,
);
const wrong = checked.filter((topic) => {
  const parsed = parseQuery(topic);
  const holds = told(query(topic));
  return papers.some((paper) => matches(parsed, paper, { now }) !== holds(paper));
});
console.log(
  `${papers.length.toLocaleString('en')} new papers against ${topics.length.toLocaleString('en')} distinct topics, parsed and matched: ${(took / 1000).toFixed(2)} s (goal 10 s), the slowest topic ${longest.toFixed(0)} ms.`,
);
console.log(
  `${matched.toLocaleString('en')} topics hold for some paper, in ${pairs.toLocaleString('en')} pairs; of ${checked.length} topics held against every paper one by one, ${wrong.length} differ.`,
);

/** As people write them: phrases and words of titles, with exclusions, categories, authors, minimum and alternatives. */
function topicsFrom(papers: readonly Paper[], wanted: number): string[] {
  // Some draws come twice.
  const asked = queriesFrom(papers, Math.ceil(wanted * 1.2));
  const names = papers
    .flatMap(({ authors }) => authors.slice(0, 1))
    .filter((name) => !/"/.test(name));
  const category = (i: number) => papers[i % papers.length]?.categories[0] ?? 'cs.CL';
  const made = asked.words.map(({ text }, i) => {
    const other = asked.words[(i * 7 + 1) % asked.words.length]?.text ?? '';
    switch (i % 8) {
      case 0:
        return `"${text}"`;
      case 1:
        return `"${text}" OR "${other}"`;
      case 2:
        return `${text} -survey`;
      case 3:
        return `(${text} OR ${other}) category:${category(i)} -"${other} benchmark"`;
      case 4:
        return `author:"${names[i % names.length]}"`;
      case 5:
        return `category:${category(i)} ${text} since:30d`;
      case 6:
        return `${text} OR author:"${names[i % names.length]}" OR "${other}"`;
      default:
        return `${asked.several[i % asked.several.length]?.text ?? text} upvotes:>2`;
    }
  });
  return [...new Set(made)].slice(0, wanted);
}
