/** source [list | add <source> | remove <source>]: where papers come from, for the whole bot. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { mustOperate } from '../src/command/operators.ts';
import { UserError } from '../src/errors.ts';
import { sentence } from '../src/reply/build.ts';
import type { Reply } from '../src/reply/reply.ts';
import { sourceLines } from '../src/reply/source-day.ts';
import { bold, code, say } from '../src/reply/text.ts';

export const source = defineCommand({
  name: 'source',
  aliases: ['sources'],
  describe: 'Where papers come from: list, add or remove a source',
  group: 'channel',
  examples: ['source list', 'source add arxiv:cs.CL', 'source remove arxiv:cs.CL'],
  rights: 'manage',
  visibility: 'asker',
  defer: false,
  args: z.object({
    action: text({
      describe: 'list, add or remove, then the source',
      example: 'add arxiv:cs.CL',
      positional: true,
    }).optional(),
  }),
  async run({ action = 'list' }, ctx) {
    const [, verb = '', written = ''] = /^(\S+)\s*(.*)$/s.exec(action) ?? [];
    switch (verb.toLowerCase()) {
      case 'list':
        return list(ctx);
      case 'add':
      case 'remove':
        return choose(written, verb.toLowerCase() === 'add', ctx);
      default:
        throw new UserError(
          `“source” takes list, add or remove, for example “source add arxiv:cs.CL”; “${verb.slice(0, 40)}” is none of them.`,
        );
    }
  },
});

async function list(ctx: Context): Promise<Reply> {
  const { schedule } = await settingsOrDefault(ctx);
  const sources = await ctx.sources.days();
  if (!sources.length) {
    return sentence(say`No source is on. ${code('/paper source add huggingface')} adds one.`);
  }
  return {
    visibility: 'asker',
    summary: `Papers come from ${sources.map(({ title }) => title).join(', ')}.`,
    blocks: [
      { kind: 'heading', text: 'Where papers come from' },
      {
        kind: 'list',
        items: sources.flatMap((each) => [...sourceLines(each, schedule.timezone)]),
      },
      {
        kind: 'note',
        text: say`Known are huggingface, arxiv, arxiv:cs.CL, biorxiv, medrxiv and the address of any feed; ${code(`/paper source remove ${sources[0]?.name}`)} stops one.`,
      },
    ],
  };
}

async function choose(written: string, isOn: boolean, ctx: Context): Promise<Reply> {
  mustOperate(ctx);
  if (!written) throw new UserError('Which source? For example “source add arxiv:cs.CL”.');
  const { title } = await ctx.sources.choose(written, isOn, ctx.actor.name);
  return isOn
    ? sentence(say`${bold(title)} is on. Its papers of the last 7 days come within ten minutes.`)
    : sentence(say`${bold(title)} is off. The papers it brought stay.`);
}
