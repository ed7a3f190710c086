/** Answers that come late, twice, to the wrong people or not at all, by commands made for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { integer } from '../../../src/command/args.ts';
import { type Command, defineCommand } from '../../../src/command/command.ts';
import { UserError } from '../../../src/errors.ts';
import { buttons, sentence } from '../../../src/reply/build.ts';
import type { Reply } from '../../../src/reply/reply.ts';
import { say } from '../../../src/reply/text.ts';
import { openDiscord, startBot } from './bot.ts';

const ada = { user: 'ada', channel: 'papers' } as const;

/** Longer than the bot waits before it asks for more time. */
const SLOW_MS = 1_700;

function command(
  name: string,
  visibility: Command['visibility'],
  run: (n: number) => Promise<Reply>,
  defer = false,
): Command {
  return defineCommand({
    name,
    describe: 'For tests',
    group: 'find',
    examples: [name],
    rights: 'anyone',
    visibility,
    defer,
    args: z.object({
      n: integer({ describe: 'A number', example: '1', min: 0, max: 9 }).optional(),
    }),
    run: ({ n = 0 }) => run(n),
  });
}

const press = (label: string, to: string, effect: 'replace' | 'answer', args = {}) =>
  buttons({ kind: 'run', label, effect, invocation: { command: to, args } });

const slowly = (visibility: Reply['visibility'], defer = false) =>
  command(
    `slow-${visibility}${defer ? '-deferred' : ''}`,
    visibility,
    async (n) => {
      await sleep(SLOW_MS);
      if (n === 9) throw new UserError('Nine is too many.');
      return sentence(say`Slow ${n}.`, visibility);
    },
    defer,
  );

const start = command('start', 'channel', async () =>
  sentence(say`Start.`, 'channel', [
    ...press('Next', 'slow-channel', 'replace', { n: 8 }),
    ...press('Last', 'slow-channel', 'replace', { n: 9 }),
  ]),
);
const ask = command('shall', 'asker', async () =>
  sentence(say`Shall I?`, 'asker', press('Yes', 'tell', 'replace')),
);
const tell = command('tell', 'channel', async () => sentence(say`All hear this.`, 'channel'));
const long = command('long', 'channel', async () => ({
  visibility: 'channel',
  summary: 'Long',
  blocks: Array.from({ length: 12 }, (_, i) => ({
    kind: 'text' as const,
    text: say`${`Part ${i}. `.repeat(180)}`,
  })),
}));
const commands = [
  slowly('asker'),
  slowly('channel'),
  slowly('asker', true),
  start,
  ask,
  tell,
  long,
];

describe('a command that takes its time', () => {
  test('is promised an answer in time and then given it, to those who may see it', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    const asker = discord.slash({ ...ada, command: 'paper slow-asker' });
    const channel = discord.slash({ ...ada, command: 'paper slow-channel' });
    const deferred = discord.slash({ ...ada, command: 'paper slow-asker-deferred' });
    await deferred.acknowledged();
    expect(deferred.respondedAfterMs).toBeLessThan(500);
    expect(await asker.answer()).toMatchObject({ text: 'Slow 0.', ephemeral: true });
    expect(await channel.answer()).toMatchObject({ text: 'Slow 0.', ephemeral: false });
    expect(await deferred.answer()).toMatchObject({ text: 'Slow 0.', ephemeral: true });
    for (const { deferred: isDeferred, messages } of [asker, channel, deferred]) {
      expect(isDeferred).toBe(true);
      expect(messages).toHaveLength(1);
    }
  });

  test('and fails tells the asker alone, and takes its public promise back', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    const asked = discord.slash({ ...ada, command: 'paper slow-channel', options: { n: 9 } });
    await discord.waitFor(
      () =>
        discord.view('papers', 'ada').length === 1 && discord.view('papers', 'ada')[0]?.ephemeral,
      5_000,
    );
    expect(discord.view('papers', 'ada')).toMatchObject([
      { text: expect.stringContaining('Nine is too many.'), ephemeral: true },
    ]);
    expect(discord.view('papers', 'grace')).toEqual([]);
    expect(asked.failed).toBe(false);
  });

  test('changes its message in place, but not for all when it fails', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    const message = await discord.slash({ ...ada, command: 'paper start' }).answer();
    const next = discord.click({ user: 'ada', message, button: 'Next' });
    const last = discord.click({ user: 'ada', message, button: 'Last' });
    const refusal = () => discord.view('papers', 'ada').find(({ ephemeral }) => ephemeral);
    expect((await discord.waitFor(refusal, 4_000)).text).toContain('Nine is too many.');
    expect(await next.answer()).toMatchObject({ id: message.id, text: 'Slow 8.' });
    expect([next.deferred, last.deferred]).toEqual([true, true]);
    expect(discord.view('papers', 'grace')).toMatchObject([{ id: message.id, text: 'Slow 8.' }]);
  });

  test('shows the bot typing in answer to a message', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    discord.say({ ...ada, content: `${discord.botMention} slow-asker` });
    await discord.waitFor(() => discord.messages('papers').length === 2, 4_000);
    expect(discord.requests.some(({ path }) => path.endsWith('/typing'))).toBe(true);
  });
});

