/** saved [format]: your own list, as papers to read or as BibTeX to cite. */
import { z } from 'zod';
import { choice } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { personOf } from '../src/command/person.ts';
import { pageArg } from '../src/command/resolve.ts';
import { bibtex } from '../src/reply/bibtex.ts';
import { buttons, count, sentence } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { code, say } from '../src/reply/text.ts';

export const saved = defineCommand({
  name: 'saved',
  describe: 'The papers you saved, to read or as BibTeX to cite',
  examples: ['saved', 'saved bibtex'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({
    format: choice({
      describe: 'How they are shown; papers when you do not say',
      example: 'saved bibtex',
      positional: true,
      values: ['papers', 'bibtex'],
    }).optional(),
    page: pageArg,
  }),
  async run({ format = 'papers', page: asked }, ctx) {
    const all = await ctx.signals.saved(personOf(ctx));
    const { results, page } = await readPage(asked, async ({ offset, limit }) => {
      const papers = await ctx.catalogue.papers(all.slice(offset, offset + limit));
      const hits = papers.map((paper) => ({ paper, score: 0, terms: [] }));
      return { hits, total: all.length, exact: true };
    });
    if (!results.total) {
      return sentence(
        say`You saved no paper yet; ${code('/paper save 2407.09435')} or the Save button below a paper does.`,
      );
    }
    const title = say`You saved ${count(results.total, 'paper')}, the newest first.`;
    const list = { title, results, page, command: 'saved', args: { format } };
    if (format === 'bibtex') {
      return paperList({ ...list, show: ({ paper }) => ({ kind: 'code', text: bibtex(paper) }) });
    }
    const { blocks, ...reply } = paperList(list);
    const cite = {
      kind: 'run',
      label: 'BibTeX',
      effect: 'answer',
      invocation: { command: 'saved', args: { format: 'bibtex', page } },
    } as const;
    return { ...reply, blocks: [...blocks, ...buttons(cite)] };
  },
});
