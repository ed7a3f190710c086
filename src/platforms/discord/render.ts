/**
 * A reply as one Discord message. What comes before the first paper or quote is the content, each of those
 * an embed, and what follows an embed of its own: the order Discord shows them in.
 */
import type { APIEmbed } from 'discord.js';
import { assertNever } from '../../errors.ts';
import type { Block, PaperBlock, QuoteBlock, Reply } from '../../reply/reply.ts';
import { bold, code, plain, type Text, toPlain, whereTo } from '../../reply/text.ts';
import { shorten } from '../../text/sentences.ts';
import { buttonRows, type Carry, type Row } from './buttons.ts';
import { codeBlock, escaped, oneLine, safeUrl } from './escape.ts';
import {
  CONTENT_MAX,
  EMBED_DESCRIPTION_MAX,
  EMBED_TITLE_MAX,
  EMBED_URL_MAX,
  EMBEDS_MAX,
  EMBEDS_TEXT_MAX,
  ROWS_MAX,
} from './limits.ts';
import { fitted, lineMarkdown, markdown } from './markdown.ts';

/** The parts of a message that a reply decides, all of them, so that an edit leaves nothing of the old. */
export interface Message {
  content: string;
  embeds: APIEmbed[];
  components: Row[];
}

/** Room in every message for the mark that `find` looks for. */
const MARK_MAX = 40;
/** Longest markup of a block that is no paper, so that any one fits where content or an embed may hold it. */
const BLOCK_MAX = CONTENT_MAX - MARK_MAX;
/** Longest markup of a list's item, of a paper's facts and of its reason. */
const LINE_MAX = 300;
/** Kept free for what follows the papers when their texts share the message. */
const AFTER_PAPERS = 400;
/** As many papers as a list shows at once always fit, shortened, into one message. */
const PAPERS_TOGETHER = 5;
/** Longest markup of a quote and of its source: five of them fit one message. */
const QUOTE_MAX = 900;
const SOURCE_MAX = 500;
const PAPER_COLOR = 0xb3_1b_1b;

type TextBlock = Exclude<Block, { kind: 'paper' | 'quote' | 'buttons' }>;

/** The message of a reply that fits one (`split` sees to that). `mark` is a short text nobody minds. */
export function render(
  { blocks, summary }: Pick<Reply, 'blocks' | 'summary'>,
  carry: Carry,
  mark = '',
): Message {
  const papers = blocks.filter((block) => block.kind === 'paper').length;
  const content: TextBlock[] = [];
  const embeds: APIEmbed[] = [];
  let after: TextBlock[] = [];
  const flush = () => {
    if (after.length) embeds.push({ description: paragraphs(after) });
    after = [];
  };
  for (const block of blocks) {
    if (block.kind === 'buttons') continue;
    if (block.kind === 'paper') {
      flush();
      embeds.push(paperEmbed(block, papers));
    } else if (block.kind === 'quote') {
      flush();
      embeds.push(...quoteEmbed(block));
    } else if (
      !embeds.length &&
      !after.length &&
      paragraphs([...content, block]).length <= BLOCK_MAX
    ) {
      content.push(block);
    } else {
      if (paragraphs([...after, block]).length > EMBED_DESCRIPTION_MAX) flush();
      after.push(block);
    }
  }
  flush();
  const text = paragraphs(content);
  const message = {
    // Discord refuses a message without anything to read.
    content: text || embeds.length ? text : escaped(shorten(summary, LINE_MAX)) || '…',
    embeds,
    components: buttonRows(blocks, carry),
  };
  return mark ? withMark(message, mark) : message;
}

/** Whether Discord takes the message, with room left for a mark. */
export function fits({ content, embeds, components }: Message): boolean {
  const text = embeds.reduce(
    (sum, embed) => sum + (embed.title?.length ?? 0) + (embed.description?.length ?? 0),
    0,
  );
  return (
    content.length <= BLOCK_MAX &&
    embeds.length <= EMBEDS_MAX &&
    text <= EMBEDS_TEXT_MAX - MARK_MAX &&
    components.length <= ROWS_MAX
  );
}

