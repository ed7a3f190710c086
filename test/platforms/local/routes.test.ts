import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LINE_MAX } from '../../../src/platforms/local/limits.ts';
import { openPage } from './http.ts';

const Messages = z.object({
  messages: z.array(
    z.looseObject({
      id: z.number(),
      by: z.string(),
      text: z.string(),
      html: z.string().optional(),
      isPrivate: z.boolean(),
    }),
  ),
});
const messagesOf = (body: string) => Messages.parse(JSON.parse(body)).messages;
const errorOf = (body: string) => z.object({ error: z.string() }).parse(JSON.parse(body)).error;

describe('who may ask', () => {
  test.each(['evil.example', 'evil.example:80', 'localhost.evil.example', 'a b'])(
    'the name “%s” in Host is refused: it may have been pointed at this machine',
    async (host) => {
      const { get } = await openPage();
      const answer = await get('/channels', { host });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('general');
    },
  );

  test.each(['localhost:3710', 'LOCALHOST', '127.0.0.1', '[::1]:3710', 'paperboy.localhost'])(
    'this machine’s own name “%s” is answered',
    async (host) => {
      const { get } = await openPage();
      expect((await get('/channels', { host })).status).toBe(200);
    },
  );

  test('a request another website makes is refused, a link from it opens the page', async () => {
    const { get, send } = await openPage();
    for (const site of ['cross-site', 'same-site']) {
      const foreign = { 'sec-fetch-site': site };
      expect((await get('/channels', foreign)).status).toBe(403);
      expect((await send('/channels', { name: 'x' }, foreign)).status).toBe(403);
      const link = { ...foreign, 'sec-fetch-mode': 'navigate' };
      expect((await get('/', link)).status).toBe(200);
      expect((await send('/channels', { name: 'x' }, link)).status).toBe(403);
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a form of another website (%s) does nothing, in an old browser either',
    async (type) => {
      const { get, send } = await openPage();
      const foreign = { 'content-type': type, origin: 'https://evil.example' };
      const body = JSON.stringify({ name: 'planted' });
      expect((await send('/channels', body, foreign)).status).toBe(403);
      const own = { 'content-type': type, 'sec-fetch-site': 'same-origin' };
      expect((await send('/channels', body, own)).status).toBe(415);
      expect((await get('/channels')).body).not.toContain('planted');
    },
  );

  test('no other website is let read or preflight', async () => {
    const { address, get } = await openPage();
    const asked = await get('/channels', { origin: 'https://evil.example' });
    expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await fetch(`${address}/channels`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('every answer says that nothing but the page’s own files may run, and nobody may frame it', async () => {
  const { get } = await openPage();
  for (const path of ['/', '/client.js', '/channels', '/nowhere']) {
    const { headers } = await get(path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
});

test('the files of the page are served, and not sent again while they are the same', async () => {
  const { get } = await openPage();
  const page = await get('/');
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const files = [...page.body.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(8);
  for (const path of files) {
    const { status, headers } = await get(path);
    expect([path, status]).toEqual([path, 200]);
    const again = await get(path, { 'if-none-match': String(headers.etag) });
    expect(again.status).toBe(304);
  }
  expect((await get('/../app.ts')).status).toBe(404);
  expect((await get('/tsconfig.json')).status).toBe(404);
});

describe('a line', () => {
  test('with a command is kept and answered, in the timezone of the browser', async () => {
    const { get, send } = await openPage();
    const zone = { 'paperboy-timezone': 'Asia/Tokyo' };
    const { status, body } = await send(
      '/channels/general/messages',
      { text: '/paper subscribe model-merging' },
      zone,
    );
    expect(status).toBe(201);
    const [line, answer] = messagesOf(body);
    expect(line).toMatchObject({ by: 'you', text: '/paper subscribe model-merging' });
    expect(answer).toMatchObject({ by: 'paperboy', isPrivate: false });
    expect(answer?.html).toContain('Asia/Tokyo');
    expect(messagesOf((await get('/channels/general/messages')).body)).toHaveLength(2);
  });

  test('without a command is only kept; a mention is answered; another slash is explained', async () => {
    const { send } = await openPage();
    const say = async (text: string) =>
      messagesOf((await send('/channels/general/messages', { text })).body);
    expect(await say('good morning')).toHaveLength(1);
    expect((await say('@Paperboy: status')).at(-1)?.text).toContain('#general');
    expect((await say('/giphy cat')).at(-1)?.text).toContain('/paper help');
    expect(await say('/ is a slash')).toHaveLength(1);
  });

  test.each([
    ['nothing', { text: '  ' }, 'Write something first.'],
    ['too many characters', { text: 'x'.repeat(LINE_MAX + 1) }, 'longer than'],
    ['no text', {}, 'text'],
    ['no JSON', '{', 'JSON'],
  ])('of %s is refused with a sentence', async (_, body, words) => {
    const { send } = await openPage();
    const answer = await send('/channels/general/messages', body);
    expect(answer.status).toBe(400);
    expect(errorOf(answer.body)).toMatch(new RegExp(words, 'i'));
  });

  test('of more bytes than a message may have is not read to its end', async () => {
    const { send } = await openPage();
    const answer = await send('/channels/general/messages', { text: 'x'.repeat(200_000) });
    expect(answer.status).toBe(413);
  });

  test('for a channel there is not gets a sentence', async () => {
    const { get, send } = await openPage();
    const answer = await send('/channels/nowhere/messages', { text: 'hi' });
    expect([answer.status, errorOf(answer.body)]).toEqual([404, 'There is no channel nowhere.']);
    expect((await get('/channels/nowhere/messages')).status).toBe(404);
    expect((await get('/complete?channel=nowhere&text=/')).status).toBe(404);
  });
});

describe('a channel', () => {
  test('is made with a good name, once', async () => {
    const { get, send } = await openPage();
    expect((await send('/channels', { name: 'reading-group' })).status).toBe(201);
    const again = await send('/channels', { name: 'reading-group' });
    expect(errorOf(again.body)).toBe('There is a channel reading-group already.');
    expect((await get('/channels')).body).toContain('reading-group');
  });

  test.each(['', 'Reading', 'a b', 'a/b', '-a', 'a--b', 'x'.repeat(41), '<b>', '..'])(
    'is not made with the name “%s”, but told a right one',
    async (name) => {
      const { send } = await openPage();
      const { status, body } = await send('/channels', { name });
      expect(status).toBe(400);
      expect(errorOf(body)).toContain('reading-group');
    },
  );
});

describe('a button', () => {
  async function searched() {
    const page = await openPage();
    const said = await page.send('/channels/general/messages', {
      text: '/paper search language models',
    });
    const [, answer] = messagesOf(said.body);
    return { ...page, id: answer?.id ?? 0 };
  }

  test('whose answer concerns the asker alone leaves what the channel sees as it is', async () => {
    const { send, get } = await searched();
    const text = '/paper search language models share:yes';
    const [, shared] = messagesOf((await send('/channels/general/messages', { text })).body);
    expect(shared?.isPrivate).toBe(false);
    const line = 'subscribe xyzzy-nothing-like-it';
    await send('/press', { message: shared?.id, line, effect: 'replace' });
    const all = messagesOf((await get('/channels/general/messages')).body);
    expect(all.find(({ id }) => id === shared?.id)?.text).toBe(shared?.text);
    expect(all.at(-1)).toMatchObject({ isPrivate: true });
  });

  test('never takes the place of what the person said', async () => {
    const { send, get, id } = await searched();
    await send('/press', { message: id - 1, line: 'status', effect: 'replace' });
    const all = messagesOf((await get('/channels/general/messages')).body);
    expect(all.map(({ by }) => by)).toEqual(['you', 'paperboy', 'paperboy']);
  });

  test('of a command that is gone, or of a message that is gone, gets a sentence', async () => {
    const { send, id } = await searched();
    const gone = await send('/press', { message: id, line: 'frobnicate', effect: 'answer' });
    expect(messagesOf(gone.body)[0]?.text).toContain('no command');
    const old = await send('/press', { message: id, line: '#unknown-key', effect: 'answer' });
    expect(messagesOf(old.body)[0]?.text).toContain('too old');
    const nowhere = await send('/press', { message: 999, line: 'status', effect: 'answer' });
    expect([nowhere.status, errorOf(nowhere.body)]).toEqual([404, 'That message is gone.']);
  });
});

test('a dismissed message stays away', async () => {
  const { get, send } = await openPage();
  const said = await send('/channels/general/messages', { text: '/paper help' });
  const id = messagesOf(said.body)[1]?.id;
  expect((await send(`/messages/${id}`, '', {}, 'DELETE')).status).toBe(204);
  expect((await send(`/messages/${id}`, '', {}, 'DELETE')).status).toBe(404);
  const left = messagesOf((await get('/channels/general/messages')).body);
  expect(left.map(({ by }) => by)).toEqual(['you']);
});
