import { expect, it } from 'vitest';
import { createHttp } from '../../src/sources/http.ts';
import { createHuggingFace } from '../../src/sources/huggingface.ts';
import { pagesOf, papersIn, quick, sourceContract } from '../contracts/source.ts';
import { recording, type SourcesFake, startSources } from '../fakes/sources/server.ts';

const day = '2026-07-31';
const path = '/api/daily_papers';
const recorded: { paper: { id: string } }[] = JSON.parse(recording('huggingface-2026-07-31.json'));
const open = (url: string) => createHuggingFace({ url, http: createHttp(quick) });

sourceContract('Hugging Face', {
  open: (url, http) => createHuggingFace({ url, http }),
  day,
  format: 'JSON',
  serve: (fake) => fake.serve(path, JSON.stringify(recorded)),
  papers: 5,
  serveFlawed(fake) {
    const [, bad, ...good] = recorded;
    const items = [recorded[0], { ...bad, paper: { ...bad?.paper, title: 7 } }, ...good];
    fake.serve(path, JSON.stringify(items));
    return bad?.paper.id ?? '';
  },
  serveEmpty: (fake) => fake.serve(path, '[]'),
});

/** Two items a page; the link to the next names the service's own host, whoever serves. */
function servePages(fake: SourcesFake, itemsOf: (page: number) => unknown[], pages: number) {
  fake.serve(path, ({ url }) => {
    const page = Number(url.searchParams.get('p') ?? 0);
    const next = `<https://huggingface.co/api/daily_papers?date=${day}&p=${page + 1}>; rel="next"`;
    return {
      headers: page + 1 < pages ? { link: next } : {},
      body: JSON.stringify(itemsOf(page)),
    };
  });
}

it('tells all that Hugging Face knows of a paper', async () => {
  const fake = await startSources();
  fake.serve(path, JSON.stringify(recorded));
  const [paper] = papersIn(await pagesOf(open(fake.url), day));
  expect(paper).toMatchObject({
    id: 'arxiv:2607.23193',
    title: 'OmniScope: Modality-Decoupled Token Compression for Omnimodal Large Language Models',
    published: '2026-07-28T00:00:00.000Z',
    upvotes: 3,
    comments: 2,
    code: 'https://github.com/MAC-AutoML/OmniScope',
    submitter: 'Jinsen Su',
    thumbnail: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2607.23193.png',
  });
  expect(fake.requests[0]?.url.searchParams.get('date')).toBe(day);
});

it('leaves out authors who are hidden, and joins the lines of a title', async () => {
  const fake = await startSources();
  const authors = [{ name: 'Ada' }, { name: 'Bob', hidden: true }];
  const paper = { id: '2607.23193', title: 'Large\n  Models', summary: 'One\ntwo.', authors };
  fake.serve(path, JSON.stringify([{ paper }]));
  const [read] = papersIn(await pagesOf(open(fake.url), day));
  expect(read).toMatchObject({ title: 'Large Models', abstract: 'One two.', authors: ['Ada'] });
});

it('keeps a paper whose votes or links make no sense, without them', async () => {
  const fake = await startSources();
  const paper = { ...recorded[0]?.paper, upvotes: -3, githubRepo: 'javascript:alert(1)' };
  fake.serve(path, JSON.stringify([{ paper }]));
  const [read] = papersIn(await pagesOf(open(fake.url), day));
  expect(read?.id).toBe('arxiv:2607.23193');
  expect(read).not.toHaveProperty('upvotes');
  expect(read).not.toHaveProperty('code');
});

it('follows the links to further pages at the address that is configured', async () => {
  const fake = await startSources();
  servePages(fake, (page) => recorded.slice(page * 2, page * 2 + 2), 3);
  const pages = await pagesOf(open(fake.url), day);
  expect(pages.map(({ listings }) => listings.length)).toEqual([2, 2, 1]);
});

it('lists a paper once that stands on two pages', async () => {
  const fake = await startSources();
  servePages(fake, (page) => recorded.slice(page * 2, page * 2 + 3), 2);
  expect(papersIn(await pagesOf(open(fake.url), day))).toHaveLength(5);
});

it('loses nothing when a later page breaks off once', async () => {
  const fake = await startSources();
  servePages(fake, (page) => recorded.slice(page * 2, page * 2 + 2), 3);
  const source = open(fake.url);
  const listed: string[] = [];
  for await (const page of source.list(day, new AbortController().signal)) {
    if (listed.length === 0) fake.faults.add({ kind: 'truncated' });
    listed.push(...page.listings.map(({ paper }) => paper.id));
  }
  expect(listed).toHaveLength(5);
});

it('does not follow a link that leads in circles', async () => {
  const fake = await startSources();
  fake.serve(path, {
    headers: { link: `<?date=${day}&limit=100>; rel="next"` },
    body: JSON.stringify(recorded),
  });
  await expect(pagesOf(open(fake.url), day)).rejects.toMatchObject({ failure: 'garbled' });
  expect(fake.requests).toHaveLength(1);
});

it('begins its day at 21:30 in New York, in summer and in winter', () => {
  const source = open('http://localhost');
  expect(source.dayAt(new Date('2026-07-31T01:29:59Z'))).toBe('2026-07-30');
  expect(source.dayAt(new Date('2026-07-31T01:30:00Z'))).toBe('2026-07-31');
  expect(source.dayAt(new Date('2026-12-01T02:29:59Z'))).toBe('2026-11-30');
  expect(source.dayAt(new Date('2026-12-01T02:30:00Z'))).toBe('2026-12-01');
  expect(source.announcement('2026-08-01')).toEqual({ announces: false, because: 'weekend' });
});
