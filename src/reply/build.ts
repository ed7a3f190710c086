/** Replies and blocks that several commands share. */
import type { Invocation } from '../model/invocation.ts';
import type { Block, Button, Reply } from './reply.ts';
import { plain, type Text, toPlain } from './text.ts';

/** A reply of one sentence. */
export function sentence(
  text: Text,
  visibility: Reply['visibility'] = 'asker',
  more: readonly Block[] = [],
): Reply {
  return { visibility, summary: toPlain(text), blocks: [{ kind: 'text', text }, ...more] };
}

/** One sentence on what went wrong, to the asker alone. */
export function errorReply(message: string): Reply {
  return sentence([plain(message)]);
}

type RunButton = Extract<Button, { kind: 'run' }>;

/** A button that runs a command; what comes of it is a new message unless `effect` is `replace`. */
export function run(
  label: string,
  command: string,
  args: Invocation['args'] = {},
  how: Partial<Pick<RunButton, 'effect' | 'style'>> = {},
): RunButton {
  return { kind: 'run', label, effect: 'answer', invocation: { command, args }, ...how };
}

/** A block of the buttons there are; none where there is no button. */
export function buttons(...all: readonly (Button | undefined)[]): Block[] {
  const present = all.filter((button) => button !== undefined);
  return present.length ? [{ kind: 'buttons', buttons: present }] : [];
}

/** The Previous and Next of a list, each a command that edits the message in place; nothing for one page. */
export function pageButtons(list: {
  /** From 1. */
  page: number;
  pages: number;
  command: string;
  args: Invocation['args'];
}): Block[] {
  const to = (label: string, page: number) =>
    page >= 1 && page <= list.pages
      ? run(label, list.command, { ...list.args, page }, { effect: 'replace' })
      : undefined;
  return buttons(to('◀ Previous', list.page - 1), to('Next ▶', list.page + 1));
}

/** `1,234`. */
export function number(n: number): string {
  return n.toLocaleString('en');
}

/** `1 paper`, `3 papers`. */
export function count(n: number, noun: string): string {
  return `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
}
