import { REST } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '../../../commands/index.ts';
import { choice, flag, integer, text } from '../../../src/command/args.ts';
import { type Command, defineCommand } from '../../../src/command/command.ts';
import { createLog } from '../../../src/log.ts';
import { definition, inviteLink, register } from '../../../src/platforms/discord/manifest.ts';
import { sentence } from '../../../src/reply/build.ts';
import { say } from '../../../src/reply/text.ts';
import { commandSchema } from '../../fakes/discord/command-schema.ts';
import { openDiscord } from './bot.ts';

function command(name: string, args: z.ZodObject, describe = 'For tests'): Command {
  return defineCommand({
    name,
    describe,
    group: 'find',
    examples: [name],
    rights: 'anyone',
    visibility: 'asker',
    defer: false,
    args,
    run: async () => sentence(say`x`),
  });
}

const words = { describe: 'A word', example: 'x' };

describe('the definition of /paper', () => {
  test('holds every command but those of buttons as a subcommand, as Discord takes it', () => {
    const root = definition(commands);
    commandSchema.parse(root);
    expect(root.options?.map(({ name }) => name)).toEqual(
      commands.flatMap(({ name, group }) => (group === 'buttons' ? [] : name)),
    );
    expect(root).toMatchObject({ name: 'paper', contexts: [0, 1] });
    expect(root).not.toHaveProperty('default_member_permissions');
  });

  test('gives each argument its type and bounds, the required first, the hidden not at all', () => {
    const args = z.object({
      words: text({ ...words, max: 40, complete: 'paper' }).optional(),
      top: integer({ ...words, min: 1, max: 20 }),
      loud: flag(words).optional(),
      by: choice({ ...words, values: ['day', 'week'] as const }).optional(),
      page: integer({ ...words, min: 1, max: 9, hidden: true }).optional(),
    });
    expect(definition([command('try', args)]).options).toEqual([
      {
        type: 1,
        name: 'try',
        description: 'For tests',
        options: [
          {
            type: 4,
            name: 'top',
            description: 'A word',
            required: true,
            min_value: 1,
            max_value: 20,
          },
          {
            type: 3,
            name: 'words',
            description: 'A word',
            required: false,
            max_length: 40,
            autocomplete: true,
          },
          { type: 5, name: 'loud', description: 'A word', required: false },
          {
            type: 3,
            name: 'by',
            description: 'A word',
            required: false,
            choices: [
              { name: 'day', value: 'day' },
              { name: 'week', value: 'week' },
            ],
          },
        ],
      },
    ]);
  });

  test.each<[string, Command[]]>([
    ['a long description', [command('a', z.object({}), 'x'.repeat(101))]],
    ['a name in capitals', [command('Try', z.object({}))]],
    ['an argument with a space', [command('a', z.object({ 'two words': text(words) }))]],
    ['26 commands', Array.from({ length: 26 }, (_, i) => command(`a${i}`, z.object({})))],
    [
      'too much in all',
      Array.from({ length: 25 }, (_, i) =>
        command(
          `a${i}`,
          z.object(
            Object.fromEntries(
              ['a', 'b', 'c', 'd'].map((name) => [
                name,
                text({ ...words, describe: 'x'.repeat(99) }),
              ]),
            ),
          ),
        ),
      ),
    ],
  ])('is refused before Discord refuses it, for %s', (_, wrong) => {
    expect(() => definition(wrong)).toThrow(/^Discord would refuse \/paper/);
  });
});

test('registration sends only what changed', async () => {
  const discord = await openDiscord();
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const log = createLog('silent');
  const { id } = discord.bot;
  expect(await register(rest, id, commands, log)).toBe(true);
  expect(await register(rest, id, commands, log)).toBe(false);
  expect(await register(rest, id, commands.slice(1), log)).toBe(true);
  expect(await register(rest, id, commands.slice(1).reverse(), log)).toBe(true);
  expect(discord.requests.map(({ method }) => method)).toEqual(
    'GET PUT GET GET PUT GET PUT'.split(' '),
  );
});

test('the invite asks for the least that posting and answering take', () => {
  const url = new URL(inviteLink('123'));
  expect(url.searchParams.get('scope')).toBe('bot applications.commands');
  const bits = BigInt(url.searchParams.get('permissions') ?? 0);
  // View Channel, Send Messages, Embed Links, Read Message History, Create Public Threads, Send Messages in Threads.
  expect(bits).toBe(
    (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 35n) | (1n << 38n),
  );
});
