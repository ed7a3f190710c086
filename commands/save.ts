/** save <paper>: keeps a paper on your own list. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { personOf } from '../src/command/person.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import { buttons, sentence } from '../src/reply/build.ts';
import { titleOf } from '../src/reply/paper.ts';
import { bold, code, say } from '../src/reply/text.ts';

export const save = defineCommand({
  name: 'save',
  describe: 'Keep a paper on your own list',
  examples: ['save 2407.09435', 'save evolutionary optimization of model merging'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({ paper: paperArg }),
  run: ({ paper }, ctx) =>
    withPaper(paper, ctx, async ({ id, title }) => {
      const person = personOf(ctx);
      const isSaved = (await ctx.signals.saved(person)).includes(id);
      const signal = { person, channel: ctx.place.channel, paper: id };
      if (!isSaved) await ctx.signals.save(signal, ctx.now().toISOString());
      const name = bold(titleOf({ title }));
      const text = isSaved
        ? say`${name} is on your list already; ${code('/paper saved')} shows it.`
        : say`Saved ${name}; ${code('/paper saved')} shows your list, ${code('/paper search saved:me')} searches it.`;
      const run = { kind: 'run', effect: 'replace' } as const;
      return sentence(
        text,
        'asker',
        buttons(
          { ...run, label: 'Undo', invocation: { command: 'unsave', args: { paper: id } } },
          { ...run, label: 'Your list', invocation: { command: 'saved', args: {} } },
        ),
      );
    }),
});