/** Every mark a message can carry sits where this looks. */
export function marksOf(message: { content: string; embeds: readonly APIEmbed[] }): string[] {
  const footers = message.embeds.flatMap((embed) => embed.footer?.text ?? []);
  return [...footers, ...message.content.split('\n').map((line) => line.replace(/^-# /, ''))];
}

function withMark(message: Message, mark: string): Message {
  const { content, embeds } = message;
  const last = embeds.at(-1);
  if (!last) return { ...message, content: [content, `-# ${mark}`].filter(Boolean).join('\n') };
  return { ...message, embeds: [...embeds.slice(0, -1), { ...last, footer: { text: mark } }] };
}

function paperEmbed(paper: PaperBlock, papers: number): APIEmbed {
  const number = paper.number === undefined ? '' : `${paper.number}. `;
  const name = oneLine(paper.title) || 'Untitled';
  const url = paper.url && safeUrl(paper.url, EMBED_URL_MAX);
  const host = url ? whereTo(name, url) : '';
  // A title is a link already: nothing in it may be another.
  const title = `${number}${fitted(
    [plain(name)],
    EMBED_TITLE_MAX - number.length - host.length,
    (text) => escaped(toPlain(text)),
  )}${host}`;
  const share = (EMBEDS_TEXT_MAX - MARK_MAX - AFTER_PAPERS) / Math.min(papers, PAPERS_TOGETHER);
  const description = paperText(
    paper,
    Math.min(Math.floor(share) - title.length, EMBED_DESCRIPTION_MAX),
  );
  const thumbnail = paper.thumbnail && safeUrl(paper.thumbnail, EMBED_URL_MAX);
  return {
    title,
    color: PAPER_COLOR,
    ...(description ? { description } : {}),
    ...(url ? { url } : {}),
    ...(thumbnail ? { thumbnail: { url: thumbnail } } : {}),
  };
}

function paperText(paper: PaperBlock, max: number): string {
  const facts = small([plain(paper.facts.map(oneLine).filter(Boolean).join(' · '))], LINE_MAX);
  const reason = small(paper.reason ?? [], LINE_MAX);
  const room = max - facts.length - reason.length - '\n\n'.length;
  return [facts, fitted(paper.body, room, markdown).trim(), reason].filter(Boolean).join('\n');
}

function quoteEmbed({ quotes, source }: QuoteBlock): APIEmbed[] {
  const lines = quotes.map((text) => fitted(text, QUOTE_MAX, lineMarkdown)).filter(Boolean);
  const description = [lines.join('\n\n'), small(source, SOURCE_MAX)].filter(Boolean).join('\n');
  return description ? [{ color: PAPER_COLOR, description }] : [];
}

/** Text blocks one below the other, with air where a new thought begins. */
function paragraphs(blocks: readonly TextBlock[]): string {
  let out = '';
  let previous: TextBlock['kind'] | undefined;
  for (const block of blocks) {
    const text = textMarkdown(block);
    if (!text) continue;
    const isClose = previous === 'heading' || block.kind === 'list' || block.kind === 'note';
    if (out) out += isClose ? '\n' : '\n\n';
    out += text;
    previous = block.kind;
  }
  return out;
}

function textMarkdown(block: TextBlock): string {
  switch (block.kind) {
    case 'heading':
      return fitted([bold(block.text)], LINE_MAX, lineMarkdown);
    case 'text':
      return fitted(block.text, BLOCK_MAX, markdown).trim();
    case 'list':
      return block.items.map(itemMarkdown).join('\n');
    case 'note':
      return small(block.text, BLOCK_MAX);
    case 'code':
      return fitted([code(block.text)], BLOCK_MAX, (text) => codeBlock(toPlain(text)));
    default:
      return assertNever(block);
  }
}

/** Longest list that is sure to be drawn whole, so that `split` knows where to divide one. */
export function listFits(items: readonly Text[]): boolean {
  return items.map(itemMarkdown).join('\n').length <= BLOCK_MAX;
}

function itemMarkdown(item: Text): string {
  return `- ${fitted(item, LINE_MAX, lineMarkdown)}`;
}

/** Discord's small grey text, for one line. */
function small(text: Text, max: number): string {
  const line = fitted(text, max - '-# '.length, lineMarkdown);
  return line && `-# ${line}`;
}
