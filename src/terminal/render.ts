/** Reply → text for a terminal: wrapped, in bold where it can be, with the commands its buttons stand for. */
import wrapAnsi from 'wrap-ansi';
import { assertNever } from '../errors.ts';
import type { Invocation } from '../model/invocation.ts';
import { webUrl } from '../platforms/local/escape.ts';
import type { Block, Button, PaperBlock, Reply } from '../reply/reply.ts';
import type { Span, Text } from '../reply/text.ts';
import { shorten } from '../text/sentences.ts';
import { honest } from './escape.ts';

export interface Screen {
  /** Characters of a line. */
  columns: number;
  /** Gives the text in that style where the terminal can show it. */
  style(format: 'bold' | 'italic' | 'dim' | 'underline', text: string): string;
  /** Whether a text may be a link (OSC 8); the address is printed in any case. */
  links: boolean;
  /** How to type a command line of the chat here. */
  shell(line: string): string;
  /** The command line of a button. */
  format(invocation: Invocation): string;
}

const TITLE_MAX = 300;
const LABEL_MAX = 40;

/** The text, ending in a newline. */
export function renderReply(reply: Reply, screen: Screen): string {
  const blocks = reply.blocks.map((block) => renderBlock(block, screen)).filter(Boolean);
  const hints = renderHints(reply, screen);
  return `${[...blocks, ...(hints ? [hints] : [])].join('\n\n')}\n`;
}

function renderBlock(block: Block, screen: Screen): string {
  switch (block.kind) {
    case 'heading':
      return screen.style('bold', wrap(honest(block.text), screen));
    case 'text':
      return wrap(spans(block.text, screen), screen);
    case 'list':
      return block.items.map((item) => hang('• ', spans(item, short(screen)), screen)).join('\n');
    case 'paper':
      return renderPaper(block, screen);
    case 'quote':
      return [
        ...block.quotes.map((text) => hang('│ ', spans(text, screen), screen, '│ ')),
        screen.style('dim', hang('  ', spans(block.source, screen), screen)),
      ].join('\n');
    case 'note':
      return screen.style('dim', wrap(spans(block.text, screen), screen));
    case 'code':
      return honest(block.text)
        .split('\n')
        .map((line) => `  ${typed(line, screen)}`)
        .join('\n');
    case 'buttons':
      return '';
    default:
      return assertNever(block);
  }
}

function renderPaper(block: PaperBlock, screen: Screen): string {
  const { number, facts, body, reason } = block;
  const url = block.url && webUrl(block.url);
  const title = screen.style('bold', shorten(honest(block.title), TITLE_MAX));
  const lines = [
    url && screen.links ? `\u001b]8;;${url}\u0007${title}\u001b]8;;\u0007` : title,
    screen.style('dim', facts.map(honest).join(' · ')),
    spans(body, screen),
    reason ? screen.style('italic', spans(reason, screen)) : '',
  ];
  const mark = number === undefined ? '' : `${number}. `.padStart(4);
  const text = hang(mark, lines.filter(Boolean).join('\n'), screen);
  // Never wrapped: an address in two halves is none.
  return url ? `${text}\n${' '.repeat(mark.length)}${screen.style('underline', url)}` : text;
}

/** What the buttons stand for, once for each label: five papers have the same three. */
function renderHints(reply: Reply, screen: Screen): string {
  const hints = new Map<string, string>();
  for (const block of reply.blocks) {
    if (block.kind !== 'paper' && block.kind !== 'buttons') continue;
    for (const button of block.buttons) {
      const hint = hintOf(button, block, screen);
      const label = shorten(honest(button.label), LABEL_MAX);
      if (hint && !hints.has(label)) hints.set(label, hint);
    }
  }
  const width = Math.max(...[...hints.keys()].map((label) => label.length));
  const lines = [...hints].map(([label, hint]) => `  ${label.padEnd(width)}  ${hint}`);
  return lines.length ? [screen.style('dim', 'more:'), ...lines].join('\n') : '';
}

function hintOf(button: Button, block: Block, screen: Screen): string | undefined {
  if (button.kind === 'link') return block.kind === 'paper' ? undefined : webUrl(button.url);
  // There is nobody here to share with.
  if (button.invocation.args.share === true) return undefined;
  return screen.shell(screen.format(button.invocation));
}

function spans(text: Text, screen: Screen): string {
  return text.map((span) => renderSpan(span, screen)).join('');
}

function renderSpan(span: Span, screen: Screen): string {
  const text = honest(span.text);
  if (span.kind === 'link') {
    const url = webUrl(span.url);
    return !url || url === text ? text : `${text} (${url})`;
  }
  switch (span.style) {
    case undefined:
      return text;
    case 'bold':
    case 'italic':
      return screen.style(span.style, text);
    case 'code':
      return typed(text, screen);
    default:
      return assertNever(span.style);
  }
}

/** In a list of commands each is named by its own words alone. */
function short(screen: Screen): Screen {
  return { ...screen, shell: (line) => screen.style('bold', line) };
}

/** `/paper topics` is typed otherwise here. */
function typed(text: string, screen: Screen): string {
  const line = /^\/paper (.+)$/s.exec(text)?.[1];
  return line === undefined ? text : screen.shell(line);
}

function wrap(text: string, { columns }: Pick<Screen, 'columns'>): string {
  return wrapAnsi(text, columns, { hard: true });
}

function hang(
  mark: string,
  text: string,
  { columns }: Screen,
  further = ' '.repeat(mark.length),
): string {
  const lines = wrap(text, { columns: columns - mark.length }).split('\n');
  return lines.map((line, i) => `${i ? further : mark}${line}`).join('\n');
}
