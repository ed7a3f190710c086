/** read <paper>: the whole text of a paper, stored by section, so that answers quote it. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import { type FullText, type Section, sectionUrl, wordsIn } from '../src/model/full-text.ts';
import { type Paper, paperUrl } from '../src/model/paper.ts';
import { buttons, count } from '../src/reply/build.ts';
import { titleOf } from '../src/reply/paper.ts';
import type { Reply } from '../src/reply/reply.ts';
import { bold, link, say, type Text, toPlain } from '../src/reply/text.ts';

/** As many sections as a reader takes in. */
const SHOWN = 25;
const SECTION_NAME_MAX = 90;

export const read = defineCommand({
  name: 'read',
  describe: 'Read the whole text of a paper, so that it can be searched and quoted',
  examples: ['read 2407.09435', 'read evolutionary optimization of model merging'],
  rights: 'anyone',
  visibility: 'choice',
  defer: true,
  args: z.object({ paper: paperArg }),
  run: ({ paper }, ctx) =>
    withPaper(paper, ctx, async (found) => {
      const { text, wasStored } = await ctx.fullTexts.read(found);
      return contents(found, text, wasStored);
    }),
});

function contents(paper: Paper, text: FullText, wasStored: boolean): Reply {
  const words = text.sections.reduce((sum, section) => sum + wordsIn(section.text), 0);
  const title = say`${wasStored ? 'Already read' : 'Read'}: ${bold(titleOf(paper))}, ${count(text.sections.length, 'section')} of ${count(words, 'word')} in all, from ${whence(text)}.`;
  const shown = text.sections.slice(0, SHOWN);
  const left = text.sections.length - shown.length;
  const url = paperUrl(paper);
  return {
    visibility: 'asker',
    summary: toPlain(title),
    blocks: [
      { kind: 'text', text: title },
      { kind: 'list', items: shown.map((section) => item(text, section)) },
      ...(left ? [{ kind: 'note', text: say`And ${count(left, 'more section')}.` } as const] : []),
      ...buttons(
        {
          kind: 'run',
          label: 'Similar',
          effect: 'answer',
          invocation: { command: 'similar', args: { paper: paper.id } },
        },
        url ? { kind: 'link', label: 'Link', url } : undefined,
      ),
    ],
  };
}

function item(text: FullText, section: Section): Text {
  const name = section.name.slice(0, SECTION_NAME_MAX);
  const url = sectionUrl(text, section);
  return say`${url ? link(name, url) : name} · ${count(wordsIn(section.text), 'word')}`;
}

function whence({ from, version }: FullText): string {
  const what = {
    'arxiv-html': 'arXiv’s page',
    'arxiv-pdf': 'arXiv’s PDF',
    file: 'a file of your operator’s',
  }[from];
  return version ? `${what}, version ${version}` : what;
}
