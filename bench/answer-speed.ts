/**
 * How long an extractive answer takes besides its search, over real papers:
 *
 *   npm run bench:answer-speed -- [--data ../shared/data] [--papers 100000] [--questions 300]
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createAnswers, type Library } from '../src/answer/answers.ts';
import { libraryOf } from '../src/ops/library.ts';
import { createCatalogue } from '../src/search/catalogue.ts';
import { readPapers } from './papers.ts';
import { queriesFrom } from './queries.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    papers: { type: 'string', default: '100000' },
    questions: { type: 'string', default: '300' },
  },
});
if (!existsSync(values.data)) {
  console.error(`There are no papers in ${values.data}. Name their folder with --data.`);
  process.exit(1);
}
const wanted = { data: values.data, papers: Number(values.papers) };
const papers = await readPapers(wanted);
const texts = new Map(papers.map((paper) => [paper.id, paper]));
const catalogue = createCatalogue({
  now: () => new Date('2025-12-01'),
  fetch: async (ids) => ids.flatMap((id) => texts.get(id) ?? []),
});
const module = new URL('./papers.ts', import.meta.url).href;
await catalogue.build({ module, options: wanted });

const library = libraryOf(catalogue);
let searched = 0;
const watched: Library = {
  ...library,
  async find(...asked) {
    const found = await library.find(...asked);
    searched = performance.now();
    return found;
  },
};
const answers = createAnswers(watched);
const asked = queriesFrom(papers, Number(values.questions));
for (const [name, questions] of [
  ['3–6 words', asked.several],
  ['15–25-word questions', asked.questions],
] as const) {
  const besides: number[] = [];
  const search: number[] = [];
  let answered = 0;
  for (const { text } of questions) {
    const start = performance.now();
    const { kind } = await answers.ask(text, { workspace: 'bench' });
    besides.push(performance.now() - searched);
    search.push(searched - start);
    if (kind === 'answer') answered += 1;
  }
  console.log(
    `${name} over ${catalogue.size} papers, ${questions.length} asked, ${answered} answered: besides search median ${at(besides, 0.5)} ms, p95 ${at(besides, 0.95)} ms; search median ${at(search, 0.5)} ms, p95 ${at(search, 0.95)} ms`,
  );
}

function at(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
}
