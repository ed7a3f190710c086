/** Spans as Slack's mrkdwn, within a limit: the neutral text is shortened until its rendering fits, markup is never cut. */
import { assertNever } from '../../errors.ts';
import { type Span, type Text, toPlain } from '../../reply/text.ts';
import { shorten } from '../../text/sentences.ts';
import { clean, entities, GAP, hyperlink, literal, webAddress } from './escape.ts';

/** Marks only format beside white space and punctuation; beside anything else, other marks too, a gap has to stand. */
const boundary = /^(?:(?![*_~`])[\s\p{P}\p{S}])?$/u;

/** The longest start of `text` whose mrkdwn has at most `max` characters. */
export function mrkdwn(text: Text, max: number): string {
  const whole = joined(text.map((span) => ({ ...span, text: clean(span.text) })));
  return longest(toPlain(whole).length, max, (length) => marked(cut(whole, length)));
}

/** The longest start of `text` that fits `max` when its control characters are entities; one line. */
export function plainText(text: string, max: number): string {
  const whole = clean(text).replace(/\s+/g, ' ').trim();
  return longest(whole.length, max, (length) => entities(shorten(whole, length)));
}

/** The longest start of `text` that fits `max` as a preformatted block. */
export function preformatted(text: string, max: number): string {
  const whole = clean(text).replace(/`{3,}/g, (marks) => 'ˋ'.repeat(marks.length));
  if (!whole.trim()) return '';
  return longest(whole.length, max, (length) => {
    return `\`\`\`\n${entities(shorten(whole, length))}\n\`\`\``;
  });
}

/** The rendering of the greatest length up to `length` that has at most `max` characters, found by halving. */
function longest(length: number, max: number, render: (length: number) => string): string {
  const whole = render(length);
  if (whole.length <= max) return whole;
  let best = '';
  for (let low = 0, high = Math.min(length, max); low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    const rendered = render(middle);
    if (rendered.length <= max) {
      best = rendered;
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

/** Spans of one style in a row as one: marks between them would stand side by side, where Slack may not read them. */
function joined(text: Text): Text {
  const all: Span[] = [];
  for (const span of text) {
    const last = all.at(-1);
    const isAlike = last?.kind === 'text' && span.kind === 'text' && last.style === span.style;
    if (isAlike) all[all.length - 1] = { ...last, text: last.text + span.text };
    else all.push(span);
  }
  return all;
}

function cut(text: Text, length: number): Text {
  const kept: Span[] = [];
  let left = length;
  for (const span of text) {
    if (span.text.length <= left) {
      kept.push(span);
      left -= span.text.length;
      continue;
    }
    // `shorten` trims, and the space before the first word parts it from the span before.
    const space = /^\s*/.exec(span.text)?.[0] ?? '';
    const short = left > space.length ? space + shorten(span.text, left - space.length) : '';
    return [...kept, short ? { ...span, text: short } : { kind: 'text', text: '…' }];
  }
  return kept;
}

function marked(text: Text): string {
  let out = '';
  let afterMark = false;
  for (const span of text) {
    const { before, inner, after } = parts(span);
    const isMarked = span.kind === 'text' && span.style !== undefined && inner !== '';
    out += before;
    if (isMarked || afterMark) {
      const beside = isMarked ? out.slice(-1) : (before || inner || after).slice(0, 1);
      if (!boundary.test(beside)) out += GAP;
    }
    out += inner + after;
    if (inner || before || after) afterMark = isMarked && after === '';
  }
  return out;
}

/** A span as rendered, with the white space at its ends outside of the marks, which do not format next to it. */
function parts(span: Span): { before: string; inner: string; after: string } {
  if (span.kind === 'link') return { before: '', inner: linked(span), after: '' };
  if (span.style === undefined) return { before: '', inner: literal(span.text), after: '' };
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(span.text) ?? [];
  return { before, inner: core && styled(core.replace(/\s+/g, ' '), span.style), after };
}

function styled(text: string, style: 'bold' | 'italic' | 'code'): string {
  switch (style) {
    case 'bold':
      return `*${literal(text, '*')}*`;
    case 'italic':
      return `_${literal(text, '_')}_`;
    case 'code':
      return `\`${entities(text.replaceAll('`', 'ˋ'))}\``;
    default:
      return assertNever(style);
  }
}

function linked({ text, url }: Span & { kind: 'link' }): string {
  const address = webAddress(url);
  return address && text.trim() ? hyperlink(address, text) : literal(text);
}
