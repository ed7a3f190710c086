/** How an answer reads: what was searched, then what the papers say, or the papers that come nearest. */
import type { Answered, Prose, Quote } from '../model/answer.ts';
import type { Exchange } from '../model/exchange.ts';
import { type Paper, paperUrl } from '../model/paper.ts';
import { readable } from '../text/latex.ts';
import { buttons, count, run, sentence } from './build.ts';
import { marked } from './marked.ts';
import { paperBlock, titleOf } from './paper.ts';
import type { Block, QuoteBlock, Reply } from './reply.ts';
import { bold, italic, link, plain, say, type Text, toPlain } from './text.ts';
import { when } from './time.ts';

/** What was asked, and of which papers. */
export interface Asking {
  /** Of the answer, once it is kept. */
  id?: string;
  question: string;
  /** The one that was asked. */
  paper?: Paper | undefined;
  /** The name of the topic whose papers were asked. */
  topic?: string | undefined;
  /** How people ask on here, as a sentence; undefined where they know. */
  askingOn?: string | undefined;
}

/** The whole answer: prose where a model wrote any, the quotes, what to do next; or the refusal. */
export function answerReply(answer: Answered, asking: Asking): Reply {
  const lead = leadOf(answer, asking);
  return {
    visibility: 'channel',
    summary: toPlain(lead),
    blocks: [
      { kind: 'text', text: say`${bold(asking.question)}\n${lead}` },
      ...(answer.kind === 'answer' ? answerBlocks(answer, asking) : refusalBlocks(answer, asking)),
    ],
  };
}

/** Where a question was answered already, and the way to ask it again. */
export function askedBefore(
  { by, at }: Pick<Exchange, 'by' | 'at'>,
  {
    link: url,
    timezone,
    args,
  }: { link: string; timezone: string; args: Readonly<Record<string, string>> },
): Reply {
  const text = say`Asked here by ${by} ${when(at, timezone)}: ${link('see the answer', url)}.`;
  return sentence(text, 'asker', buttons(run('Ask again', 'ask', { ...args, again: true })));
}

/** What is seen before there is anything to answer with. */
export function stageReply(stage: 'searching' | 'reading', { question, topic }: Asking): Reply {
  const where = topic === undefined ? [] : say` on ${italic(topic)}`;
  const line =
    stage === 'searching'
      ? say`Searching the papers${where} …`
      : say`Reading the papers that come nearest …`;
  return {
    visibility: 'channel',
    summary: toPlain(line),
    blocks: [{ kind: 'text', text: say`${bold(question)}\n${italic(toPlain(line))}` }],
  };
}

/** The quotes at once, and the prose over them as far as it is written. */
export function writingReply(soFar: Answered, asking: Asking): Reply {
  const reply = answerReply(soFar, asking);
  const blocks = reply.blocks.filter(({ kind }) => kind !== 'buttons');
  return { ...reply, blocks: [...blocks, { kind: 'note', text: say`Writing …` }] };
}

/** One sentence that states only what was searched. */
function leadOf(answer: Answered, { paper, topic }: Asking): Text {
  const { searched } = answer;
  const about = whichOf(answer, topic);
  if (answer.kind === 'answer') {
    if (paper) return say`${italic(titleOf(paper))} speaks to this.`;
    const { speaking } = answer;
    // No more are read; when all of them speak, others may.
    const least =
      speaking === answer.read && speaking < searched && speaking > 1 ? 'At least ' : '';
    const verb = speaking === 1 ? 'speaks' : 'speak';
    return say`${least}${speaking} of ${count(searched, 'paper')}${about} ${verb} to this.`;
  }
  if (paper) return say`${italic(titleOf(paper))} does not answer this.`;
  if (!searched) return say`I know no papers${about}.`;
  const nearest = answer.nearest.length ? '; these come nearest.' : ', or comes near it.';
  return say`None of ${count(searched, 'paper')}${about} answers this${nearest}`;
}

