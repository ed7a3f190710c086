/** save [paper]: your own list of papers: put one on it, take it off, read it, cite it. */
import { z } from 'zod';
import { choice, flag, text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { personOf } from '../src/command/person.ts';
import { pageArg, withPaper } from '../src/command/resolve.ts';
import type { Paper } from '../src/model/paper.ts';
import { bibtex } from '../src/reply/bibtex.ts';
import { buttons, count, run, sentence } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { titleOf } from '../src/reply/paper.ts';
import type { Reply } from '../src/reply/reply.ts';
import { bold, code, say } from '../src/reply/text.ts';

const IN_PLACE = { effect: 'replace' } as const;

export const save = defineCommand({
  name: 'save',
  aliases: ['saved'],
  describe: 'Keep a paper on your own list, or see the list',
  group: 'keep',
  examples: ['save 2407.09435', 'save 2407.09435 remove:yes', 'saved', 'saved format:bibtex'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({
    paper: text({
      describe: 'An arXiv id or link, or words of the title; without one you see your list',
      example: '2407.09435',
      positional: true,
      complete: 'paper',
    }).optional(),
    remove: flag({ describe: 'Take it off the list', example: 'remove:yes' }).optional(),
    format: choice({
      describe: 'How the list is shown; papers when you do not say',
      example: 'format:bibtex',
      values: ['papers', 'bibtex'],
    }).optional(),
    page: pageArg,
  }),
  run({ paper: wanted, remove = false, format = 'papers', page }, ctx) {
    if (wanted === undefined) return list(format, page, ctx);
    return withPaper(wanted, ctx, (paper) => (remove ? takeOff(paper, ctx) : putOn(paper, ctx)));
  },
});

async function putOn(paper: Paper, ctx: Context): Promise<Reply> {
  const person = personOf(ctx);
  const signal = { person, channel: ctx.place.channel, paper: paper.id };
  const isSaved = (await ctx.signals.saved(person)).includes(paper.id);
  if (!isSaved) await ctx.signals.save(signal, ctx.now().toISOString());
  const name = bold(titleOf(paper));
  const words = isSaved
    ? say`${name} is on your list already; ${code('/paper saved')} shows it.`
    : say`Saved ${name}; ${code('/paper saved')} shows your list, ${code('/paper search saved:me')} searches it.`;
  return sentence(
    words,
    'asker',
    buttons(
      run('Undo', 'save', { paper: paper.id, remove: true }, IN_PLACE),
      run('Your list', 'save', {}, IN_PLACE),
    ),
  );
}

async function takeOff(paper: Paper, ctx: Context): Promise<Reply> {
  const wasSaved = await ctx.signals.unsave({ person: personOf(ctx), paper: paper.id });
  const name = bold(titleOf(paper));
  if (!wasSaved) return sentence(say`${name} is not on your list.`);
  return sentence(
    say`${name} is off your list.`,
    'asker',
    buttons(run('Undo', 'save', { paper: paper.id }, IN_PLACE)),
  );
}

async function list(
  format: 'papers' | 'bibtex',
  wanted: number | undefined,
  ctx: Context,
): Promise<Reply> {
  const all = await ctx.signals.saved(personOf(ctx));
  const { results, page } = await readPage(wanted, async ({ offset, limit }) => {
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
  const shown = { title, results, page, command: 'save', args: { format } };
  if (format === 'bibtex') {
    return paperList({ ...shown, show: ({ paper }) => ({ kind: 'code', text: bibtex(paper) }) });
  }
  const { blocks, ...reply } = paperList(shown);
  const cite = run('BibTeX', 'save', { format: 'bibtex', page });
  return { ...reply, blocks: [...blocks, ...buttons(cite)] };
}
