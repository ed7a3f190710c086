import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createArxiv } from '../../src/sources/arxiv.ts';
import { submissionWindow } from '../../src/sources/arxiv-window.ts';
import { calendarFor } from '../../src/sources/calendar.ts';
import { createHttp, type Http } from '../../src/sources/http.ts';
import { createTurn } from '../../src/sources/turn.ts';
import { never, pagesOf, papersIn, quick, sourceContract } from '../contracts/source.ts';
import { recording, type SourcesFake, startSources } from '../fakes/sources/server.ts';

const day = '2026-04-27';
const rss = recording('arxiv-rss-2026-04-27.xml');
const unknown = recording('arxiv-api-unknown.xml');
const five = recording('arxiv-api-5.xml').replace('28946', '5');
const late = '2026-04-30T12:00:00Z';

const open = (url: string, options: { http?: Http; now?: string; feeds?: string } = {}) =>
  createArxiv({
    apiUrl: `${url}/api/query`,
    rssUrl: `${url}/${options.feeds ?? 'rss'}`,
    categories: ['cs.AI', 'cs.CL'],
    http: options.http ?? createHttp(quick),
    turn: (run) => run(),
    now: () => new Date(options.now ?? '2026-04-27T07:00:00Z'),
  });

const brokenItem = rss.replace('oai:arXiv.org:2604.21936v1', 'oai:arXiv.org:2604.2193v1');

sourceContract('arXiv by RSS', {
  open: (url, http) => open(url, { http }),
  day,
  format: 'XML',
  serve(fake) {
    fake.serve('/rss/cs.AI+cs.CL', rss);
    fake.serve('/api/query', unknown);
  },
  papers: 3,
  serveFlawed(fake) {
    fake.serve('/rss/cs.AI+cs.CL', brokenItem);
    return '2604.2193';
  },
  serveEmpty(fake) {
    fake.serve('/rss/cs.AI+cs.CL', recording('arxiv-rss-saturday.xml'));
  },
});

const atom = recording('arxiv-atom-2025-08-20.xml');
sourceContract('arXiv by Atom', {
  open: (url, http) => open(url, { http, feeds: 'atom', now: '2025-08-20T07:00:00Z' }),
  day: '2025-08-20',
  format: 'XML',
  serve(fake) {
    fake.serve('/atom/cs.AI+cs.CL', atom);
    fake.serve('/api/query', unknown);
  },
  papers: 3,
  serveFlawed(fake) {
    fake.serve(
      '/atom/cs.AI+cs.CL',
      atom.replace('oai:arXiv.org:2508.13426v1', 'oai:arXiv.org:2508.1342v1'),
    );
    return '2508.1342';
  },
  serveEmpty(fake) {
    fake.serve('/atom/cs.AI+cs.CL', atom.replace(/<entry>.*<\/entry>/s, ''));
  },
});

sourceContract('arXiv by its API', {
  open: (url, http) => open(url, { http, now: late }),
  day,
  format: 'XML',
  serve: (fake) => fake.serve('/api/query', five),
  papers: 5,
  serveFlawed(fake) {
    fake.serve('/api/query', five.replace(/<title>Multiagent.*<\/title>/, '<title> </title>'));
    return '2606.13591';
  },
  serveEmpty: (fake) => fake.serve('/api/query', unknown),
});

/** Entries a slice, of the five recorded. */
function serveSlices(fake: SourcesFake, size: number, emptyOnce = false) {
  const [head = '', ...rest] = five.split(/(?=<entry>)/);
  const entries = rest.map((entry) => entry.replace('</feed>', ''));
  let empty = emptyOnce;
  fake.serve('/api/query', ({ url }) => {
    const start = Number(url.searchParams.get('start'));
    const isEmpty = empty && start > 0;
    if (isEmpty) empty = false;
    return `${head}${isEmpty ? '' : entries.slice(start, start + size).join('')}</feed>`;
  });
}

