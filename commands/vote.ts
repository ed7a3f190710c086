/** vote <paper> [vote]: what you think of a paper for this channel. */
import { z } from 'zod';
import { choice } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { personOf } from '../src/command/person.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import { buttons, run, sentence } from '../src/reply/build.ts';
import { titleOf } from '../src/reply/paper.ts';
import { bold, say } from '../src/reply/text.ts';

export const vote = defineCommand({
  name: 'vote',
  describe: 'Say whether a paper is for this channel: 👍 decides between equals, 👎 puts it last',
  group: 'keep',
  examples: ['vote 2407.09435', 'vote 2407.09435 vote:down'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({
    paper: paperArg,
    vote: choice({
      describe: 'up, down (not for us), or none to take it back; up when you do not say',
      example: 'vote:down',
      values: ['up', 'down', 'none'],
    }).optional(),
  }),
  run: ({ paper, vote: kind = 'up' }, ctx) =>
    withPaper(paper, ctx, async ({ id, title }) => {
      const { channel, name: place } = ctx.place;
      const signal = { person: personOf(ctx), channel, paper: id };
      const before = await ctx.signals.vote(signal, kind, ctx.now().toISOString());
      const regard = await ctx.signals.regard(channel);
      const { up = 0, down = 0 } = regard.get(id) ?? {};
      const what = { up: 'for', down: 'against', none: 'neither for nor against' }[kind];
      return sentence(
        say`You are ${what} ${bold(titleOf({ title }))} in ${place}: 👍 ${up}, 👎 ${down}.`,
        'asker',
        buttons(
          before === kind
            ? undefined
            : run('Undo', 'vote', { paper: id, vote: before }, { effect: 'replace' }),
        ),
      );
    }),
});
