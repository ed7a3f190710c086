/** Serves papers by day on loopback as Hugging Face serves its daily papers; a thread of its own. */
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { readAnyFile } from '../src/sources/file.ts';
import { dayBefore } from '../src/sources/window.ts';

export interface Serving {
  port: number;
  /** First day and last, `YYYY-MM-DD`. */
  from: string;
  to: string;
  papers: number;
}

const PAGE = 100;
const byDay = new Map<string, object[]>();
let papers = 0;
for await (const line of readAnyFile(String(workerData))) {
  if (!('paper' in line) || !line.paper.id.startsWith('arxiv:')) continue;
  const { id, title, abstract, authors, published = '' } = line.paper;
  let day = published.slice(0, 10);
  // Hugging Face lists nothing on weekends.
  while ([0, 6].includes(new Date(day).getUTCDay())) day = dayBefore(day, -1);
  const item = {
    paper: {
      id: id.slice('arxiv:'.length),
      title,
      summary: abstract,
      authors: authors.map((name) => ({ name, hidden: false })),
      publishedAt: `${published.slice(0, 10)}T00:00:00.000Z`,
      upvotes: papers % 50,
      submittedOnDailyBy: { fullname: 'Ada Lovelace', name: 'ada' },
    },
    numComments: papers % 7,
  };
  byDay.set(day, [...(byDay.get(day) ?? []), item]);
  papers += 1;
}
const pages = new Map(
  [...byDay].map(([day, items]) => [
    day,
    Array.from({ length: Math.ceil(items.length / PAGE) }, (_, i) =>
      JSON.stringify(items.slice(i * PAGE, (i + 1) * PAGE)),
    ),
  ]),
);
const days = [...pages.keys()].sort();

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const all = pages.get(searchParams.get('date') ?? '') ?? [];
  const p = Number(searchParams.get('p') ?? 0);
  response.setHeader('content-type', 'application/json');
  if (p + 1 < all.length) {
    searchParams.set('p', String(p + 1));
    response.setHeader('link', `</api/daily_papers?${searchParams}>; rel="next"`);
  }
  response.end(all[p] ?? '[]');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const serving: Serving = { port, from: days[0] ?? '', to: days.at(-1) ?? '', papers };
  parentPort?.postMessage(serving);
});
