/** The whole bot in Discord: the real commands, the real client, the wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { openHouse } from '../../house.ts';
import { createBot, openBot, openDiscord } from './bot.ts';

const ada = { user: 'ada', channel: 'papers' } as const;
const grace = { user: 'grace', channel: 'papers' } as const;
const search = { ...ada, command: 'paper search' } as const;

async function open(): Promise<FakeDiscord> {
  const discord = await openDiscord();
  await openBot(discord);
  return discord;
}

function registrations(discord: FakeDiscord): string[] {
  return discord.requests
    .filter(({ path }) => path.endsWith('/commands'))
    .map(({ method }) => method);
}

describe('starting', () => {
  test('logs in with no privileged intent and gives the link to invite the bot', async () => {
    const discord = await openDiscord();
    const house = await openBot(discord);
    // Guilds, GuildMessages and DirectMessages.
    expect(discord.gateway.identified).toEqual([{ intents: 1 | 512 | 4096 }]);
    const line = house.lines.find((each) => each.startsWith('Discord'));
    expect(line).toContain(
      `client_id=${discord.bot.id}&scope=bot+applications.commands&permissions=`,
    );
  });

  test('registers its commands in one request, and not again when they are there', async () => {
    const discord = await openDiscord();
    await (await openBot(discord)).stop();
    expect(registrations(discord)).toEqual(['GET', 'PUT']);
    await openBot(discord);
    expect(registrations(discord)).toEqual(['GET', 'PUT', 'GET']);
    expect(discord.commands().map(({ name }) => name)).toEqual(['paper']);
  });

  test('registers its commands when they cannot be read', async () => {
    const discord = await openDiscord();
    discord.fault({ method: 'GET', path: /\/commands$/, kind: '500', times: 9 });
    await openBot(discord);
    expect(registrations(discord).at(-1)).toBe('PUT');
    expect(discord.commands()).toHaveLength(1);
  });

  test('serves though its commands cannot be registered', async () => {
    const discord = await openDiscord();
    discord.fault({ method: 'PUT', path: /\/commands$/, kind: '503', times: 9 });
    await openBot(discord);
    discord.say({ ...ada, content: `${discord.botMention} help` });
    await discord.waitFor(() => discord.messages('papers').length === 2);
  });

  test('with a refused token says which setting to look at, and never its value', async () => {
    const discord = await openDiscord();
    const token = 'MTIz.wrong.token';
    const { platform, logged } = await createBot({ apiUrl: discord.apiUrl, token });
    const error = await platform.start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain('DISCORD_TOKEN');
    expect(String(error) + logged.join('')).not.toContain(token);
  });

  test('where Discord cannot be reached fails with a reason', async () => {
    const { platform } = await createBot({ apiUrl: 'http://127.0.0.1:1/api', token: 'x.y.z' });
    await expect(platform.start()).rejects.toThrow(/^discord: .*ECONNREFUSED/);
  });

  test('takes the address of the API with its version and a slash', async () => {
    const discord = await openDiscord();
    const { platform } = await createBot({ ...discord, apiUrl: `${discord.apiUrl}/v10/` });
    await expect(platform.start()).resolves.toContain('connected as Paperboy');
  });
});

describe('a slash command', () => {
  test('that needs the right to manage the channel is refused to others in a sentence', async () => {
    const discord = await open();
    const options = { topic: 'model-merging' };
    const refused = await discord.slash({ ...ada, command: 'paper subscribe', options }).answer();
    expect(refused).toMatchObject({ ephemeral: true });
    expect(refused.text).toContain('Only people who may manage #papers');
    const done = await discord.slash({ ...grace, command: 'paper subscribe', options }).answer();
    expect(done).toMatchObject({ ephemeral: false });
    expect(done.text).toContain('#papers now follows **model-merging**');
  });

  test('hands topics over to a person who is picked from the server, or mentioned in a message', async () => {
    const discord = await open();
    const subscribed = { topic: 'model-merging' };
    await discord.slash({ ...grace, command: 'paper subscribe', options: subscribed }).answer();
    const options = { person: 'ada' };
    const given = await discord.slash({ ...grace, command: 'paper owner', options }).answer();
    expect(given.text).toContain('**ada** now owns model-merging in #papers');
    const owners = await discord.slash({ ...grace, command: 'paper owner' }).answer();
    expect(owners.text).toContain('Owned in #papers: model-merging by ada.');
    const { id } = discord.person('grace');
    discord.say({ ...grace, content: `${discord.botMention} owner <@${id}>` });
    const back = await discord.waitFor(() =>
      discord.messages('papers').find(({ text }) => text.includes('**grace** now owns')),
    );
    expect(back.text).toContain('model-merging in #papers');
  });

  test('says which permission is missing where the bot could not post', async () => {
    const discord = await open();
    discord.setBotPermissions('papers', ['ViewChannel', 'ReadMessageHistory']);
    const options = { topic: 'model-merging' };
    const answer = await discord.slash({ ...grace, command: 'paper subscribe', options }).answer();
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer.text).toContain(
      'I cannot post in #papers yet: give Paperboy the permission “Send Messages” and “Embed Links” there',
    );
  });

  test('works in direct messages, where everybody manages their own', async () => {
    const discord = await open();
    const dm = discord.dm('ada');
    const options = { topic: 'model-merging' };
    const place = { user: 'ada', channel: dm };
    const answer = await discord.slash({ ...place, command: 'paper subscribe', options }).answer();
    expect(answer.text).toContain('now follows **model-merging**');
    const status = await discord.slash({ ...place, command: 'paper status' }).answer();
    expect(status.text).toContain('model-merging');
  });
});

describe('completion', () => {
  const focused = (name: string, value: string) => ({ focused: { name, value } });

  test('offers papers by their titles, and stands for their ids', async () => {
    const discord = await open();
    const choices = await discord.autocomplete({
      ...ada,
      command: 'paper show',
      ...focused('paper', 'evolutionary merging'),
    });
    expect(choices).toContainEqual({
      name: 'Evolutionary Optimization of Model Merging Recipes',
      value: 'arxiv:2403.13187',
    });
    const shown = await discord
      .slash({ ...ada, command: 'paper show', options: { paper: 'arxiv:2403.13187' } })
      .answer();
    expect(shown.text).toContain('Evolutionary Optimization of Model Merging Recipes');
  });

  test('offers fields of a query, and what was typed where nothing else fits', async () => {
    const discord = await open();
    const offer = (value: string) =>
      discord.autocomplete({ ...ada, command: 'paper search', ...focused('query', value) });
    expect((await offer('tea cat')).map(({ value }) => value)).toEqual([
      'tea cat',
      'tea category:',
    ]);
    expect(await offer('green tea')).toEqual([{ name: 'green tea', value: 'green tea' }]);
  });

  test('offers topics and timezones, as many as Discord takes', async () => {
    const discord = await open();
    const topics = await discord.autocomplete({
      ...ada,
      command: 'paper subscribe',
      ...focused('topic', 'merg'),
    });
    expect(topics.map(({ value }) => value)).toContain('model-merging');
    const zones = await discord.autocomplete({
      ...ada,
      command: 'paper schedule',
      ...focused('timezone', 'euro'),
    });
    expect(zones).toHaveLength(25);
    expect(zones.map(({ value }) => value)).toContain('Europe/Berlin');
  });
});

describe('a button', () => {
  test('acts with the rights of who presses it', async () => {
    const discord = await open();
    await discord
      .slash({ ...grace, command: 'paper subscribe', options: { topic: 'model-merging' } })
      .answer();
    const [message] = discord.view('papers', 'ada');
    if (!message) throw new Error('no message');
    const refused = await discord.click({ user: 'ada', message, button: 'Unsubscribe' }).answer();
    expect(refused).toMatchObject({ ephemeral: true });
    expect(refused.text).toContain('Only people who may manage');
    const done = await discord.click({ user: 'grace', message, button: 'Unsubscribe' }).answer();
    expect(done).toMatchObject({ ephemeral: false });
  });

  test('with a query too long for Discord works, also after a restart', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-discord-'));
    onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
    const discord = await openDiscord();
    const house = await openBot(discord, { stateDir });
    const query = `model OR ${Array.from({ length: 20 }, (_, i) => `nonsense${i}`).join(' OR ')}`;
    const first = await discord.slash({ ...search, options: { query } }).answer();
    expect(first.buttons.find(({ label }) => label === 'Next ▶')?.customId).toMatch(/^r\w:#/);
    await house.stop();
    await openBot(discord, { stateDir });
    const second = await discord.click({ user: 'ada', message: first, button: 'Next ▶' }).answer();
    expect(second.text).toContain('Page 2 of');
  });

  test('that nobody knows any more says so', async () => {
    const discord = await openDiscord();
    const house = await openBot(discord);
    const query = `model OR ${'nonsense OR '.repeat(12)}thing`;
    const first = await discord.slash({ ...search, options: { query } }).answer();
    await house.stop();
    // Another database, which has not kept it.
    await openBot(discord);
    const answer = await discord.click({ user: 'ada', message: first, button: 'Next ▶' }).answer();
    expect(answer.text).toContain('This button is too old to work; run the command again.');
  });
});

describe('a message', () => {
  test('that mentions the bot is answered with a reply, seen by all', async () => {
    const discord = await open();
    const asked = discord.say({ ...ada, content: `${discord.botMention} search model merging` });
    const [, answer] = await discord.waitFor(() => {
      const seen = discord.messages('papers');
      return seen.length === 2 && seen;
    });
    expect(answer?.text).toContain('for **model merging**.');
    expect(answer?.wire.message_reference?.message_id).toBe(asked.id);
    expect(answer?.wire.mentions).toEqual([]);
  });

  test('that mentions the bot in the middle is read from there', async () => {
    const discord = await open();
    discord.say({ ...ada, content: `hey ${discord.botMention} show 2403.13187` });
    await discord.waitFor(() =>
      discord.messages('papers')[1]?.text.includes('Evolutionary Optimization'),
    );
  });

  test('that the bot is not told of, or that another bot wrote, gets no answer', async () => {
    const discord = await open();
    discord.say({ ...ada, content: 'search model merging' });
    discord.say({ ...ada, content: `${discord.botMention} help` });
    await discord.waitFor(() => discord.messages('papers').length === 3);
    expect(discord.messages('papers').map(({ author }) => author)).toEqual([
      'ada',
      'ada',
      'Paperboy',
    ]);
  });

  test('in direct messages is a command without any mention', async () => {
    const discord = await open();
    const dm = discord.dm('ada');
    discord.say({ user: 'ada', channel: dm, content: 'search model' });
    const answer = await discord.waitFor(() => discord.messages(dm)[1]);
    expect(answer.text).toContain('Page 1 of');
    await discord.click({ user: 'ada', message: answer, button: 'Next ▶' }).answer();
    expect(discord.messages(dm)).toHaveLength(2);
    expect(discord.messages(dm)[1]?.text).toContain('Page 2 of');
  });

  test('cannot make the bot mention anybody', async () => {
    const discord = await open();
    const { id } = discord.person('grace');
    const query = `"@everyone" <@${id}> @here [x](https://evil.example)`;
    await discord.slash({ ...search, options: { query, share: true } }).answer();
    discord.say({ ...ada, content: `${discord.botMention} ${query}` });
    await discord.waitFor(() => discord.messages('papers').length === 3);
    for (const { author, wire } of discord.messages('papers')) {
      if (author !== 'Paperboy') continue;
      expect(wire).toMatchObject({ mention_everyone: false, mentions: [], mention_roles: [] });
      expect(wire.content).not.toMatch(/@everyone|@here|(?<!\\)<@/);
    }
    const sent = discord.requests.filter(({ method, body }) => method !== 'GET' && body);
    for (const { path, body } of sent) {
      // The name of a thread calls nobody at Discord, and has no field to say so.
      if (!/messages|callback/.test(path) || path.endsWith('/threads')) continue;
      expect(JSON.stringify(body)).toContain('"allowed_mentions":{"parse":[]');
    }
  });
});

describe('the connection', () => {
  test('when lost is taken up again, with what was asked meanwhile answered once', async () => {
    const discord = await open();
    discord.gateway.drop();
    const asked = discord.slash({ ...search, options: { query: 'model merging' } });
    expect((await asked.answer()).text).toContain('for **model merging**');
    expect(discord.gateway.resumed).toHaveLength(1);
    const again = await discord.slash({ ...search, options: { query: 'reasoning' } }).answer();
    expect(again.text).toContain('**reasoning**');
  });

  test('is closed promptly when the bot stops', async () => {
    const discord = await openDiscord();
    const house = await openBot(discord);
    const before = performance.now();
    await house.stop();
    expect(performance.now() - before).toBeLessThan(1_000);
    await discord.waitFor(() => !discord.gateway.connected);
  });

  test('that is just being taken up again is closed when the bot stops', async () => {
    const discord = await openDiscord();
    const house = await openBot(discord);
    discord.gateway.drop();
    // The client has noticed, and waits half a second before it tries again.
    await sleep(100);
    await house.stop();
    await sleep(800);
    expect(discord.gateway.connected).toBe(false);
  });
});

test('the local page goes on without Discord', async () => {
  const house = await openHouse();
  expect([...house.platforms.keys()]).toEqual(['local']);
});
