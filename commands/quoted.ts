/** quoted: the papers behind the last answer here. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { answerArg, withExchange } from '../src/command/resolve.ts';
import { sentence } from '../src/reply/build.ts';
import { paperBlock } from '../src/reply/paper.ts';
import { bold, say, toPlain } from '../src/reply/text.ts';

export const quoted = defineCommand({
  name: 'quoted',
  describe: 'The papers that the last answer here quotes',
  group: 'buttons',
  examples: ['quoted'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({ answer: answerArg }),
  async run({ answer }, ctx) {
    const { papers, subject } = await withExchange(answer, ctx);
    const known = await ctx.catalogue.papers(papers);
    if (!known.length) return sentence(say`The answer to ${bold(subject)} quotes no paper.`);
    const title = say`Quoted in the answer to ${bold(subject)}.`;
    return {
      visibility: 'asker',
      summary: toPlain(title),
      blocks: [
        { kind: 'text', text: title },
        ...known.map((paper, at) => paperBlock(paper, { number: at + 1 })),
      ],
    };
  },
});