describe('the RSS of arXiv', () => {
  it('tells new papers, cross-lists and replacements apart, and a withdrawal from all', async () => {
    const fake = await startSources();
    const items = rss
      .replace(/2604.21936v1 Announce Type: new/, '2604.21936v2 Announce Type: replace-cross')
      .replace('oai:arXiv.org:2604.21936v1', 'oai:arXiv.org:2604.21936v2')
      .replace(
        /2604.21937v1 Announce Type: new \nAbstract: /,
        '2604.21937v3 Announce Type: replace \nAbstract: This paper has been withdrawn by the authors due to an error. ',
      );
    fake.serve('/rss', items);
    fake.serve('/api/query', unknown);
    const listings = (await pagesOf(open(fake.url), day)).flatMap((page) => page.listings);
    expect(listings.map(({ kind }) => kind)).toEqual(['new', 'update', 'withdrawn']);
    expect(listings[0]?.paper).toMatchObject({
      id: 'arxiv:2604.21935',
      version: 1,
      published: day,
      authors: ['Michael Cooper', 'Samuel Cooper'],
      categories: ['cs.AI', 'cs.LG'],
      abstract: expect.stringMatching(/^Although language models/),
    });
    expect(listings[1]?.paper).toMatchObject({ id: 'arxiv:2604.21936', version: 2 });
    expect(listings[1]?.paper).not.toHaveProperty('published');
    expect(listings[2]?.paper.withdrawn).toMatch(/due to an error/);
  });

  it('is checked against the count of the API, which brings what is missing', async () => {
    const fake = await startSources();
    fake.serve('/rss', rss);
    fake.serve('/api/query', five);
    const pages = await pagesOf(open(fake.url), day);
    expect(papersIn(pages)).toHaveLength(8);
    expect(pages.at(-1)?.expected).toBe(8);
    const [, count] = fake.requests;
    expect(count?.url.searchParams.get('search_query')).toBe(
      '(cat:cs.AI OR cat:cs.CL) AND submittedDate:[202604231800 TO 202604241800]',
    );
  });

  it('that still has the batch before is left for the API', async () => {
    const fake = await startSources();
    fake.serve('/rss', rss.replaceAll('27 Apr 2026', '24 Apr 2026'));
    fake.serve('/api/query', five);
    expect(papersIn(await pagesOf(open(fake.url), day)).map(({ id }) => id)).toContain(
      'arxiv:2606.13677',
    );
  });

  it('is empty on a Saturday, which is no fault and asks for nothing more', async () => {
    const fake = await startSources();
    fake.serve('/rss', recording('arxiv-rss-saturday.xml'));
    const source = open(fake.url, { now: '2026-08-01T12:00:00Z' });
    expect(await pagesOf(source, '2026-08-01')).toEqual([{ listings: [], flaws: [] }]);
    expect(source.announcement('2026-08-01')).toEqual({ announces: false, because: 'weekend' });
    expect(fake.requests).toHaveLength(1);
  });
});

it('is read as Atom where the address says so', async () => {
  const fake = await startSources();
  fake.serve('/atom', atom);
  fake.serve('/api/query', unknown);
  const source = open(fake.url, { feeds: 'atom', now: '2025-08-20T07:00:00Z' });
  const [page, ...more] = await pagesOf(source, '2025-08-20');
  expect(more).toEqual([]);
  expect(page?.listings[0]).toMatchObject({
    kind: 'new',
    paper: {
      id: 'arxiv:2508.13426',
      authors: ['Chunhua Liu', 'Kabir Manandhar Shrestha', 'Sukai Huang'],
      categories: ['cs.CL', 'cs.AI'],
      abstract: expect.stringMatching(/^As large language models/),
    },
  });
  expect(page?.listings[0]?.paper).not.toHaveProperty('published');
  expect(page?.listings[2]?.paper.published).toBe('2025-08-20');
});

describe('the API of arXiv', () => {
  it('gives a long list in slices', async () => {
    const fake = await startSources();
    serveSlices(fake, 2);
    const pages = await pagesOf(open(fake.url, { now: late }), day);
    expect(pages.map(({ listings }) => listings.length)).toEqual([2, 2, 1]);
    expect(pages.map(({ expected }) => expected)).toEqual([5, 5, 5]);
  });

  it('is asked again when a page comes empty though there is more', async () => {
    const fake = await startSources();
    serveSlices(fake, 2, true);
    expect(papersIn(await pagesOf(open(fake.url, { now: late }), day))).toHaveLength(5);
    expect(fake.requests).toHaveLength(4);
  });

  it('ends when it gives the same page again, which would never come to an end', async () => {
    const fake = await startSources();
    fake.serve('/api/query', recording('arxiv-api-5.xml'));
    await expect(pagesOf(open(fake.url, { now: late }), day)).rejects.toMatchObject({
      failure: 'garbled',
      message: 'arXiv sent a page again, of 28946 papers',
    });
    expect(fake.requests).toHaveLength(2);
  });

  it('leaves a day short, not complete, when its pages stay empty', async () => {
    const fake = await startSources();
    fake.serve(
      '/api/query',
      unknown.replace('<opensearch:totalResults>0', '<opensearch:totalResults>7'),
    );
    await expect(pagesOf(open(fake.url, { now: late }), day)).rejects.toMatchObject({
      failure: 'garbled',
      message: expect.stringContaining('empty page'),
    });
  });

  it('finds papers by id, whatever form the id has, and says which there are not', async () => {
    const fake = await startSources();
    fake.serve('/api/query', recording('arxiv-api-old-style.xml'));
    const ids = ['https://arxiv.org/abs/astro-ph/0601001v1', '0000.0000', 'a paper about planets'];
    const { listings, missing } = await open(fake.url).lookup(ids, never);
    expect(listings[0]?.paper).toMatchObject({
      id: 'arxiv:astro-ph/0601001',
      abstract: expect.stringMatching(/^We derive/),
      published: '2006-01-02T14:57:58Z',
      categories: ['astro-ph'],
      comment: expect.stringContaining('62 pages'),
    });
    expect(missing).toEqual(['a paper about planets', '0000.0000']);
    expect(fake.requests[0]?.url.searchParams.get('id_list')).toBe('astro-ph/0601001,0000.0000');
  });

  it('that refuses a list for one malformed id still gives the others', async () => {
    const fake = await startSources();
    fake.serve('/api/query', ({ url }) =>
      url.searchParams.get('id_list')?.includes('abc/0000000')
        ? { status: 400, body: recording('arxiv-api-malformed.xml') }
        : recording('arxiv-api-old-style.xml'),
    );
    const ids = ['abc/0000000', 'astro-ph/0601001'];
    const { listings, missing } = await open(fake.url).lookup(ids, never);
    expect(listings).toHaveLength(1);
    expect(missing).toEqual(['abc/0000000']);
  });

  it.each([401, 403, 410])('does not take a %d for papers that there are not', async (status) => {
    const fake = await startSources();
    fake.serve('/api/query', { status, body: 'Not you' });
    await expect(
      open(fake.url).lookup(['astro-ph/0601001', 'astro-ph/0601002'], never),
    ).rejects.toMatchObject({ failure: 'refused', status });
    expect(fake.requests).toHaveLength(1);
  });

  it('says of a withdrawn paper what its authors say', async () => {
    const fake = await startSources();
    const comment = 'This paper has been withdrawn by the author due to a crucial error';
    fake.serve(
      '/api/query',
      recording('arxiv-api-old-style.xml').replace(/62 pages[^<]*/, comment),
    );
    const { listings } = await open(fake.url).lookup(['astro-ph/0601001'], never);
    expect(listings[0]).toMatchObject({ kind: 'withdrawn', paper: { withdrawn: comment } });
  });
});

