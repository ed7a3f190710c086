/** unsave <paper>: takes a paper off your own list. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { personOf } from '../src/command/person.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import { buttons, sentence } from '../src/reply/build.ts';
import { titleOf } from '../src/reply/paper.ts';
import { bold, say } from '../src/reply/text.ts';

export const unsave = defineCommand({
  name: 'unsave',
  describe: 'Take a paper off your own list',
  examples: ['unsave 2407.09435'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({ paper: paperArg }),
  run: ({ paper }, ctx) =>
    withPaper(paper, ctx, async ({ id, title }) => {
      const wasSaved = await ctx.signals.unsave({ person: personOf(ctx), paper: id });
      const name = bold(titleOf({ title }));
      if (!wasSaved) return sentence(say`${name} is not on your list.`);
      return sentence(
        say`${name} is off your list.`,
        'asker',
        buttons({
          kind: 'run',
          effect: 'replace',
          label: 'Undo',
          invocation: { command: 'save', args: { paper: id } },
        }),
      );
    }),
});
