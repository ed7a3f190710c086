/** Reply → HTML of the local page. Every string goes through hono's `html`, which escapes it. */
import { html, raw } from 'hono/html';
import { assertNever } from '../../errors.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { Block, Button, PaperBlock, Reply } from '../../reply/reply.ts';
import { type Span, type Text, whereTo } from '../../reply/text.ts';
import { shorten } from '../../text/sentences.ts';
import { honest, webUrl } from './escape.ts';
import { FACT_MAX, LABEL_MAX, TEXT_MAX, TITLE_MAX } from './limits.ts';

type Html = ReturnType<typeof raw>;

/** What a button carries for an invocation. */
export type Carry = (invocation: Invocation) => string;

/** The HTML of what Paperboy says. */
export function renderReply(reply: Reply, carry: Carry): string {
  return String(markup`${grouped(reply.blocks).map((group) => renderGroup(group, carry))}`);
}

/** The HTML of what the person typed: the command set off from its words. */
export function renderLine(text: string): string {
  const [, command, rest = ''] = /^(\/paper(?:\s+[\p{L}-]+)?|@paperboy\b)(.*)$/isu.exec(text) ?? [];
  if (!command) return String(markup`<p dir="auto">${honest(text)}</p>`);
  return String(markup`<p dir="auto"><code>${honest(command)}</code>${honest(rest)}</p>`);
}

/** `html` gives a promise only when a value is one, and none of ours is. */
function markup(strings: TemplateStringsArray, ...values: (string | Html | Html[] | '')[]): Html {
  const out = html(strings, ...values);
  if (out instanceof Promise) throw new Error('A value of the markup is a promise');
  return out;
}

type Group = { kind: 'papers'; papers: PaperBlock[] } | { kind: 'block'; block: Other };
type Other = Exclude<Block, PaperBlock>;

/** Papers that follow each other are one list. */
function grouped(blocks: readonly Block[]): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.kind !== 'paper') groups.push({ kind: 'block', block });
    else if (last?.kind === 'papers') last.papers.push(block);
    else groups.push({ kind: 'papers', papers: [block] });
  }
  return groups;
}

function renderGroup(group: Group, carry: Carry): Html {
  if (group.kind === 'block') return renderBlock(group.block, carry);
  return markup`<div class="papers">${group.papers.map((paper) => renderPaper(paper, carry))}</div>`;
}

function renderBlock(block: Other, carry: Carry): Html {
  switch (block.kind) {
    case 'heading':
      return markup`<h3 dir="auto">${clip(block.text, TITLE_MAX)}</h3>`;
    case 'text':
      return markup`<p dir="auto">${spans(block.text)}</p>`;
    case 'list':
      return markup`<ul>${block.items.map((item) => markup`<li dir="auto">${spans(item)}</li>`)}</ul>`;
    case 'quote':
      return markup`<blockquote>${block.quotes.map((text) => markup`<p dir="auto">${spans(text, 'mark')}</p>`)}<footer dir="auto">${spans(block.source)}</footer></blockquote>`;
    case 'note':
      return markup`<p class="note" dir="auto">${spans(block.text)}</p>`;
    case 'code':
      return markup`<pre tabindex="0">${clip(block.text, TEXT_MAX)}</pre>`;
    case 'buttons':
      return markup`<div class="buttons">${block.buttons.map((button) => renderButton(button, carry))}</div>`;
    default:
      return assertNever(block);
  }
}

function renderPaper(paper: PaperBlock, carry: Carry): Html {
  const { number, url, facts, body, reason, thumbnail, buttons } = paper;
  const title = clip(paper.title, TITLE_MAX);
  const link = url && webUrl(url);
  const picture = thumbnail && webUrl(thumbnail);
  return markup`<article class="paper">${
    number === undefined ? '' : markup`<span class="number">${String(number)}</span>`
  }<div class="words">${
    picture
      ? markup`<img class="thumbnail" src="${picture}" alt="" width="320" height="180" loading="lazy" decoding="async" referrerpolicy="no-referrer">`
      : ''
  }<h4 dir="auto">${link ? outward(link, title) : title}</h4>${
    facts.length === 0
      ? ''
      : markup`<p class="facts">${facts.map((fact) => markup`<span dir="auto">${clip(fact, FACT_MAX)}</span>`)}</p>`
  }<p class="body" dir="auto">${spans(body, 'mark')}</p>${
    reason ? markup`<p class="reason" dir="auto">${spans(reason)}</p>` : ''
  }<div class="buttons">${buttons.map((button) => renderButton(button, carry, title))}</div></div></article>`;
}

/** `about` says which paper a button belongs to, where several have one of the same label. */
function renderButton(button: Button, carry: Carry, about?: string): Html {
  const label = clip(button.label, LABEL_MAX);
  const name = about ? markup` aria-label="${label}: ${about}"` : '';
  if (button.kind === 'link') {
    const url = webUrl(button.url);
    if (!url) return raw('');
    return markup`<a class="button" href="${url}" target="_blank" rel="noopener noreferrer"${name}>${label}</a>`;
  }
  const { invocation, effect, style } = button;
  return markup`<button type="button" class="button${style ? ` ${style}` : ''}" data-line="${honest(carry(invocation))}" data-effect="${effect}"${name}>${label}</button>`;
}

function outward(url: string, text: string): Html {
  const label = text + whereTo(text, url);
  return markup`<a href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}

/** `strong` is what bold means here: emphasis, or in a paper the words that were looked for. */
function spans(text: Text, strong: 'strong' | 'mark' = 'strong'): Html[] {
  let left = TEXT_MAX;
  return text.flatMap((span) => {
    const whole = honest(span.text);
    // `clip` would also trim the space between this span and the next.
    const words = whole.length > left ? clip(whole, left) : whole;
    left = Math.max(0, left - words.length);
    return words ? [renderSpan({ ...span, text: words }, strong)] : [];
  });
}

function renderSpan(span: Span, strong: 'strong' | 'mark'): Html {
  const { text } = span;
  if (span.kind === 'link') {
    const url = webUrl(span.url);
    return url ? outward(url, text) : markup`${text}`;
  }
  switch (span.style) {
    case undefined:
      return markup`${text}`;
    case 'bold':
      return strong === 'mark' ? markup`<mark>${text}</mark>` : markup`<strong>${text}</strong>`;
    case 'italic':
      return markup`<em>${text}</em>`;
    case 'code':
      // A command somebody could type is one they can take over into their message box.
      return text.startsWith('/paper ')
        ? markup`<button type="button" class="command" data-fill="${text}"><code>${text}</code></button>`
        : markup`<code>${text}</code>`;
    default:
      return assertNever(span.style);
  }
}

function clip(text: string, max: number): string {
  return shorten(honest(text), max);
}
