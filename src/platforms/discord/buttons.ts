/** Buttons in rows, and what their custom ids carry: the effect, a place in the message, and the command. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { assertNever } from '../../errors.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { Block, Button, PaperBlock } from '../../reply/reply.ts';
import { shorten } from '../../text/sentences.ts';
import { chunks } from '../chunks.ts';
import { oneLine, safeUrl } from './escape.ts';
import { BUTTON_LABEL_MAX, BUTTON_URL_MAX, CUSTOM_ID_MAX, ROW_BUTTONS_MAX } from './limits.ts';

export type Row = APIActionRowComponent<APIButtonComponent>;
type Effect = 'replace' | 'answer';

/** What a button carries of its command, at most `CARRIED_MAX` characters. */
export type Carry = (invocation: Invocation) => string;

/** `r0:` or `a0:`; the place keeps two buttons that carry the same command apart, as Discord wants. */
const PREFIX = /^([ra])[0-9a-z]:(.+)$/s;
export const CARRIED_MAX = CUSTOM_ID_MAX - 'r0:'.length;

/** What a pressed button asks for; undefined for a custom id that is none of ours. */
export function readCustomId(id: string): { effect: Effect; carried: string } | undefined {
  const [, letter, carried] = PREFIX.exec(id) ?? [];
  if (!carried) return undefined;
  return { effect: letter === 'r' ? 'replace' : 'answer', carried };
}

/**
 * The rows of a message. Discord cannot put a button beside a text, so those of several papers stand
 * together by what they do: Show 1, Show 2, …; the list's own come last.
 */
export function buttonRows(blocks: readonly Block[], carry: Carry): Row[] {
  const papers = blocks.filter((block) => block.kind === 'paper');
  const own = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  let place = 0;
  return [...paperGroups(papers), own].flatMap((group) => {
    const components = group.flatMap((button) => component(button, carry, place++) ?? []);
    return chunks(components, ROW_BUTTONS_MAX).map((row) => ({
      type: ComponentType.ActionRow as const,
      components: row,
    }));
  });
}

function paperGroups(papers: readonly PaperBlock[]): Button[][] {
  const [only] = papers;
  if (only && papers.length === 1) return [[...only.buttons]];
  const groups = new Map<string, Button[]>();
  for (const [index, { number = index + 1, buttons }] of papers.entries()) {
    for (const button of buttons) {
      const group = groups.get(button.label) ?? [];
      groups.set(button.label, [...group, { ...button, label: `${button.label} ${number}` }]);
    }
  }
  return [...groups.values()];
}

function component(button: Button, carry: Carry, place: number): APIButtonComponent | undefined {
  const common = {
    type: ComponentType.Button,
    label: shorten(oneLine(button.label), BUTTON_LABEL_MAX) || '…',
  } as const;
  switch (button.kind) {
    case 'run': {
      const letter = button.effect === 'replace' ? 'r' : 'a';
      const custom_id = `${letter}${(place % 36).toString(36)}:${carry(button.invocation)}`;
      return { ...common, style: styles[button.style ?? 'plain'], custom_id };
    }
    case 'link': {
      const url = safeUrl(button.url, BUTTON_URL_MAX);
      return url ? { ...common, style: ButtonStyle.Link, url } : undefined;
    }
    default:
      return assertNever(button);
  }
}

const styles = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
} as const;
