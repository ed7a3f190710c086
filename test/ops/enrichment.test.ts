import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Paper } from '../../src/model/paper.ts';
import { enrichmentJobs } from '../../src/ops/enrichment.ts';
import { createHttp } from '../../src/sources/http.ts';
import { createSemanticScholar } from '../../src/sources/semantic-scholar.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { createRelatedStore } from '../../src/store/related.ts';
import { quick } from '../contracts/source.ts';
import { startSources } from '../fakes/sources/server.ts';
import { engines } from '../store/databases.ts';

const now = new Date('2026-11-23T04:30:00Z');

async function desk(isReading: boolean) {
  const [[, open] = []] = engines;
  if (!open) throw new Error('no engine');
  const db = await open();
  const wire = await startSources();
  const papers = createPaperStore(db);
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const keep = async (told: Parameters<typeof papers.put>[0], source: string) =>
    void (await Array.fromAsync(papers.put(told, { source, now: now.toISOString() })));
  const paper = Paper.parse({
    id: 'arxiv:2407.09435',
    title: 'On the Merging of Models',
    abstract: 'We merge.',
    authors: ['Ada'],
    categories: [],
  });
  await keep([{ paper, kind: 'new' }], 'arxiv');
  const [citations] = enrichmentJobs({
    papers,
    related: createRelatedStore(db),
    scholar: createSemanticScholar({ url: wire.url, http: createHttp(quick) }),
    keep,
    isReading: async () => isReading,
    now: () => now,
    log: pino(stream),
  });
  if (!citations) throw new Error('no job counts citations');
  return { wire, papers, paper, lines, count: citations.run };
}

test('citations are counted without a key too', async () => {
  const { wire, papers, paper, count } = await desk(true);
  wire.serve('/graph/v1/paper/batch', '[{"citationCount": 7}]');
  await count();
  expect(await papers.get([paper.id])).toEqual([expect.objectContaining({ citations: 7 })]);
});

test('being turned away is a warning, and nothing is lost', async () => {
  const { papers, paper, lines, count } = await desk(true);
  await count();
  expect(lines.map((line) => JSON.parse(line).level)).toEqual([40]);
  expect(lines[0]).toContain('on again tomorrow');
  expect(await papers.get([paper.id])).toHaveLength(1);
});

test('nobody is asked while no source is on', async () => {
  const { wire, count } = await desk(false);
  await count();
  expect(wire.requests).toEqual([]);
});