function whichOf({ isWithin }: Answered, topic: string | undefined): Text {
  if (isWithin) return say` of this conversation`;
  return topic === undefined ? [] : say` on ${italic(topic)}`;
}

function answerBlocks({ quotes, prose }: Answered & { kind: 'answer' }, asking: Asking): Block[] {
  const [first] = quotes;
  const { id } = asking;
  const isCited = prose !== undefined && prose.sentences.length > 0;
  return [
    ...(prose ? proseBlocks(prose) : []),
    ...quoteBlocks(quotes, isCited),
    ...buttons(
      id ? run('Sources', 'quoted', { answer: id }) : undefined,
      first && run('Similar', 'similar', { paper: first.paper.id }),
      id ? run('Not helpful', 'unhelpful', { answer: id }) : undefined,
    ),
    ...(asking.askingOn ? [{ kind: 'note' as const, text: say`${asking.askingOn}` }] : []),
  ];
}

/** What a model wrote over the quotes, or one sentence that says why it wrote nothing. */
function proseBlocks({ sentences, missing }: Prose): Block[] {
  if (missing) return [{ kind: 'note', text: say`${whyMissing[missing]}` }];
  if (!sentences.length) return [];
  const text = sentences.map((sentence) => readable(sentence.text)).join(' ');
  return [
    { kind: 'text', text: say`${text}` },
    { kind: 'note', text: say`Written by a language model from these passages:` },
  ];
}

const whyMissing = {
  away: 'The language model did not answer, so here are the papers’ own words.',
  unsupported:
    'Nothing the language model wrote could be checked against the papers, so here are their own words.',
  spent: 'Today’s written answers are used up here, so here are the papers’ own words.',
} as const;

/** What each paper says, word for word, in the order of the answer. */
function quoteBlocks(quotes: readonly Quote[], isCited: boolean): QuoteBlock[] {
  const numbered = quotes.map((quote, at) => ({ quote, number: isCited ? at + 1 : undefined }));
  const together = Map.groupBy(
    numbered,
    ({ quote: { paper, section } }) => `${paper.id} ${section}`,
  );
  return [...together.values()].flatMap((of) => {
    const [first] = of;
    return first ? [{ kind: 'quote', quotes: of.map(quoteOf), source: sourceOf(first.quote) }] : [];
  });
}

function refusalBlocks(
  { nearest, isWithin }: Answered & { kind: 'refusal' },
  { question, paper, topic }: Asking,
): Block[] {
  const isPart = paper !== undefined || topic !== undefined || isWithin;
  return [
    ...(paper ? [] : nearest.map((each, at) => paperBlock(each, { number: at + 1 }))),
    ...buttons(isPart ? run('Ask all papers', 'ask', { question, again: 'yes' }) : undefined),
  ];
}

/** The quote with its matching words in bold, after the number by which prose cites it. */
function quoteOf({ quote, number }: { quote: Quote; number: number | undefined }): Text {
  return [
    ...(number === undefined ? [] : [plain(`[${number}] `)]),
    ...marked(quote.shown, quote.marks),
  ];
}

/** `— Title, Akiba et al. 2024, § Method`; two authors are both named. */
function sourceOf({ paper, section, sectionUrl }: Quote): Text {
  const title = titleOf(paper);
  const url = paperUrl(paper);
  const names = paper.authors.map((name) => name.split(' ').at(-1));
  const by = names.length > 2 ? `${names[0]} et al.` : names.join(' and ');
  const year = /^\d{4}/.exec(paper.published ?? '')?.[0];
  const facts = [by, year].filter(Boolean).join(' ');
  const isPart = section !== 'abstract' && section !== 'title';
  const where = isPart ? say`, § ${sectionUrl ? link(section, sectionUrl) : section}` : [];
  return say`— ${url ? link(title, url) : italic(title)}${facts && `, ${facts}`}${where}`;
}
