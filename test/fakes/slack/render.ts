/**
 * A message as a person sees it: its words, its links, its buttons, whom it disturbs. Tests read
 * this instead of JSON, so they fail on what a person would notice.
 *
 * https://docs.slack.dev/block-kit
 */
import { optionsOf, type Text } from './block-elements.ts';
import { type Block, type ContextElement, elementsOf } from './blocks.ts';
import type { Message } from './messages.ts';
import { type Link, type Names, readMrkdwn, unescaped } from './mrkdwn.ts';

export type SeenButton = {
  /** What is written on it; for a menu, its placeholder. */
  text: string;
  type: string;
  actionId: string;
  value: string | undefined;
  url: string | undefined;
  style: 'primary' | 'danger' | undefined;
  /** What a menu offers. */
  options: string[];
};

export type Seen = {
  ts: string;
  channel: string;
  from: string;
  text: string;
  buttons: SeenButton[];
  links: Link[];
  images: { url: string; alt: string }[];
  notifies: string[];
  ephemeral: boolean;
  edited: boolean;
  threadTs: string | undefined;
  message: Message;
};

/** What anyone who may see the message sees. */
export function seen(message: Message, names: Names): Seen {
  const page = new Page(names);
  if (message.blocks.length === 0) page.mrkdwn(message.text);
  for (const block of message.blocks) page.block(block);
  // The fallback text is not on screen next to blocks, but a mention in it still notifies.
  const notifies = [...page.notifies, ...readMrkdwn(message.text, names).notifies];
  return {
    ts: message.ts,
    channel: message.channel,
    from: names.user(message.user),
    text: page.lines.join('\n'),
    buttons: buttonsOf(message.blocks),
    links: page.links,
    images: page.images,
    notifies: [...new Set(notifies)],
    ephemeral: message.ephemeralFor !== undefined,
    edited: message.edited,
    threadTs: message.threadTs,
    message,
  };
}

/** The words of blocks that stand in a view (App Home, modal). */
export function wordsOf(blocks: Block[], names: Names): string {
  const page = new Page(names);
  for (const block of blocks) page.block(block);
  return page.lines.join('\n');
}

export function buttonsOf(blocks: Block[]): SeenButton[] {
  return [...elementsOf(blocks)].map(({ element }) => ({
    text: unescaped(
      element.type === 'button'
        ? element.text.text
        : 'placeholder' in element
          ? (element.placeholder?.text ?? '')
          : '',
    ),
    type: element.type,
    actionId: element.action_id,
    value: element.type === 'button' ? element.value : undefined,
    url: element.type === 'button' ? element.url : undefined,
    style: element.type === 'button' ? element.style : undefined,
    options: 'options' in element ? optionsOf(element).map((one) => unescaped(one.text.text)) : [],
  }));
}

/** A message as lines of a transcript: who, words, buttons. */
export function transcribed(message: Seen): string {
  const marks = [message.ephemeral && 'only you', message.edited && 'edited'].filter(Boolean);
  const buttons = message.buttons.map((button) => `[${button.text}]`).join(' ');
  const who = `${message.from}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}:`;
  return [who, message.text, buttons]
    .filter((line) => line !== '')
    .join('\n')
    .replaceAll('\n', '\n  ');
}

class Page {
  readonly lines: string[] = [];
  readonly links: Link[] = [];
  readonly images: { url: string; alt: string }[] = [];
  readonly notifies: string[] = [];
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  mrkdwn(markup: string): void {
    this.lines.push(this.#read(markup));
  }

  block(block: Block): void {
    switch (block.type) {
      case 'header':
        this.lines.push(this.#text(block.text));
        return;
      case 'section':
        if (block.text) this.lines.push(this.#text(block.text));
        for (const field of block.fields ?? []) this.lines.push(this.#text(field));
        if (block.accessory?.type === 'image') this.#image(block.accessory);
        return;
      case 'context':
        this.lines.push(block.elements.map((part) => this.#part(part)).join(' '));
        return;
      case 'image':
        if (block.title) this.lines.push(this.#text(block.title));
        this.#image(block);
        return;
      case 'input':
        this.lines.push(this.#text(block.label));
        return;
      case 'markdown':
        this.lines.push(block.text);
        return;
      case 'rich_text':
        this.lines.push(textsIn(block.elements));
        return;
      case 'actions':
      case 'divider':
        return;
    }
  }

  #part(part: ContextElement): string {
    if (part.type !== 'image') return this.#text(part);
    this.#image(part);
    return '';
  }

  #text(text: Text): string {
    return text.type === 'mrkdwn' ? this.#read(text.text) : unescaped(text.text);
  }

  #read(markup: string): string {
    const reading = readMrkdwn(markup, this.#names);
    this.links.push(...reading.links);
    this.notifies.push(...reading.notifies);
    return reading.text;
  }

  #image(image: { image_url: string; alt_text: string }): void {
    this.images.push({ url: image.image_url, alt: image.alt_text });
  }
}

/** The words of a rich_text block, whose pieces nest to any depth. */
function textsIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(textsIn).join('');
  if (typeof value !== 'object' || value === null) return '';
  if ('text' in value && typeof value.text === 'string') return value.text;
  return 'elements' in value ? textsIn(value.elements) : '';
}
