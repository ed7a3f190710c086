/** read <paper>: the whole text of a paper, stored by section, so that answers quote it. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { paperArg, withPaper } from '../src/command/resolve.ts';
import {
  type FullText,
  type PlacedSection,
  placedSections,
  wordsIn,
} from '../src/model/full-text.ts';
import { type Paper, paperUrl } from '../src/model/paper.ts';
import { buttons, count, run, sentence } from '../src/reply/build.ts';
import { titleOf } from '../src/reply/paper.ts';
import type { Reply } from '../src/reply/reply.ts';
import { bold, code, link, say, type Text, toPlain } from '../src/reply/text.ts';

/** As many sections as a reader takes in. */
const SHOWN = 25;
const SECTION_NAME_MAX = 90;

export const read = defineCommand({
  name: 'read',
  describe: 'Read the whole text of a paper, so that answers quote it by section',
  group: 'find',
  examples: ['read 2407.09435', 'read muscle model update strategy'],
  rights: 'anyone',
  visibility: 'choice',
  defer: true,
  args: z.object({ paper: paperArg }),
  run: ({ paper }, ctx) =>
    withPaper(paper, ctx, async (found) => {
      const name = bold(titleOf(found));
      const reading = ctx.fullTexts.read(found);
      ctx.progress(sentence(say`Reading ${name} …`));
      const { text, wasStored } = await reading;
      return contents(found, text, wasStored);
    }),
});

function contents(paper: Paper, text: FullText, wasStored: boolean): Reply {
  const sections = placedSections(text);
  const words = sections.reduce((sum, section) => sum + wordsIn(section.text), 0);
  const sizes = `${count(sections.length, 'section')}, ${count(words, 'word')}`;
  const title = say`${wasStored ? 'Already read' : 'Read'}: ${bold(titleOf(paper))}, ${sizes}, from ${whence(text)}.`;
  const shown = sections.slice(0, SHOWN);
  const left = sections.length - shown.length;
  const url = paperUrl(paper);
  return {
    visibility: 'asker',
    summary: toPlain(title),
    blocks: [
      { kind: 'text', text: title },
      { kind: 'list', items: shown.map(item) },
      ...(left ? [{ kind: 'note', text: say`And ${count(left, 'more section')}.` } as const] : []),
      {
        kind: 'note',
        text: say`Answers may quote all of it now: ${code(`/paper ask … paper:${paper.id}`)}`,
      },
      ...buttons(
        // Whoever asks with the words of the title gets the sentences that say most about it.
        run('What is it about?', 'ask', { question: titleOf(paper), paper: paper.id }),
        run('Similar', 'similar', { paper: paper.id }),
        url ? { kind: 'link', label: 'Link', url } : undefined,
      ),
    ],
  };
}

function item({ name, text, url }: PlacedSection): Text {
  const short = name.slice(0, SECTION_NAME_MAX);
  return say`${url ? link(short, url) : short} · ${count(wordsIn(text), 'word')}`;
}

function whence({ from, version }: FullText): string {
  const what = {
    'arxiv-html': 'arXiv’s page',
    'arxiv-pdf': 'arXiv’s PDF',
    file: 'a file of your operator’s',
  }[from];
  return version ? `${what}, version ${version}` : what;
}
