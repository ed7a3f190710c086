/** similar <paper>: papers with the same content. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { needsAll } from '../src/command/loading.ts';
import { pageArg, paperArg, withPaper } from '../src/command/resolve.ts';
import { sentence } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { sharedWords, titleOf } from '../src/reply/paper.ts';
import { bold, say } from '../src/reply/text.ts';

export const similar = defineCommand({
  name: 'similar',
  describe: 'Find papers like one you know',
  examples: ['similar 2407.09435', 'similar evolutionary optimization of model merging'],
  rights: 'anyone',
  visibility: 'choice',
  defer: false,
  args: z.object({ paper: paperArg, page: pageArg }),
  run: ({ paper, page: asked }, ctx) =>
    withPaper(paper, ctx, async (found) => {
      const { results, page } = await readPage(asked, (at) => ctx.catalogue.similar(found.id, at));
      const name = bold(titleOf(found));
      if (!results.total) needsAll(ctx);
      if (!results.total) return sentence(say`No other paper I know is like ${name}.`);
      return paperList({
        title: say`Similar to ${name}.`,
        results,
        page,
        command: 'similar',
        args: { paper: found.id },
        reason: sharedWords,
      });
    }),
});