describe('a private question', () => {
  test('answered in public gives its place to the answer', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    const asked = await discord.slash({ ...ada, command: 'paper shall' }).answer();
    discord.click({ user: 'ada', message: asked, button: 'Yes' });
    await discord.waitFor(() => discord.view('papers', 'ada')[0]?.text === 'All hear this.');
    expect(discord.view('papers', 'grace')).toMatchObject([{ text: 'All hear this.' }]);
    expect(discord.view('papers', 'ada')).toHaveLength(1);
  });
});

describe('an answer longer than a message', () => {
  test('goes on in the next ones', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    const asked = discord.slash({ ...ada, command: 'paper long' });
    await discord.waitFor(() => asked.messages.some(({ text }) => text.includes('Part 11.')));
    const all = asked.messages.map(({ text }) => text).join('\n');
    for (let i = 0; i < 12; i += 1) expect(all).toContain(`Part ${i}.`);
    expect(asked.messages.length).toBeGreaterThan(1);
  });
});

describe('trouble', () => {
  test('a token that died meanwhile sends what is public to the channel, and logs the rest', async () => {
    const clock = { ahead: 0 };
    const discord = await openDiscord({ now: () => Date.now() + clock.ahead });
    const { logged } = await startBot(discord, commands);
    const shown = discord.slash({ ...ada, command: 'paper slow-channel' });
    const hidden = discord.slash({ ...ada, command: 'paper slow-asker' });
    await Promise.all([shown.acknowledged(), hidden.acknowledged()]);
    clock.ahead = 16 * 60_000;
    await discord.waitFor(
      () => discord.messages('papers').some(({ text }) => text === 'Slow 0.'),
      4_000,
    );
    const late = await discord.waitFor(
      () => logged.find((line) => line.includes('too late')),
      4_000,
    );
    expect(late).toContain(discord.channel('papers').id);
    for (const line of logged) {
      expect(line).not.toContain(shown.token);
      expect(line).not.toContain(discord.token);
    }
  });

  test.each([
    { kind: '503', also: {} },
    { kind: 'accept-then-cut', also: { reset: true } },
  ] as const)('$kind on the way gives one answer all the same', async ({ kind, also }) => {
    const discord = await openDiscord();
    const { logged } = await startBot(discord, commands);
    discord.fault({ path: /\/callback$/, kind, ...also });
    const asked = discord.slash({ ...ada, command: 'paper tell' });
    expect((await asked.answer()).text).toBe('All hear this.');
    await sleep(100);
    expect(discord.messages('papers')).toHaveLength(1);
    expect(logged.filter((line) => line.includes('could not be given'))).toEqual([]);
  });

  test('a reply whose answer was lost is not written twice', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    discord.fault({ path: /\/messages$/, kind: 'accept-then-cut', reset: true });
    discord.say({ ...ada, content: `${discord.botMention} tell` });
    const posts = () => discord.requests.filter(({ path }) => path.endsWith('/messages'));
    await discord.waitFor(() => posts().length === 2 && posts()[1]?.status === 200);
    expect(discord.messages('papers').map(({ author }) => author)).toEqual(['ada', 'Paperboy']);
  });

  test('an acknowledgement whose answer was lost is still followed by the answer', async () => {
    const discord = await openDiscord();
    await startBot(discord, commands);
    discord.fault({ path: /\/callback$/, kind: 'accept-then-cut', reset: true });
    const asked = discord.slash({ ...ada, command: 'paper slow-channel' });
    expect(await asked.answer()).toMatchObject({ text: 'Slow 0.', ephemeral: false });
    expect(discord.messages('papers')).toHaveLength(1);
  });

  test('a channel the bot may not write in is logged when a mention cannot be answered', async () => {
    const discord = await openDiscord();
    const { logged } = await startBot(discord, commands);
    discord.setBotPermissions('papers', ['ViewChannel']);
    discord.say({ ...ada, content: `${discord.botMention} tell` });
    const line = await discord.waitFor(() =>
      logged.find((each) => each.includes('could not be answered')),
    );
    expect(line).toContain(`/${discord.channel('papers').id}`);
  });

  test('what is under way when the bot stops is still answered', async () => {
    const discord = await openDiscord();
    const { platform } = await startBot(discord, commands);
    const asked = discord.slash({ ...ada, command: 'paper slow-channel' });
    await sleep(50);
    const before = performance.now();
    await platform.stop();
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(asked.messages).toMatchObject([{ text: 'Slow 0.', loading: false }]);
  });
});

test('a completion that fails offers nothing, and is logged', async () => {
  const discord = await openDiscord();
  const { logged } = await startBot(discord, undefined, ({ channels }) => ({
    channels: { ...channels, subscriptions: () => Promise.reject(new Error('the disk is full')) },
  }));
  const typing = { focused: { name: 'topic', value: '' } };
  const choices = await discord.autocomplete({ ...ada, command: 'paper unsubscribe', ...typing });
  expect(choices).toEqual([]);
  expect(logged.find((line) => line.includes('a completion failed'))).toContain('the disk is full');
});