describe('the days of arXiv', () => {
  const calendar = calendarFor('arxiv');

  it.each([
    [
      'a Monday has what came from Thursday to Friday',
      '2026-04-27',
      '[202604231800 TO 202604241800]',
    ],
    ['a Tuesday has the weekend', '2026-04-28', '[202604241800 TO 202604271800]'],
    ['a day after a holiday has two days', '2026-09-09', '[202609041800 TO 202609081800]'],
    [
      'a Monday after the clocks changed is an hour off',
      '2026-03-10',
      '[202603061900 TO 202603091800]',
    ],
  ])('%s', (_, day, window) => {
    expect(submissionWindow(day, calendar)).toBe(window);
  });

  it('begin at 20:00 in New York on the eve', () => {
    expect(calendar.dayAt(new Date('2026-04-26T23:59:59Z'))).toBe('2026-04-26');
    expect(calendar.dayAt(new Date('2026-04-27T00:00:00Z'))).toBe('2026-04-27');
    expect(calendar.dayAt(new Date('2026-11-24T00:59:59Z'))).toBe('2026-11-23');
    expect(calendar.dayAt(new Date('2026-11-24T01:00:00Z'))).toBe('2026-11-24');
  });

  it('have no announcement the morning after an evening without one', () => {
    expect(calendar.announcement('2026-11-26')).toEqual({ announces: true });
    expect(calendar.announcement('2026-11-27')).toEqual({ announces: false, because: 'holiday' });
    expect(calendar.announcement('2026-11-28')).toEqual({ announces: false, because: 'weekend' });
  });
});

describe('turns', () => {
  it('are one at a time and apart, also when they are asked for all at once', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const turn = createTurn(60);
    const began: number[] = [];
    let running = 0;
    const one = () =>
      turn(async () => {
        running += 1;
        expect(running).toBe(1);
        began.push(Date.now());
        await new Promise((resolve) => setTimeout(resolve, 10));
        running -= 1;
      }, never);
    const all = Promise.all([one(), one(), one(), one()]);
    await vi.advanceTimersByTimeAsync(1_000);
    await all;
    const gaps = began.slice(1).map((at, index) => at - (began[index] ?? 0));
    expect(gaps).toHaveLength(3);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(60);
  });

  it('are taken by every request to arXiv, a second try too', async () => {
    const fake = await startSources();
    fake.serve('/rss', rss);
    fake.serve('/api/query', unknown);
    fake.faults.add({ kind: '503' });
    let taken = 0;
    const source = createArxiv({
      apiUrl: fake.url,
      rssUrl: fake.url,
      categories: ['cs.AI'],
      http: createHttp(quick),
      turn: (run) => {
        taken += 1;
        return run();
      },
      now: () => new Date('2026-04-27T07:00:00Z'),
    });
    await pagesOf(source, day);
    expect(taken).toBe(3);
    expect(fake.requests).toHaveLength(3);
  });
});
