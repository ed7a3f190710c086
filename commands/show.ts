/** show <paper>: one paper with its abstract. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import { paperBlock, titleOf } from '../src/reply/paper.ts';
import { say } from '../src/reply/text.ts';

export const show = defineCommand({
  name: 'show',
  describe: 'Show one paper with its abstract',
  group: 'find',
  examples: [
    'show 2407.09435',
    'show https://arxiv.org/abs/2407.09435',
    'show inherent limits of pretrained LLMs',
  ],
  rights: 'anyone',
  visibility: 'choice',
  defer: false,
  args: z.object({ paper: paperArg }),
  run: ({ paper }, ctx) =>
    withPaper(paper, ctx, async (found) => ({
      visibility: 'asker',
      summary: titleOf(found),
      blocks: [
        paperBlock(found, { whole: true }),
        ...((await ctx.fullTexts.has(found.id))
          ? [{ kind: 'note', text: say`Its whole text is stored, too.` } as const]
          : []),
      ],
    })),
});
