/** Reading whole texts: arXiv's misfortunes over the wire, and the store on both engines. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/model/paper.ts';
import { createReader } from '../../src/reading/reader.ts';
import { createFullTextSource } from '../../src/sources/full-text.ts';
import { createFullTextStore } from '../../src/store/full-texts.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { quick } from '../contracts/source.ts';
import { column, pdfOf } from '../fakes/pdf.ts';
import { type SourcesFake, startSources } from '../fakes/sources/server.ts';
import { seedPapers } from '../search/seed.ts';
import { engines } from '../store/databases.ts';

const page = readFileSync(new URL('../fixtures/papers/2407.09435.html', import.meta.url), 'utf8');
const html = { headers: { 'content-type': 'text/html' }, body: page };
const words = 'The adapter is trained with a mask of 64 tokens and keeps what it knew.';
const heading = { text: '1 Introduction', x: 72, y: 640, size: 14 };
const pdf = {
  headers: { 'content-type': 'application/pdf' },
  body: pdfOf([[heading, ...column(72, 600, Array<string>(6).fill(words))]]),
};
const muscle = seedPapers.find(({ id }) => id === 'arxiv:2407.09435') as Paper;

async function openReader([, openDatabase]: (typeof engines)[number], maxBytes = 1_000_000) {
  const db = await openDatabase();
  const wire = await startSources();
  const store = createFullTextStore(db);
  const source = createFullTextSource(
    { html: `${wire.url}/html`, pdf: `${wire.url}/pdf/` },
    { turn: (run) => run(), http: { ...quick, maxBytes } },
  );
  const now = () => new Date('2026-11-23T06:00:00Z');
  const reader = createReader({ fetch: source.fetch, store, folder: undefined, maxBytes, now });
  return { db, wire, store, read: reader.read };
}

const [sqlite] = engines;
if (!sqlite) throw new Error('There is no engine');
const paths = ({ requests }: SourcesFake) => requests.map(({ url }) => url.pathname);

describe.each(engines)('on %s', (...engine) => {
  test('the text comes back from the store as it was read', async () => {
    const { wire, store, read } = await openReader(engine);
    wire.serve('/html/', html);
    const { text } = await read(muscle);
    expect((await store.get([muscle.id])).get(muscle.id)).toEqual(text);
    expect(await store.has(muscle.id)).toBe(true);
    expect(text).toMatchObject({
      version: 2,
      from: 'arxiv-html',
      readAt: '2026-11-23T06:00:00.000Z',
    });
    expect(text.sections.map(({ name }) => name)).not.toContain('Abstract');
  });

  test('a newer version is read instead of the stored one, which stays where that fails', async () => {
    const { wire, store, read } = await openReader(engine);
    wire.serve('/html/', html);
    await read(muscle);
    expect(await read({ ...muscle, version: 2 })).toMatchObject({ wasStored: true });
    wire.faults.add({ kind: '503', times: Number.POSITIVE_INFINITY });
    expect(await read({ ...muscle, version: 3 })).toMatchObject({
      wasStored: true,
      text: { version: 2 },
    });
    const { faults } = wire;
    faults.clear();
    wire.serve('/html/', {
      ...html,
      body: page.replaceAll('09435v2', '09435v3').replace('nine hours', 'ten hours'),
    });
    expect(await read({ ...muscle, version: 3 })).toMatchObject({
      wasStored: false,
      text: { version: 3 },
    });
    const { sections = [] } = (await store.get([muscle.id])).get(muscle.id) ?? {};
    expect(sections).toHaveLength(4);
    expect(sections[1]?.text).toContain('ten hours');
  });

  test('the text follows a paper whose better name is learnt', async () => {
    const { db, store } = await openReader(engine);
    const papers = createPaperStore(db);
    const tell = (paper: Paper) =>
      Array.fromAsync(papers.put([{ paper, kind: 'new' }], { source: 'file', now: '2026-11-23' }));
    const nameless = { ...muscle, id: 'title:0123456789abcdef' as Paper['id'] };
    await tell(nameless);
    const sections = [{ name: '1 Introduction', text: words }];
    await store.put({ paper: nameless.id, from: 'file', readAt: '2026-11-23', sections });
    await tell(muscle);
    expect(await store.has(nameless.id)).toBe(false);
    expect((await store.get([muscle.id])).get(muscle.id)?.sections).toEqual(sections);
  });
});

describe('what arXiv may answer', () => {
  test('without a page, the PDF is read', async () => {
    const { wire, read } = await openReader(sqlite);
    wire.serve('/pdf/', pdf);
    const { text } = await read(muscle);
    expect(text).toMatchObject({ from: 'arxiv-pdf', sections: [{ name: '1 Introduction' }] });
    expect(paths(wire)).toEqual(['/html/2407.09435', '/pdf/2407.09435']);
  });

  test.each(['huge', 'loop', 'truncated'] as const)(
    'a page that is %s leads to the PDF',
    async (kind) => {
      const { wire, read } = await openReader(sqlite);
      wire.serve('/html/', { ...html, body: kind === 'truncated' ? page.slice(0, 1_200) : page });
      wire.serve('/pdf/', pdf);
      wire.faults.add({ kind, path: '/html/', times: Number.POSITIVE_INFINITY });
      expect((await read(muscle)).text.from).toBe('arxiv-pdf');
      expect(wire.sent()).toBeLessThan(20_000_000);
    },
  );

  test.each([
    ['neither', undefined, 'arXiv has neither a page nor a PDF of 2407.09435'],
    ['a web page for the PDF', html, 'sent something else instead of PDF'],
    [
      'a PDF of pictures',
      { ...pdf, body: pdfOf([[], []]) },
      'its document holds pictures of pages',
    ],
    ['a PDF that is broken', { ...pdf, body: '%PDF-1.4 oh no' }, 'its document is no PDF'],
    [
      'next to nothing',
      { ...pdf, body: pdfOf([[{ text: `${words} ${words}`, x: 20, y: 600 }]]) },
      'its document has hardly any text',
    ],
  ])('%s is said in a sentence', async (_, answer, sentence) => {
    const { wire, store, read } = await openReader(sqlite);
    if (answer) wire.serve('/pdf/', answer);
    await expect(read(muscle)).rejects.toMatchObject({
      name: 'Refusal',
      message: expect.stringContaining(sentence),
    });
    expect(await store.has(muscle.id)).toBe(false);
  });

  test.each(['429', '500', 'cut'] as const)(
    'after one %s it is asked again, after more the person is told',
    async (kind) => {
      const { wire, read } = await openReader(sqlite);
      wire.serve('/html/', html);
      wire.faults.add({ kind });
      expect((await read(muscle)).text.from).toBe('arxiv-html');
      const other = { ...muscle, id: 'arxiv:2407.09436' as Paper['id'] };
      wire.faults.add({ kind, times: Number.POSITIVE_INFINITY });
      await expect(read(other)).rejects.toThrow('arXiv does not answer just now');
    },
  );

  test('a PDF of 100 MB is not taken whole', async () => {
    const { wire, read } = await openReader(sqlite, 3 * 1024 * 1024);
    wire.serve('/pdf/', pdf);
    wire.faults.add({ kind: 'huge', path: '/pdf/', times: Number.POSITIVE_INFINITY });
    await expect(read(muscle)).rejects.toThrow('sent more than 3 MB');
    expect(wire.sent()).toBeLessThan(40_000_000);
  });
});
