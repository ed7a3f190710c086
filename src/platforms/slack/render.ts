/** A Reply as a Slack message: Block Kit, and a text for notifications. https://docs.slack.dev/block-kit */
import type { types } from '@slack/bolt';
import { assertNever } from '../../errors.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { Block, Button, PaperBlock, QuoteBlock, Reply } from '../../reply/reply.ts';
import { italic, link, plain, type Text } from '../../reply/text.ts';
import { shorten } from '../../text/sentences.ts';
import { chunks } from '../chunks.ts';
import { actionId } from './action.ts';
import { clean, webAddress } from './escape.ts';
import { BLOCK, BUTTON, IMAGE, MESSAGE, READABLE } from './limits.ts';
import { mrkdwn, plainText, preformatted } from './mrkdwn.ts';

export interface SlackMessage {
  text: string;
  blocks: types.KnownBlock[];
}

/** What a button carries, at most `BUTTON.value` characters. */
export type Carry = (invocation: Invocation) => string;

/** The whole reply as one message; `split` it first when it may be more than one holds. */
export function render(reply: Reply, carry: Carry): SlackMessage {
  let buttons = 0;
  const room: Room = {
    carry,
    actionId: (effect) => actionId({ effect, visibility: reply.visibility, number: buttons++ }),
  };
  return {
    text: plainText(shorten(reply.summary, READABLE.summary), MESSAGE.text) || 'Paperboy',
    blocks: reply.blocks.flatMap((block) => renderBlock(block, room)),
  };
}

/** The same message without pictures, for when Slack could not fetch one and refused the whole. */
export function withoutPictures({ text, blocks }: SlackMessage): SlackMessage | undefined {
  const bare = blocks.map((block) => {
    if (block.type !== 'section') return block;
    const { accessory: _, ...section } = block;
    return section;
  });
  const had = blocks.some((block) => block.type === 'section' && block.accessory);
  return had ? { text, blocks: bare } : undefined;
}

interface Room {
  carry: Carry;
  actionId(effect: 'replace' | 'answer' | 'link'): string;
}

function renderBlock(block: Block, room: Room): types.KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return heading(block.text);
    case 'text':
      return section(mrkdwn(block.text, BLOCK.section));
    case 'list':
      return lists(block.items);
    case 'paper':
      return paper(block, room);
    case 'quote':
      return quote(block);
    case 'note':
      return context([mrkdwn(block.text, BLOCK.context)]);
    case 'code':
      return section(preformatted(block.text, BLOCK.section));
    case 'buttons':
      return actions(block.buttons, room);
    default:
      return assertNever(block);
  }
}

function heading(text: string): types.KnownBlock[] {
  const shown = plainText(text, BLOCK.header);
  return shown ? [{ type: 'header', text: { type: 'plain_text', text: shown, emoji: false } }] : [];
}

function section(text: string, accessory?: types.ImageElement): types.SectionBlock[] {
  if (!text.trim()) return [];
  return [{ type: 'section', text: formatted(text), ...(accessory ? { accessory } : {}) }];
}

function context(texts: readonly string[]): types.KnownBlock[] {
  const elements = texts.filter((text) => text.trim()).map(formatted);
  return elements.length ? [{ type: 'context', elements }] : [];
}

/** `verbatim` keeps Slack from finding links, channels and people in text that has none. */
function formatted(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** As few sections as hold all items, none of them parted. */
function lists(items: readonly Text[]): types.KnownBlock[] {
  const sections: string[] = [];
  for (const item of items) {
    const line = `• ${mrkdwn(item, READABLE.item)}`;
    const last = sections.at(-1);
    if (line === '• ') continue;
    if (last !== undefined && last.length + 1 + line.length <= BLOCK.section) {
      sections[sections.length - 1] = `${last}\n${line}`;
    } else {
      sections.push(line);
    }
  }
  return sections.flatMap((text) => section(text));
}

function paper(block: PaperBlock, room: Room): types.KnownBlock[] {
  const name = clean(block.title).replace(/\s+/g, ' ').trim() || 'Untitled';
  const address = block.url && webAddress(block.url);
  const isLinked = address && address.length <= READABLE.linkedUrl;
  const title = shorten(name, READABLE.title);
  const shown = mrkdwn([isLinked ? link(title, address) : plain(title)], BLOCK.section / 2);
  const head = block.number === undefined ? `*${shown}*` : `*${block.number}. ${shown}*`;
  const body = mrkdwn(block.body, Math.min(READABLE.body, BLOCK.section - head.length - 1));
  return [
    ...section(body.trim() ? `${head}\n${body}` : head, thumbnail(block, name)),
    ...context([
      mrkdwn([plain(block.facts.filter((fact) => fact.trim()).join(' · '))], READABLE.facts),
      mrkdwn((block.reason ?? []).map(slanted), READABLE.reason),
    ]),
    ...actions(block.buttons, room),
  ];
}

/** Each quote a line behind Slack's own bar, whose mark is `>` escaped; it lasts to the end of the line. */
function quote({ quotes, source }: QuoteBlock): types.KnownBlock[] {
  const lines = quotes
    .map((text) => mrkdwn(text, READABLE.quote).replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  const sections: string[] = [];
  for (const line of lines.map((text) => `&gt; ${text}`)) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + '\n&gt;\n'.length + line.length <= BLOCK.section) {
      sections[sections.length - 1] = `${last}\n&gt;\n${line}`;
    } else sections.push(line);
  }
  return [
    ...sections.flatMap((text) => section(text)),
    ...context([mrkdwn(source, READABLE.source)]),
  ];
}

const slanted = (span: Text[number]): Text[number] =>
  span.kind === 'text' && span.style === undefined ? italic(span.text) : span;

function thumbnail(block: PaperBlock, title: string): types.ImageElement | undefined {
  const image_url = block.thumbnail && webAddress(block.thumbnail);
  if (!image_url || image_url.length > IMAGE.url) return undefined;
  const alt_text = plainText(`Picture of “${shorten(title, READABLE.alt)}”`, IMAGE.alt);
  return { type: 'image', image_url, alt_text };
}

function actions(buttons: readonly Button[], room: Room): types.KnownBlock[] {
  const elements = buttons.flatMap((button) => renderButton(button, room));
  return chunks(elements, BLOCK.buttonsInActions).map((row) => ({
    type: 'actions',
    elements: row,
  }));
}

function renderButton(button: Button, room: Room): types.Button[] {
  const label = plainText(button.label, BUTTON.label) || 'Open';
  const text = { type: 'plain_text', text: label, emoji: false } as const;
  switch (button.kind) {
    case 'run': {
      const { effect, invocation, style } = button;
      const action = { action_id: room.actionId(effect), value: room.carry(invocation) };
      return [{ type: 'button', text, ...action, ...(style ? { style } : {}) }];
    }
    case 'link': {
      const url = webAddress(button.url);
      if (!url || url.length > BUTTON.url) return [];
      return [{ type: 'button', text, url, action_id: room.actionId('link') }];
    }
    default:
      return assertNever(button);
  }
}
