/** The fake's rates, faults and lost connections, driven by the real discord.js client. */
import { Events } from 'discord.js';
import { describe, expect } from 'vitest';
import { channelFor, SEARCH, test } from './client.ts';

describe('trouble', () => {
  test('a 429 is retried by discord.js after the time it asks for', async ({ discord, bot }) => {
    const channel = await channelFor(await bot.login(), discord);
    const path = /\/messages$/;
    discord.fault({ method: 'POST', path, kind: '429', retryAfter: 0.1 });
    const before = performance.now();
    await channel.send('hello');
    expect(performance.now() - before).toBeGreaterThan(100);
    const posts = discord.requests.filter((one) => one.method === 'POST');
    expect(posts.map((one) => one.status)).toEqual([429, 200]);
    expect(discord.messages('papers')).toHaveLength(1);
  });

  test('more messages than the rate allows are refused with the time to wait', async ({
    discord,
    bot,
  }) => {
    discord.limits.enforceRate = true;
    discord.limits.perChannel = { max: 2, perMs: 200 };
    const channel = await channelFor(await bot.login(), discord);
    const url = `${discord.apiUrl}/v10/channels/${channel.id}/messages`;
    const headers = {
      authorization: `Bot ${discord.token}`,
      'content-type': 'application/json',
    };
    const post = () => fetch(url, { method: 'POST', headers, body: '{"content":"x"}' });
    const answers = [await post(), await post(), await post()];
    expect(answers.map((one) => one.status)).toEqual([200, 200, 429]);
    expect(answers.map((one) => one.headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0']);
    expect(await answers[2]?.json()).toMatchObject({ global: false });
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeLessThanOrEqual(0.2);
    // discord.js itself keeps to what the headers say.
    await Promise.all(['a', 'b', 'c'].map((content) => channel.send(content)));
    expect(discord.messages('papers')).toHaveLength(5);
  });

  test('more than the global rate is refused over all routes', async ({ discord }) => {
    discord.limits.enforceRate = true;
    discord.limits.global = { max: 1, perMs: 200 };
    const headers = { authorization: `Bot ${discord.token}` };
    const get = () => fetch(`${discord.apiUrl}/v10/users/@me`, { headers });
    const [first, second] = [await get(), await get()];
    expect([first.status, second.status]).toEqual([200, 429]);
    expect(second.headers.get('x-ratelimit-global')).toBe('true');
  });

  test('a server error is retried, and a cut after the message was accepted loses the answer', async ({
    discord,
    bot,
  }) => {
    const channel = await channelFor(await bot.login(), discord);
    const path = /\/messages$/;
    discord.fault({ path, kind: '500' });
    await channel.send('one');
    expect(discord.messages('papers')).toHaveLength(1);
    discord.fault({ path, kind: 'cut' });
    await expect(channel.send('two')).rejects.toThrow();
    expect(discord.messages('papers')).toHaveLength(1);
    discord.fault({ path, kind: 'accept-then-cut' });
    await expect(channel.send('three')).rejects.toThrow();
    expect(discord.messages('papers').map((one) => one.text)).toEqual(['one', 'three']);
    // A reset is repeated by discord.js; the enforced nonce makes that harmless.
    discord.fault({ path, kind: 'accept-then-cut', reset: true });
    await channel.send({ content: 'four', nonce: 'four', enforceNonce: true });
    expect(discord.messages('papers').map((one) => one.text)).toEqual(['one', 'three', 'four']);
  });

  test('a request that hangs does not keep the fake from stopping', async ({ discord, bot }) => {
    const channel = await channelFor(await bot.login(), discord);
    discord.fault({ path: /\/messages$/, kind: 'hang' });
    const sending = channel.send('x').catch(() => 'failed');
    await discord.waitFor(() => discord.requests.some((one) => one.fault === 'hang'));
    await discord.stop();
    expect(await sending).toBe('failed');
  });

  test('after a sudden drop the client resumes and gets what it missed', async ({
    discord,
    bot,
  }) => {
    await bot.serveCommand((it) => it.reply('after the drop'));
    discord.gateway.drop();
    await discord.waitFor(() => !discord.gateway.connected);
    const exchange = discord.slash({ ...SEARCH, options: { query: 'x' } });
    expect((await exchange.answer()).text).toBe('after the drop');
    expect(discord.gateway.resumed).toEqual([{ replayed: 1 }]);
    expect(discord.gateway.identified).toHaveLength(1);
  });

  test('asked to reconnect, the client resumes; its session ended, it identifies anew', async ({
    discord,
    bot,
  }) => {
    const client = await bot.login();
    discord.gateway.askToReconnect();
    await discord.waitFor(() => discord.gateway.resumed.length === 1);
    const readyAgain = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    discord.gateway.invalidateSessions();
    await readyAgain;
    expect(discord.gateway.identified).toHaveLength(2);
  });
});
