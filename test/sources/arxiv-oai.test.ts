import { describe, expect, it } from 'vitest';
import { createArxivOai, setOf } from '../../src/sources/arxiv-oai.ts';
import { createHttp, type Http } from '../../src/sources/http.ts';
import { pagesOf, papersIn, quick, sourceContract } from '../contracts/source.ts';
import { recording, startSources } from '../fakes/sources/server.ts';

const day = '2026-04-27';
const whole = recording('arxiv-oai.xml');
const [head = '', first = '', second = '', third = ''] = whole.split(/(?=^ {2}<record>)/m);
const last = third.slice(0, third.indexOf(' </ListRecords>'));
const tail = third.slice(third.indexOf(' </ListRecords>'));

const open = (url: string, { http = createHttp(quick), categories = ['cs.AI'] } = {}) =>
  createArxivOai({ oaiUrl: url, http, turn: (run) => run(), categories });
const page = (records: string, token?: string) =>
  `${head}${records}${token === undefined ? '' : `<resumptionToken cursor="0">${token}</resumptionToken>`}${tail}`;
const objection = (code: string) =>
  `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="${code}">No.</error></OAI-PMH>`;
const all = async (url: string, more?: { http?: Http; categories?: string[] }) =>
  (await pagesOf(open(url, more), day)).flatMap(({ listings }) => listings);

sourceContract("arXiv's OAI-PMH", {
  open: (url, http) => open(url, { http }),
  day,
  format: 'XML',
  serve: (fake) => fake.serve('/oai', whole),
  papers: 3,
  serveFlawed(fake) {
    fake.serve('/oai', whole.replace(/<title>Math Takes.*<\/title>/, ''));
    return '2604.21935';
  },
  serveEmpty: (fake) => fake.serve('/oai', objection('noRecordsMatch')),
});

describe("arXiv's OAI-PMH", () => {
  it('tells what papers are by now: their newest version, and why it was withdrawn', async () => {
    const fake = await startSources();
    fake.serve('/oai', whole);
    const listings = await all(fake.url);
    expect(listings.map(({ kind }) => kind)).toEqual(['revision', 'revision', 'revision']);
    expect(listings.map(({ paper }) => paper.version)).toEqual([2, 1, 3]);
    expect(listings[0]?.paper).toMatchObject({
      id: 'arxiv:2604.21935',
      title: 'Math Takes Two: A test for emergent mathematical reasoning in communication',
      abstract: expect.stringMatching(/^Although language models/),
      categories: ['cs.AI', 'cs.LG'],
      comment: 'Accepted at a workshop; 12 pages',
      authors: [],
    });
    expect(listings[2]?.paper.withdrawn).toMatch(/^This paper has been withdrawn by the authors/);
    expect(Object.fromEntries(fake.requests[0]?.url.searchParams ?? [])).toEqual({
      verb: 'ListRecords',
      metadataPrefix: 'arXivRaw',
      set: 'cs:cs:AI',
      from: day,
      until: day,
    });
  });

  it('goes on by its tokens, set after set, and has a paper of two sets once', async () => {
    const fake = await startSources();
    fake.serve('/oai', ({ url: { searchParams } }) => {
      if (searchParams.get('resumptionToken') === 'more') return page(last, '');
      return searchParams.get('set') === 'cs:cs:AI' ? page(first + second, 'more') : page(second);
    });
    const listings = await all(fake.url, { categories: ['cs.AI', 'cs.LG'] });
    expect(listings.map(({ paper }) => paper.id)).toEqual([
      'arxiv:2604.21935',
      'arxiv:2604.21936',
      'arxiv:2604.21937',
    ]);
    const asked = fake.requests.map(({ url }) => Object.fromEntries(url.searchParams));
    expect(asked[1]).toEqual({ verb: 'ListRecords', resumptionToken: 'more' });
    expect(asked[2]).toMatchObject({ set: 'cs:cs:LG' });
  });

  it('says that a day is without changes, which then need not be doubted', async () => {
    const fake = await startSources();
    fake.serve('/oai', objection('noRecordsMatch'));
    expect((await pagesOf(open(fake.url), day)).at(-1)).toMatchObject({ expected: 0 });
  });

  it('passes over what was deleted there', async () => {
    const fake = await startSources();
    const gone = first
      .replace('<header>', '<header status="deleted">')
      .replace(/<metadata>[\s\S]*<\/metadata>/, '');
    fake.serve('/oai', page(gone + second));
    const pages = await pagesOf(open(fake.url), day);
    expect(papersIn(pages).map(({ id }) => id)).toEqual(['arxiv:2604.21936']);
    expect(pages.flatMap(({ flaws }) => flaws)).toEqual([]);
  });

  it.each([
    ['a token that ran out', objection('badResumptionToken'), 'garbled', 3],
    ['a set that there is not', objection('badArgument'), 'refused', 1],
    ['an empty page though there is more', page('', 'more'), 'garbled', 3],
    ['a token that leads back', page(first, 'again'), 'garbled', 2],
  ])('leaves the day to be tried again after %s', async (_, answer, failure, requests) => {
    const fake = await startSources();
    fake.serve('/oai', answer);
    await expect(pagesOf(open(fake.url), day)).rejects.toMatchObject({ failure });
    expect(fake.requests).toHaveLength(requests);
  });

  it.each([
    ['cs.AI', 'cs:cs:AI'],
    ['hep-th', 'physics:hep-th'],
    ['astro-ph.GA', 'physics:astro-ph:GA'],
    ['physics.soc-ph', 'physics:physics:soc-ph'],
    ['q-bio.NC', 'q-bio:q-bio:NC'],
    ['cs', 'cs'],
  ])('knows the set of %s', (category, set) => {
    expect(setOf(category)).toBe(set);
  });
});
