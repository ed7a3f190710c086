/** Neutral rich text as Discord markdown, and cut to a length before it becomes markup. */
import { plain, type Span, type Text, toPlain, whereTo } from '../../reply/text.ts';
import { shorten } from '../../text/sentences.ts';
import { clean, escaped, inlineCode, oneLine, safeUrl } from './escape.ts';
import { EMBED_URL_MAX } from './limits.ts';

/** Between two marks that Discord would read as one: an invisible character that joins words. */
const JOINER = '\u2060';

/** The markdown of a text. */
export function markdown(text: Text): string {
  const spans = merged(text);
  return spans
    .map((span, i) => {
      const piece = spanMarkdown(span);
      const follows = i > 0 && !isPlain(spans[i - 1]) && !isPlain(span) && /^[*`]/.test(piece);
      return follows ? JOINER + piece : piece;
    })
    .join('');
}

/** The markdown of a text on one line. */
export function lineMarkdown(text: Text): string {
  return markdown(text.map((span) => ({ ...span, text: span.text.replace(/\s+/g, ' ') }))).trim();
}

/** The longest shortening of the text whose markup, as `write` makes it, has at most `max` characters. */
export function fitted(text: Text, max: number, write: (text: Text) => string): string {
  const cleaned = text.map((span) => ({ ...span, text: clean(span.text) }));
  let chars = Math.min(max, toPlain(cleaned).length);
  for (;;) {
    const out = write(shortenText(cleaned, chars));
    if (out.length <= max || chars <= 0) return out;
    chars = Math.max(0, Math.min(chars - 1, Math.floor((chars * max) / out.length)));
  }
}

/** At most `maxChars` characters of the text, its spans kept as they are. */
function shortenText(text: Text, maxChars: number): Text {
  const whole = toPlain(text);
  if (whole.length <= maxChars) return text;
  const start = whole.length - whole.trimStart().length;
  const short = shorten(whole, maxChars);
  let kept = 0;
  while (kept < short.length && short[kept] === whole[start + kept]) kept += 1;
  return [...slice(text, start, start + kept), plain(short.slice(kept))];
}

function slice(text: Text, start: number, end: number): Span[] {
  let at = 0;
  return text.flatMap((span) => {
    const from = Math.max(0, start - at);
    const to = Math.max(0, end - at);
    at += span.text.length;
    const part = span.text.slice(from, to);
    return part ? [{ ...span, text: part }] : [];
  });
}

/** Without empty spans, and with neighbours of one style as one: `**a****b**` would not be bold. */
function merged(text: Text): Span[] {
  const all: Span[] = [];
  for (const span of text) {
    const last = all.at(-1);
    if (oneLine(span.text) === '' && !/\s/.test(span.text)) continue;
    if (last?.kind === 'text' && span.kind === 'text' && last.style === span.style) {
      all[all.length - 1] = { ...last, text: last.text + span.text };
    } else {
      all.push(span);
    }
  }
  return all;
}

function isPlain(span: Span | undefined): boolean {
  return span?.kind === 'text' && !span.style;
}

function spanMarkdown(span: Span): string {
  if (isPlain(span)) return escaped(span.text, { links: true });
  const line = oneLine(span.text);
  // Marks must touch what they mark, so the spaces stay outside.
  const before = /^\s/.test(span.text) ? ' ' : '';
  const after = /\s$/.test(span.text) ? ' ' : '';
  return line ? `${before}${marked(span, line)}${after}` : ' ';
}

function marked(span: Span, line: string): string {
  if (span.kind === 'link') return linkMarkdown(line, span.url);
  switch (span.style) {
    case 'bold':
      return `**${escaped(line)}**`;
    case 'italic':
      return `*${escaped(line)}*`;
    default:
      return inlineCode(line);
  }
}

/** A link whose target is never hidden by a label that looks like another address. */
function linkMarkdown(label: string, target: string): string {
  const url = safeUrl(target, EMBED_URL_MAX);
  if (!url) return escaped(label);
  if (label === target || label === url) return `<${url}>`;
  if (label.includes('://') || whereTo(label, url)) return `${escaped(label)} (<${url}>)`;
  // Discord counts brackets in a label even behind a backslash.
  const isBalanced = !/[[\]]/.test(label.replace(/\[[^[\]]*\]/g, ''));
  const safe = isBalanced ? label : label.replace(/\[/g, '(').replace(/\]/g, ')');
  // In angle brackets a link unfolds no preview.
  return `[${escaped(safe)}](<${url}>)`;
}
