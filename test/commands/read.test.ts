/** `/paper read` on the real bot, arXiv served over HTTP. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toPlain } from '../../src/reply/text.ts';
import { column, pdfOf } from '../fakes/pdf.ts';
import { startSources } from '../fakes/sources/server.ts';
import { openScene, wordsOf } from './scene.ts';

const page = readFileSync(new URL('../fixtures/papers/2407.09435.html', import.meta.url), 'utf8');
const html = { headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };

async function openReading(more: Record<string, string> = {}) {
  const wire = await startSources();
  const scene = await openScene({ ARXIV_HTML_URL: wire.url, ARXIV_PDF_URL: wire.url, ...more });
  return { wire, scene };
}

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-papers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('reads a paper from arXiv once, however many ask, and lists its sections', async () => {
  const { wire, scene } = await openReading();
  wire.serve('/html/2407.09435', html);
  const [first, second] = await Promise.all([
    scene.say('read 2407.09435'),
    scene.say('read muscle model update strategy'),
  ]);
  expect(wordsOf(first)).toBe(
    [
      'Read: MUSCLE: A Model Update Strategy for Compatible LLM Evolution, 4 sections, 100 words, from arXiv’s page, version 2.',
      '1 Introduction · 27 words',
      '2.1 Masking strategy · 33 words',
      '3 Results · 34 words',
      'Appendix A Prompts · 6 words',
      'Answers may quote all of it now: /paper ask … paper:arxiv:2407.09435',
      '[What is it about?] [Similar] [Link] [Share here]',
    ].join('\n'),
  );
  expect(second.blocks[1]).toEqual(first.blocks[1]);
  expect(wordsOf(await scene.say('read 2407.09435v1'))).toMatch(/^Already read: MUSCLE/);
  expect(wire.requests.map(({ url }) => url.pathname)).toEqual(['/html/2407.09435']);
});

test('leads to each section on arXiv’s page', async () => {
  const { wire, scene } = await openReading();
  wire.serve('/html/2407.09435', html);
  const { blocks } = await scene.say('read 2407.09435');
  const list = blocks.find((block) => block.kind === 'list');
  expect(list?.items[1]?.[0]).toEqual({
    kind: 'link',
    text: '2.1 Masking strategy',
    url: 'https://arxiv.org/html/2407.09435v2#S2.SS1',
  });
  expect(wordsOf(await scene.say('show 2407.09435'))).toContain('Its whole text is stored, too.');
  expect(wordsOf(await scene.say('show 2501.08716'))).not.toContain('whole text');
});

test('takes a file of the operator’s without asking anybody', async () => {
  const words = 'The adapter is trained with a mask of 64 tokens and keeps what it knew.';
  const lines = column(72, 600, Array<string>(6).fill(words));
  const PAPERBOY_PAPERS_DIR = folderWith({
    '2407.09435v1.html': '<p>An older version.',
    '2407.09435v3.pdf': pdfOf([[{ text: '1 Introduction', x: 72, y: 640, size: 14 }, ...lines]]),
    '10.1000_xyz.html': '<p>Another paper.',
  });
  const { wire, scene } = await openReading({ PAPERBOY_PAPERS_DIR });
  const reply = await scene.say('read 2407.09435');
  expect(wordsOf(reply)).toContain(
    '1 section, 90 words, from a file of your operator’s, version 3.',
  );
  expect(wire.requests).toEqual([]);
});

test('says of a paper that is not on arXiv where its file could lie', async () => {
  const PAPERBOY_PAPERS_DIR = folderWith({});
  const { scene } = await openReading({ PAPERBOY_PAPERS_DIR });
  const said = wordsOf(await scene.say('read a survey on mixture of experts'));
  expect(said).toContain('I read from arXiv, and this paper is not there.');
  expect(said).toMatch(/as title_[0-9a-f]{16}\.pdf/);
});

test('answers from what was read, word for word, with the section and its address', async () => {
  const { wire, scene } = await openReading();
  wire.serve('/html/2407.09435', html);
  const question = 'ask How many tokens does the likelihood mask have? paper:2407.09435';
  expect(wordsOf(await scene.say(question))).not.toContain('64 tokens');
  const read = await scene.say('read 2407.09435');
  const [quote] = (await scene.say(question)).blocks.filter((block) => block.kind === 'quote');
  expect(quote?.quotes.map(toPlain)[0]).toBe(
    'The compatibility adapter is trained with a likelihood mask of 64 tokens, chosen on held-out dialogues.',
  );
  expect(toPlain(quote?.source ?? [])).toMatch(/, § 2\.1 Masking strategy$/);
  expect(quote?.source.at(-1)).toMatchObject({
    url: 'https://arxiv.org/html/2407.09435v2#S2.SS1',
  });
  expect(wordsOf(await scene.press(read, 'What is it about?'))).toContain('speaks to this');
  expect(
    wordsOf(await scene.say('ask How much do negative flips on summarisation fall?')),
  ).toContain('fall from 8.1 % to 4.9 %');
});
