/** What people can do about sources, on the real bot and recordings served over HTTP. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Actor, Place } from '../../src/command/context.ts';
import { createLog } from '../../src/log.ts';
import { channelRef } from '../../src/model/channel.ts';
import { PaperId } from '../../src/model/paper.ts';
import { titleName } from '../../src/model/same-work.ts';
import { createInbox } from '../../src/ops/inbox.ts';
import type { Reply } from '../../src/reply/reply.ts';
import { toPlain } from '../../src/reply/text.ts';
import { recording, type SourcesFake, startSources } from '../fakes/sources/server.ts';
import { type House, openHouse } from '../house.ts';

let wire: SourcesFake;
let env: Record<string, string>;

beforeEach(async () => {
  wire = await startSources();
  env = {
    HUGGINGFACE_URL: wire.url,
    ARXIV_API_URL: wire.url,
    ARXIV_RSS_URL: wire.url,
    ARXIV_OAI_URL: wire.url,
    BIORXIV_URL: wire.url,
  };
});

const ada: Actor = {
  id: 'U1',
  name: 'Ada',
  mayManage: async () => true,
  timezone: async () => 'Europe/Berlin',
};
const local: Place = {
  channel: channelRef({ platform: 'local', workspace: 'local', channel: 'general' }),
  name: '#general',
  obstacle: async () => undefined,
};

function words({ blocks }: Reply): string {
  return blocks
    .map((block) => {
      switch (block.kind) {
        case 'list':
          return block.items.map(toPlain).join('\n');
        case 'text':
        case 'note':
          return toPlain(block.text);
        case 'paper':
          return block.title;
        default:
          return '';
      }
    })
    .join('\n');
}

const say = async (house: House, line: string, { actor = ada, place = local } = {}) =>
  words(await house.desk.dispatch.line(line, actor, place));

test('a source is added, read, shown in the status, and removed', async () => {
  wire.serve('/api/daily_papers', recording('huggingface-2026-07-31.json'));
  const house = await openHouse(env, { now: '2026-07-31T22:00:00.000Z' });
  expect(await say(house, 'source')).toContain('No source is on');
  const added = await say(house, 'source add huggingface');
  expect(added).toBe(
    'Hugging Face Daily Papers is on. Its papers of the last 7 days come within ten minutes.',
  );
  const before = house.services.catalogue.size;
  await house.intake.readSources();
  expect(house.services.catalogue.size).toBe(before + 5);
  expect(await say(house, 'status')).toContain(
    'Hugging Face Daily Papers, 2026-07-31: 5 papers so far',
  );
  expect(await say(house, 'source add huggingface')).toContain('on already');
  expect(await say(house, 'source remove huggingface')).toBe(
    'Hugging Face Daily Papers is off. The papers it brought stay.',
  );
  expect(await say(house, 'source')).toContain('No source is on');
});

test('what is chosen outlives a restart and wins over the environment', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-choice-'));
  const first = await openHouse({ ...env, PAPERBOY_SOURCES: 'huggingface' }, { stateDir });
  await say(first, 'source remove huggingface');
  await say(first, 'source add arxiv:cs.CL');
  await first.stop();
  const second = await openHouse({ ...env, PAPERBOY_SOURCES: 'huggingface' }, { stateDir });
  const { days } = second.services.sources;
  expect((await days()).map(({ name }) => name)).toEqual(['arxiv:cs.CL', 'arxiv-oai']);
});

test('a feed on a private address is refused when it is added, unless the operator allows it', async () => {
  wire.serve('/rss.xml', recording('eprint.xml'));
  const house = await openHouse(env);
  for (const host of ['127.0.0.1', 'localhost', '169.254.169.254', '[::1]', '10.0.0.8']) {
    expect
      .soft(await say(house, `source add http://${host}/rss.xml`))
      .toContain(`${host} is not on the public internet`);
  }
  expect(await say(house, 'source')).toContain('No source is on');
  const open = await openHouse({ ...env, PAPERBOY_ALLOW_PRIVATE_FEEDS: 'yes' });
  expect(await say(open, `source add ${wire.url}/rss.xml`)).toContain('is on');
});

test('elsewhere only operators change sources, and others are told who can name them', async () => {
  const house = await openHouse({ ...env, PAPERBOY_OPERATORS: 'slack:U9' });
  const place = {
    ...local,
    channel: channelRef({ platform: 'slack', workspace: 'T1', channel: 'C1' }),
  };
  expect(await say(house, 'source add biorxiv', { place })).toContain(
    'PAPERBOY_OPERATORS=slack:U1',
  );
  const bo = { ...ada, id: 'U9' };
  expect(await say(house, 'source add biorxiv', { place, actor: bo })).toContain('is on');
});

test.each([
  ['source add nothing', 'is no source. There are huggingface'],
  ['source add', 'Which source? For example “source add arxiv:cs.CL”.'],
  ['source drop arxiv', 'takes list, add or remove'],
])('“%s” says what to write instead', async (line, answer) => {
  expect(await say(await openHouse(env), line)).toContain(answer);
});

test('a source that fails says so in the status, with the next try', async () => {
  wire.serve('/api/daily_papers', { status: 503, body: '' });
  const house = await openHouse(env, { now: '2026-07-31T22:00:00.000Z' });
  await say(house, 'source add huggingface');
  await house.intake.readSources();
  expect(await say(house, 'status')).toMatch(
    /2026-07-31: failing since Sat 1 Aug at 00:00 \(Europe\/Berlin\) \(broken: .*\); the next try is Sat 1 Aug at 00:/,
  );
}, 30_000);

test('a submitted paper is fetched, kept, shown once in the channel with the name, and not again', async () => {
  wire.serve('/api/query', recording('arxiv-api-5.xml'));
  const house = await openHouse(env);
  const shown = async () =>
    (await house.messages.page('general', 50)).flatMap(({ said }) =>
      said?.by === 'paperboy' ? [said.reply.summary] : [],
    );
  expect(await say(house, 'submit https://arxiv.org/abs/2606.13677v2')).toContain(
    'is now in front of #general',
  );
  expect(await shown()).toEqual([expect.stringMatching(/^Ada suggests: /)]);
  expect(await house.services.known(PaperId.parse('arxiv:2606.13677'))).toBeDefined();
  expect(await say(house, 'submit 2606.13677')).toContain('#general has had this paper already');
  expect(await shown()).toHaveLength(1);
  expect(await say(house, 'submit 2407.09435v')).toContain('is no arXiv link or id');
});

test('a paper that arXiv does not have is told of, with what to check', async () => {
  wire.serve('/api/query', recording('arxiv-api-unknown.xml'));
  const house = await openHouse(env);
  expect(await say(house, 'submit 2407.99999')).toContain(
    'arXiv has no paper 2407.99999; check the number.',
  );
});

test('a file in the watched folder is imported and put away, a bad one with a note', async () => {
  const house = await openHouse(env);
  const folder = join(house.stateDir, 'inbox');
  const inbox = createInbox({
    folder,
    async bring(path) {
      if (path.endsWith('a-locked.ndjson')) throw new Error('database is locked');
      return house.intake.bring(path);
    },
    log: createLog('silent'),
  });
  mkdirSync(folder, { recursive: true });
  const put = (name: string, text: string, old = true) => {
    writeFileSync(join(folder, name), text);
    if (old) utimesSync(join(folder, name), 0, 0);
  };
  const record = { id: '2407.12345', title: 'Watching Folders', abstract: 'We watch.' };
  // What fails for now waits, and keeps no other from being imported.
  put('a-locked.ndjson', JSON.stringify(record));
  put('good.ndjson', `${JSON.stringify(record)}\n{"title": ""}\n`);
  put('half.ndjson', JSON.stringify({ ...record, id: '2407.12346' }), false);
  put('bad.txt', 'Half a page');
  const before = house.services.catalogue.size;
  await inbox.look();
  expect(house.services.catalogue.size).toBe(before + 1);
  expect(readdirSync(folder).sort()).toEqual(['a-locked.ndjson', 'done', 'failed', 'half.ndjson']);
  expect(readdirSync(join(folder, 'done')).sort()).toEqual([
    'good.ndjson',
    'good.ndjson.notes.txt',
  ]);
  expect(readFileSync(join(folder, 'done/good.ndjson.notes.txt'), 'utf8')).toBe(
    'line 2: title is empty\n',
  );
  expect(readdirSync(join(folder, 'failed'))).toContain('bad.txt.notes.txt');
});

test('a long import is told of under every reply while it lasts, and then how it ended', async () => {
  const house = await openHouse(env);
  // Such as the terminal is: another process on the same database.
  const other = await openHouse(env, { stateDir: house.stateDir });
  const file = join(house.stateDir, 'many.ndjson');
  const lines = Array.from({ length: 1_500 }, (_, i) =>
    JSON.stringify({ id: `2407.${10_000 + i}`, title: `Paper ${i}` }),
  );
  writeFileSync(file, [...lines, '{}'].join('\n'));
  const said: string[] = [];
  const progress: number[] = [];
  let asked: Promise<void> | undefined;
  await house.intake.bring(file, {
    quietMs: 0,
    onProgress({ papers }) {
      progress.push(papers);
      asked ??= say(other, 'topics').then((text) => void said.push(text));
    },
  });
  await asked;
  expect(progress).toEqual([500, 1_000, 1_500]);
  expect(said[0]).toMatch(/Importing many\.ndjson: [\d,]+ papers so far, \d+ % of the file\./);
  for (const each of [house, other]) {
    expect(await say(each, 'topics')).toContain(
      'many.ndjson is imported: 1,500 papers; 1 line of it held none.',
    );
  }
  for (const { clock } of [house, other]) clock.now = new Date(clock.now.getTime() + 6 * 60_000);
  expect(await say(other, 'topics')).not.toContain('imported');
});

test('a button made when a paper had no id still finds it under the id it has now', async () => {
  const house = await openHouse(env);
  const bring = async (name: string, record: object) => {
    const file = join(house.stateDir, name);
    writeFileSync(file, JSON.stringify(record));
    await house.intake.bring(file);
  };
  const record = { title: 'Naming Things Twice Is Hard', authors: ['Ada Lovelace'] };
  await bring('nameless.ndjson', record);
  const old = titleName({ title: record.title });
  expect(await say(house, `show ${old}`)).toContain('Naming Things');
  const before = house.services.catalogue.size;
  await bring('named.ndjson', { ...record, id: '2407.12345' });
  expect(house.services.catalogue.size).toBe(before);
  for (const name of [old, '2407.12345']) {
    expect(await say(house, `show ${name}`)).toContain('Naming Things');
  }
});
