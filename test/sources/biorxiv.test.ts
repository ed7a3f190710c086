import { expect, it } from 'vitest';
import { createBiorxiv } from '../../src/sources/biorxiv.ts';
import { createHttp } from '../../src/sources/http.ts';
import { pagesOf, papersIn, quick, sourceContract } from '../contracts/source.ts';
import { recording, startSources } from '../fakes/sources/server.ts';

const day = '2026-07-15';
const recorded = JSON.parse(recording('biorxiv-2026-07-15.json'));
const path = `/details/biorxiv/${day}/${day}`;
const none = JSON.stringify({ messages: [{ status: 'no posts found' }], collection: [] });
const open = (url: string) => createBiorxiv({ server: 'biorxiv', url, http: createHttp(quick) });

/** The recording with changes to its second paper. */
const changed = (change: object) => {
  const [first, second, third] = recorded.collection;
  return JSON.stringify({ ...recorded, collection: [first, { ...second, ...change }, third] });
};

sourceContract('bioRxiv', {
  open: (url, http) => createBiorxiv({ server: 'biorxiv', url, http }),
  day,
  format: 'JSON',
  serve: (fake) => fake.serve(path, JSON.stringify(recorded)),
  papers: 3,
  serveFlawed(fake) {
    fake.serve(path, changed({ title: null }));
    return recorded.collection[1].doi;
  },
  serveEmpty: (fake) => fake.serve(path, none),
});

it('tells a first version from a later one, and names its authors as people say them', async () => {
  const fake = await startSources();
  fake.serve(path, JSON.stringify(recorded));
  const listings = (await pagesOf(open(fake.url), day)).flatMap((page) => page.listings);
  expect(listings.map(({ kind }) => kind)).toEqual(['new', 'new', 'update']);
  expect(listings[0]?.paper).toMatchObject({
    id: 'doi:10.64898/2026.07.13.738145',
    authors: ['T. Ghafari', 'A. J. Quinn', 'O. Jensen'],
    published: day,
    version: 1,
    categories: ['neuroscience'],
    url: 'https://www.biorxiv.org/content/10.64898/2026.07.13.738145v1',
  });
  expect(listings[2]?.paper).toMatchObject({ version: 3 });
  expect(listings[2]?.paper).not.toHaveProperty('published');
});

it('takes a paper that was withdrawn for withdrawn', async () => {
  const fake = await startSources();
  const abstract = 'The authors have withdrawn this manuscript.';
  fake.serve(path, changed({ title: 'WITHDRAWN: Decoding', abstract, version: '2' }));
  const listings = (await pagesOf(open(fake.url), day)).flatMap((page) => page.listings);
  expect(listings[1]).toMatchObject({ kind: 'withdrawn', paper: { withdrawn: abstract } });
});

it('goes on by what each page says it holds, whether that is text or a number', async () => {
  const fake = await startSources();
  const [first, second, third] = recorded.collection;
  const page = (cursor: number, count: number | string, collection: unknown[]) =>
    JSON.stringify({ messages: [{ status: 'ok', cursor, count, total: '3' }], collection });
  fake.serve(`${path}/0`, page(0, 2, [first, second]));
  fake.serve(`${path}/2`, page(2, '1', [third]));
  const pages = await pagesOf(open(fake.url), day);
  expect(papersIn(pages)).toHaveLength(3);
  expect(pages.map(({ expected }) => expected)).toEqual([3, 3]);
});

it('asks again for an empty page though there is more, and then leaves the day short', async () => {
  const fake = await startSources();
  const messages = [{ status: 'ok', cursor: 0, count: 0, total: 3 }];
  fake.serve(path, JSON.stringify({ messages, collection: [] }));
  await expect(pagesOf(open(fake.url), day)).rejects.toMatchObject({ failure: 'garbled' });
  expect(fake.requests).toHaveLength(3);
});
