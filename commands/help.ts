/** help [command]: what Paperboy can do, and how to say it. */
import { z } from 'zod';
import { argInfo, text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { type CommandDescription, groups } from '../src/command/description.ts';
import { nearestCommand } from '../src/command/grammar.ts';
import { UserError } from '../src/errors.ts';
import type { Reply } from '../src/reply/reply.ts';
import { bold, code, say, type Text } from '../src/reply/text.ts';

export const help = defineCommand({
  name: 'help',
  describe: 'What Paperboy can do, and how to say it',
  group: 'channel',
  examples: ['help', 'help subscribe'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({
    command: text({
      describe: 'The command to explain',
      example: 'subscribe',
      positional: true,
      complete: 'command',
      max: 100,
    }).optional(),
  }),
  async run({ command: name }, { commands }) {
    if (name === undefined) return overview(commands);
    const wanted = name.toLowerCase().replace(/^\/?paper\s+/, '');
    const command = commands.find((each) => each.name === wanted || each.aliases?.includes(wanted));
    if (!command) {
      const near = nearestCommand(wanted, commands);
      throw new UserError(
        `There is no command “${name}”. ${near ? `Did you mean “help ${near}”?` : '“help” lists them all.'}`,
      );
    }
    return one(command);
  },
});

function overview(commands: readonly CommandDescription[]): Reply {
  return {
    visibility: 'asker',
    summary: 'Paperboy brings research papers to this channel.',
    blocks: [
      { kind: 'heading', text: 'Paperboy brings research papers to this channel' },
      ...Object.entries(groups).flatMap(([group, heading]) => [
        { kind: 'text', text: say`${bold(heading)}` } as const,
        {
          kind: 'list',
          items: commands.filter((each) => each.group === group).map(mention),
        } as const,
      ]),
      {
        kind: 'note',
        text: say`Start with ${code('/paper search model merging')} or ${code('/paper topics')}; ${code('/paper help subscribe')} explains one command.`,
      },
    ],
  };
}

function mention({ name, describe }: CommandDescription): Text {
  return say`${code(`/paper ${name}`)}: ${describe}`;
}

function one(command: CommandDescription): Reply {
  const args = Object.entries(command.args).map(([name, schema]) => ({ name, ...argInfo(schema) }));
  return {
    visibility: 'asker',
    summary: command.describe,
    blocks: [
      { kind: 'heading', text: `/paper ${command.name}` },
      {
        kind: 'text',
        text: say`${command.describe}.${command.rights === 'manage' ? ' Needs the right to manage this channel.' : ''}`,
      },
      {
        kind: 'list',
        items: args
          .filter(({ hidden }) => !hidden)
          .map(
            ({ name, describe, required, example }) =>
              say`${bold(name)}${required ? '' : ' (optional)'}: ${describe}, for example ${code(example)}`,
          ),
      },
      { kind: 'code', text: command.examples.map((example) => `/paper ${example}`).join('\n') },
    ],
  };
}
