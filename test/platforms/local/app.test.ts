import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { channelRef } from '../../../src/model/channel.ts';
import { createLocal } from '../../../src/platforms/local/app.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { sentence } from '../../../src/reply/build.ts';
import { plain } from '../../../src/reply/text.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createMessageStore } from '../../../src/store/messages.ts';
import { type House, openHouse } from '../../house.ts';
import { addressOf } from './http.ts';

const ref = (channel: string) => channelRef({ platform: 'local', workspace: 'local', channel });
const general = ref('general');
const digest = (text: string) => sentence([plain(text)], 'channel');

function localOf({ platforms }: House): Platform {
  const local = platforms.get('local');
  if (!local) throw new Error('No local platform');
  return local;
}

/** A second platform of the same bot, not started. */
function another(house: House, config: { PAPERBOY_HOST?: string; PAPERBOY_PORT?: number } = {}) {
  const { desk, messages } = house;
  return createLocal({
    config: { PAPERBOY_HOST: '127.0.0.1', PAPERBOY_PORT: 0, ...config },
    desk,
    messages,
  });
}

/** The server-sent events of the page's server as they come, one text for each. */
async function listen(house: House, headers: Record<string, string> = {}, since = '0') {
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const url = `${addressOf(house)}/events?since=${since}`;
  const { body } = await fetch(url, { headers, signal: gone.signal });
  if (!body) throw new Error('No events');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async until(words: string): Promise<string> {
      while (!text.includes(words)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The events ended before “${words}”: ${text}`);
        text += value;
      }
      return text;
    },
    async end(): Promise<void> {
      while (!(await reader.read()).done);
    },
  };
}

describe('posting', () => {
  test('gives a message that a link leads to', async () => {
    const house = await openHouse();
    const local = localOf(house);
    const id = await local.post(general, digest('Three papers.'), 'general@9');
    expect(await local.permalink(general, id)).toBe(`${addressOf(house)}/#general/${id}`);
  });

  test('to a database that is away fails as unavailable', async () => {
    const house = await openHouse();
    const db = await openDatabase({ file: ':memory:' });
    const lost = createLocal({
      config: { PAPERBOY_HOST: '127.0.0.1', PAPERBOY_PORT: 0 },
      desk: house.desk,
      messages: createMessageStore(db, () => new Date()),
    });
    await db.destroy();
    const away = lost.post(general, digest('x'), 'k');
    await expect(away).rejects.toMatchObject({ reason: 'service-away' });
  });

  test('never needs a second message', async () => {
    const local = another(await openHouse());
    const reply = digest('x'.repeat(100_000));
    expect(local.split(reply)).toEqual([reply]);
  });
});

describe('events', () => {
  test('bring what is posted here at once, and what another process posts within a moment', async () => {
    const house = await openHouse();
    const events = await listen(house);
    await localOf(house).post(general, digest('Posted here.'), 'a');
    await events.until('Posted here.');
    // The same database through a connection of its own, as the terminal has.
    const db = await openDatabase({ file: join(house.stateDir, 'paperboy.db') });
    onTestFinished(() => db.destroy());
    const said = { by: 'paperboy', reply: digest('Posted elsewhere.') } as const;
    await createMessageStore(db, () => new Date()).add('general', said);
    await events.until('Posted elsewhere.');
  });

  test('go on after the last one a browser has seen', async () => {
    const house = await openHouse();
    const local = localOf(house);
    await local.post(general, digest('First.'), 'a');
    await local.post(general, digest('Second.'), 'b');
    const events = await listen(house, { 'last-event-id': '1' });
    const text = await events.until('Second.');
    expect(text).not.toContain('First.');
    expect(text).toMatch(/^id: 2$/m);
  });

  test('end when the platform stops, which takes no time with a page open', async () => {
    const house = await openHouse();
    const events = await listen(house);
    await events.until(': open');
    const before = Date.now();
    await localOf(house).stop();
    await events.end();
    expect(Date.now() - before).toBeLessThan(1_500);
    await expect(fetch(addressOf(house))).rejects.toThrow();
  });
});

describe('starting', () => {
  test('says where the page is', async () => {
    const house = await openHouse();
    expect(house.lines).toContainEqual(
      expect.stringMatching(/^Local page: http:\/\/127\.0\.0\.1:\d+$/),
    );
    expect((await fetch(addressOf(house))).status).toBe(200);
  });

  test('on a port that is taken says so and names the setting', async () => {
    const house = await openHouse();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const bound = other.address();
    const port = bound && typeof bound === 'object' ? bound.port : 0;
    const local = another(house, { PAPERBOY_PORT: port });
    await expect(local.start()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(new RegExp(`Port ${port} .*PAPERBOY_PORT=3720`)),
    });
    await local.stop();
  });

  test('on an address this machine does not have says so and names the setting', async () => {
    const local = another(await openHouse(), { PAPERBOY_HOST: '192.0.2.1' });
    await expect(local.start()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('PAPERBOY_HOST=127.0.0.1'),
    });
  });

  test('again after a stop shows the same messages', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-local-'));
    onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
    const first = await openHouse({}, { stateDir });
    await first.messages.addChannel('reading-group');
    await localOf(first).post(ref('reading-group'), digest('Kept.'), 'a');
    await first.stop();
    const second = await openHouse({}, { stateDir });
    const answer = await fetch(`${addressOf(second)}/channels/reading-group/messages`);
    expect(await answer.text()).toContain('Kept.');
    expect(await localOf(second).find(ref('reading-group'), 'a')).toBe('1');
  });
});
