/** similar <paper>: papers with the same content. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { needsAll } from '../src/command/loading.ts';
import { pageArg, paperArg, withPaper } from '../src/command/resolve.ts';
import { type Paper, paperUrl } from '../src/model/paper.ts';
import { sentence } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { enumerated, sharedWords, titleOf } from '../src/reply/paper.ts';
import type { Block } from '../src/reply/reply.ts';
import { bold, link, plain, say, type Text } from '../src/reply/text.ts';

export const similar = defineCommand({
  name: 'similar',
  describe: 'Find papers like one you know',
  group: 'find',
  examples: ['similar 2407.09435', 'similar evolutionary optimization of model merging'],
  rights: 'anyone',
  visibility: 'choice',
  defer: false,
  args: z.object({ paper: paperArg, page: pageArg }),
  run: ({ paper, page: asked }, ctx) =>
    withPaper(paper, ctx, async (found) => {
      const { results, page } = await readPage(asked, (at) => ctx.catalogue.similar(found.id, at));
      const name = bold(titleOf(found));
      const notes = [
        ...copiesNote(results.copies ?? []),
        ...(page === 1 ? relatedNote(await ctx.sources.related(found.id)) : []),
      ];
      if (!results.total) {
        needsAll(ctx);
        return sentence(say`No other paper I know is like ${name}.`, 'asker', notes);
      }
      const list = paperList({
        title: say`Similar to ${name}.`,
        results,
        page,
        command: 'similar',
        args: { paper: found.id },
        reason: sharedWords,
      });
      return { ...list, blocks: [...list.blocks, ...notes] };
    }),
});

/** Titles named in a note. */
const NAMED = 3;

function copiesNote(copies: readonly Paper[]): Block[] {
  if (!copies.length) return [];
  const what = say`${copies.length === 1 ? '1 near copy' : `${copies.length} near copies`} of it left out: ${titles(copies)}.`;
  return [{ kind: 'note', text: what }];
}

function relatedNote(related: readonly Paper[]): Block[] {
  if (!related.length) return [];
  return [{ kind: 'note', text: say`Semantic Scholar recommends beside it: ${titles(related)}.` }];
}

/** The first titles, each with its link. */
function titles(papers: readonly Paper[]): Text {
  return enumerated(
    papers.slice(0, NAMED).map((paper) => {
      const url = paperUrl(paper);
      return url ? link(titleOf(paper), url) : plain(titleOf(paper));
    }),
  );
}
