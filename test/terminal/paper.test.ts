import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { openHouse } from '../house.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-terminal-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** `npm run paper -- …` without npm, which takes its time. */
async function paper(argv: string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, ['src/terminal/paper.ts', ...argv], {
    env: {
      PATH: process.env.PATH,
      TZ: 'Asia/Tokyo',
      NODE_COMPILE_CACHE: 'node_modules/.cache/node',
      PAPERBOY_STATE_DIR: stateDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

test('a search prints papers, their addresses and what to type next', async () => {
  const { code, out, err } = await paper(['search', '"model merging"']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\d+ papers for "model merging"/);
  expect(out).toContain('https://arxiv.org/abs/2403.13187');
  expect(out).toMatch(/ {2}Show +npm run paper -- show arxiv:/);
  expect(out).not.toContain('\u001b');
});

test('--json prints the reply as one piece of data', async () => {
  const { code, out } = await paper(['--json', 'search', 'model', 'merging']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    summary: expect.stringContaining('papers for model merging'),
    blocks: expect.arrayContaining([expect.objectContaining({ kind: 'paper' })]),
  });
});

test('without words it helps', async () => {
  const { code, out } = await paper([]);
  expect(code).toBe(0);
  expect(out).toContain('• search: ');
  expect(out).toContain('--json');
});

test.each([
  ['a command there is not', ['serch', 'tea'], 'search tea'],
  ['a channel there is not', ['--channel', 'nowhere', 'topics'], 'general'],
])('%s is one sentence on standard error, and code 1', async (_, argv, words) => {
  const { code, out, err } = await paper(argv);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(words);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('what is wrong in a query is pointed at', async () => {
  const { code, err } = await paper(['search', 'merging', 'since:foo']);
  expect(code).toBe(1);
  expect(err).toMatch(/^Character 9: .*\nmerging since:foo\n {8}\^\n$/);
});

test('colours are for who wants them', async () => {
  const { out: forced } = await paper(['status'], { FORCE_COLOR: '1' });
  expect(forced).toContain('\u001b[1m');
  const { out: never } = await paper(['status'], { NO_COLOR: '1' });
  expect(never).not.toContain('\u001b');
});

test('a reader that stops early is no error', async () => {
  const child = spawn(
    'sh',
    ['-c', '"$0" src/terminal/paper.ts help; echo "code $?" >&2', process.execPath],
    {
      env: { PATH: process.env.PATH, PAPERBOY_STATE_DIR: stateDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout.destroy();
  expect(await text(child.stderr)).toBe('code 0\n');
});

test('it works beside a running bot: what one does, the other knows', async () => {
  const house = await openHouse({}, { stateDir });
  const subscribed = await paper(['subscribe', 'model-merging']);
  expect(subscribed.out).toContain('#general now follows model-merging');
  expect(subscribed.out).toContain('Asia/Tokyo');
  const { channel } = (await Array.fromAsync(house.services.channels.active())).flat()[0] ?? {};
  expect(channel).toBe('local:local/general');
  const { code } = await paper(['digest']);
  expect(code).toBe(0);
  const [posted] = await house.messages.page('general', 10);
  expect(posted?.said?.by === 'paperboy' && posted.said.reply.visibility).toBe('channel');
});

test('import brings papers in, names each bad line, and changes nothing the second time', async () => {
  const file = join(stateDir, 'papers.ndjson');
  writeFileSync(file, '{"title":"On Tea","abstract":"Tea is good."}\nnot json\n');
  const first = await paper(['import', file]);
  expect(first.code).toBe(1);
  expect(first.err).toContain(`${file}:2: `);
  expect(first.out).toContain('1 paper added, 0 changed, 0 known');
  expect((await paper(['import', file])).out).toContain('0 papers added, 0 changed, 1 known');
  expect((await paper(['show', 'On Tea'])).out).toContain('Tea is good.');
});
