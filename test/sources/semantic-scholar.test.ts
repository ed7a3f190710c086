import { expect, it } from 'vitest';
import { PaperId } from '../../src/model/paper.ts';
import { createHttp } from '../../src/sources/http.ts';
import { createSemanticScholar } from '../../src/sources/semantic-scholar.ts';
import { never, quick } from '../contracts/source.ts';
import { recording, startSources } from '../fakes/sources/server.ts';

const id = (text: string) => PaperId.parse(text);
const open = (url: string, key?: string) =>
  createSemanticScholar({ url, key, http: createHttp(quick) });

it('counts the citations of those it knows, in one request', async () => {
  const fake = await startSources();
  fake.serve('/graph/v1/paper/batch', recording('semantic-scholar-batch.json'));
  const ids = ['arxiv:9999.99999', 'doi:10.2139/ssrn.288970', 'title:0123456789abcdef'].map(id);
  const counts = await open(fake.url).citations(ids, never);
  expect([...counts.keys()]).toEqual(['doi:10.2139/ssrn.288970']);
  expect(counts.get(id('doi:10.2139/ssrn.288970'))).toBeGreaterThan(1000);
  expect(fake.requests).toHaveLength(1);
  expect(JSON.parse(fake.requests[0]?.body ?? '')).toEqual({
    ids: ['ARXIV:9999.99999', 'DOI:10.2139/ssrn.288970'],
  });
  expect(fake.requests[0]?.headers).not.toHaveProperty('x-api-key');
});

it('shows its key when there is one', async () => {
  const fake = await startSources();
  fake.serve('/graph/v1/paper/batch', '[null]');
  await open(fake.url, 'k').citations([id('arxiv:2407.09435')], never);
  expect(fake.requests[0]?.headers['x-api-key']).toBe('k');
});

it('recommends recent papers, those without an id by their title', async () => {
  const fake = await startSources();
  fake.serve(
    '/recommendations/v1/papers/forpaper/',
    recording('semantic-scholar-recommended.json'),
  );
  const papers = await open(fake.url).recommendations(id('doi:10.2139/ssrn.2250500'), 5, never);
  expect(papers?.length).toBeGreaterThan(50);
  expect(papers?.[0]?.title).toBe(
    'Report shows slight improvement on grantmaker diversity, but compensation lagging behind inflation',
  );
  expect(fake.requests[0]?.url.pathname).toBe(
    '/recommendations/v1/papers/forpaper/DOI:10.2139/ssrn.2250500',
  );
});

it('recommends nothing where nothing was found, which has no list at all', async () => {
  const fake = await startSources();
  fake.serve('/recommendations/', '{}');
  expect(await open(fake.url).recommendations(id('arxiv:2407.09435'), 5, never)).toEqual([]);
});

it('keeps apart that it does not know a paper, and that it cannot be asked', async () => {
  const fake = await startSources();
  const { recommendations } = open(fake.url);
  expect(await recommendations(id('arxiv:2407.09435'), 5, never)).toBeUndefined();
  fake.faults.add({ kind: '429', times: Infinity });
  await expect(recommendations(id('arxiv:2407.09435'), 5, never)).rejects.toMatchObject({
    failure: 'limited',
  });
});
