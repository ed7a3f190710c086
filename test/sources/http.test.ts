import { describe, expect, it } from 'vitest';
import { createHttp, type HttpSettings, parseJson } from '../../src/sources/http.ts';
import { isPublic, publicOnly } from '../../src/sources/network.ts';
import { never, quick } from '../contracts/source.ts';
import { startSources } from '../fakes/sources/server.ts';

const get = (url: string, settings: HttpSettings = quick) =>
  createHttp(settings)({
    url: new URL(url),
    expect: 'JSON',
    signal: never,
    read: (body) => parseJson(body, 'it'),
  });

/** Asks twice by one client that keeps answers. */
async function twice(url: string, between = () => {}) {
  const http = createHttp(quick);
  const ask = () =>
    http({
      url: new URL(url),
      expect: 'JSON',
      keeps: true,
      signal: never,
      read: (body) => parseJson(body, 'it'),
    });
  const first = await ask();
  between();
  return [first, await ask()];
}

describe('an answer that is kept', () => {
  it('is asked for by its ETag and date, and used again when it is still the same', async () => {
    const fake = await startSources();
    const headers = { etag: '"a"', 'last-modified': 'Mon, 23 Nov 2026 06:00:00 GMT' };
    fake.serve('/', ({ headers: asked }) =>
      asked['if-none-match'] === '"a"'
        ? { status: 304, headers, body: '' }
        : { headers, body: '[1]' },
    );
    expect(await twice(fake.url)).toEqual([[1], [1]]);
    expect(fake.requests).toHaveLength(2);
    expect(fake.requests[0]?.headers).not.toHaveProperty('if-none-match');
    expect(fake.requests[1]?.headers['if-modified-since']).toBe(headers['last-modified']);
  });

  it('makes room for a new one', async () => {
    const fake = await startSources();
    fake.serve('/', { headers: { etag: '"a"' }, body: '[1]' });
    const change = () => fake.serve('/', { headers: { etag: '"b"' }, body: '[2]' });
    expect(await twice(fake.url, change)).toEqual([[1], [2]]);
  });

  it('is not even asked for while Cache-Control calls it fresh', async () => {
    const fake = await startSources();
    fake.serve('/', { headers: { 'cache-control': 'public, max-age=600' }, body: '[1]' });
    expect(await twice(fake.url)).toEqual([[1], [1]]);
    expect(fake.requests).toHaveLength(1);
  });

  it.each([
    { 'cache-control': 'no-store, max-age=600', etag: '"a"' },
    { 'cache-control': 'max-age=600', age: '600' },
    {},
  ])('is asked for in full where the server does not let it be kept: %j', async (headers) => {
    const fake = await startSources();
    fake.serve('/', { headers, body: '[1]' });
    expect(await twice(fake.url)).toEqual([[1], [1]]);
    expect(fake.requests[1]?.headers).not.toHaveProperty('if-none-match');
  });

  it('was one that could be read', async () => {
    const fake = await startSources();
    fake.serve('/', { headers: { etag: '"a"', 'cache-control': 'max-age=600' }, body: '[1]' });
    fake.faults.add({ kind: 'truncated' });
    expect(await twice(fake.url)).toEqual([[1], [1]]);
    expect(fake.requests).toHaveLength(2);
    expect(fake.requests[1]?.headers).not.toHaveProperty('if-none-match');
  });

  it('does not follow its address to where that redirects later', async () => {
    const [fake, other] = [await startSources(), await startSources()];
    fake.serve('/', { headers: { etag: '"a"' }, body: '[1]' });
    other.serve('/', '[2]');
    const redirect = () =>
      fake.serve('/', { status: 302, headers: { location: other.url }, body: '' });
    expect(await twice(fake.url, redirect)).toEqual([[1], [2]]);
    expect(other.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });
});

describe('asking over HTTP', () => {
  it('waits as long as Retry-After says when that is short', async () => {
    const fake = await startSources();
    fake.serve('/', '[1]');
    fake.faults.add({ kind: '429', retryAfter: 1 });
    const began = performance.now();
    expect(await get(fake.url, { ...quick, longestWaitMs: 2_000 })).toEqual([1]);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it('understands a date in Retry-After by the clock of the server', async () => {
    const fake = await startSources();
    fake.serve('/', {
      status: 503,
      headers: {
        date: 'Mon, 23 Nov 2020 06:00:00 GMT',
        'retry-after': 'Mon, 23 Nov 2020 06:02:00 GMT',
      },
      body: '',
    });
    await expect(get(fake.url)).rejects.toMatchObject({ failure: 'broken', retryAfterMs: 120_000 });
  });

  it('takes the rest of the window of RateLimit for the wait, without Retry-After', async () => {
    const fake = await startSources();
    fake.serve('/', { status: 429, headers: { ratelimit: '"api";r=0;t=240' }, body: '' });
    await expect(get(fake.url)).rejects.toMatchObject({
      failure: 'limited',
      retryAfterMs: 240_000,
    });
  });

  it('does not ask again for what is refused, and says with which status', async () => {
    const fake = await startSources();
    await expect(get(fake.url)).rejects.toMatchObject({ failure: 'refused', status: 404 });
    expect(fake.requests).toHaveLength(1);
  });

  it('follows a redirect, without the headers that were for the first host', async () => {
    const [fake, other] = [await startSources(), await startSources()];
    fake.serve('/', { status: 301, headers: { location: `${other.url}/there` }, body: '' });
    other.serve('/there', '[2]');
    const answer = await createHttp(quick)({
      url: new URL(fake.url),
      expect: 'JSON',
      headers: { 'x-api-key': 'secret' },
      signal: never,
      read: (body) => parseJson(body, 'it'),
    });
    expect(answer).toEqual([2]);
    expect(fake.requests[0]?.headers['x-api-key']).toBe('secret');
    expect(other.requests[0]?.headers['x-api-key']).toBeUndefined();
  });

  it('goes nowhere but to http and https', async () => {
    const fake = await startSources();
    fake.serve('/', { status: 302, headers: { location: 'file:///etc/passwd' }, body: '' });
    await expect(get(fake.url)).rejects.toMatchObject({ failure: 'garbled' });
  });

  it('says that nobody answers where nobody does', async () => {
    await expect(get('http://127.0.0.1:1')).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it('does not take a mistake of ours for a fault of the source', async () => {
    const fake = await startSources();
    fake.serve('/', '[1]');
    const mistake = new TypeError('undefined is not a function');
    const asked = createHttp(quick)({
      url: new URL(fake.url),
      expect: 'JSON',
      signal: never,
      read: () => {
        throw mistake;
      },
    });
    await expect(asked).rejects.toBe(mistake);
    expect(fake.requests).toHaveLength(1);
  });
});

describe('public addresses', () => {
  it.each(['1.1.1.1', '151.101.1.69', '2606:4700::6810:84e5'])('%s is one', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    'fe80::1',
    'fd00:ec2::254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
  ])('%s is none', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('a client for addresses that people gave', () => {
  const refused = { failure: 'refused', message: expect.stringContaining('not a public address') };
  /** Another address of this machine, which plays the part of a public one. */
  const outside = '127.0.0.2';
  /** A name server that answers with these addresses, one a question. */
  const names = (...addresses: string[]) =>
    publicOnly({
      allows: (address) => address === outside,
      lookup: (_, options, callback) => {
        const address = addresses.shift() ?? '';
        if (options.all) callback(null, [{ address, family: 4 }]);
        else callback(null, address, 4);
      },
    });

  it.each([
    'http://127.0.0.1:PORT',
    'http://2130706433:PORT',
    'http://0x7f.1:PORT',
    'http://[::ffff:127.0.0.1]:PORT',
    'http://localhost:PORT',
  ])('does not reach this machine by %s', async (address) => {
    const fake = await startSources();
    fake.serve('/', '[1]');
    const url = address.replace('PORT', new URL(fake.url).port);
    await expect(get(url, { ...quick, dispatcher: publicOnly() })).rejects.toMatchObject(refused);
    expect(fake.requests).toHaveLength(0);
  });

  it('does not reach it by a name that points here', async () => {
    const fake = await startSources();
    const { port } = new URL(fake.url);
    const dispatcher = names('127.0.0.1');
    const asked = get(`http://feeds.example.org:${port}/`, { ...quick, dispatcher });
    await expect(asked).rejects.toMatchObject(refused);
    expect(fake.requests).toHaveLength(0);
  });

  it('does not reach it by a name that points outside first and here later', async () => {
    const fake = await startSources(outside);
    const { port } = new URL(fake.url);
    const dispatcher = names(outside, '127.0.0.1');
    fake.serve('/', { headers: { connection: 'close' }, body: '[1]' });
    const url = `http://rebind.example.org:${port}/`;
    // The address that was checked is the one connected to: one question a connection.
    expect(await get(url, { ...quick, dispatcher })).toEqual([1]);
    await expect(get(url, { ...quick, dispatcher })).rejects.toMatchObject(refused);
    expect(fake.requests).toHaveLength(1);
  });

  it('does not reach it by a redirect from outside', async () => {
    const [fake, here] = [await startSources(outside), await startSources()];
    fake.serve('/', { status: 302, headers: { location: here.url }, body: '' });
    here.serve('/', '[1]');
    await expect(get(fake.url, { ...quick, dispatcher: names() })).rejects.toMatchObject(refused);
    expect(fake.requests).toHaveLength(1);
    expect(here.requests).toHaveLength(0);
  });
});
