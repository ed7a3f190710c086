/** What the message box offers while a line is typed: commands, then their arguments, then values. */
import { argInfo } from '../../command/args.ts';
import { type CommandDescription, offered } from '../../command/description.ts';
import type { Desk } from '../../command/desk.ts';
import { keyValue, tokensOf } from '../../command/grammar.ts';
import type { Suggestion } from '../../command/suggestion.ts';
import type { ChannelRef } from '../../model/channel.ts';
import { honest } from './escape.ts';

/** The page's side of this type is in `page/types.js`. */
export interface Completion {
  /** What the argument being typed is, in one line; empty for commands. */
  hint: string;
  items: CompletionItem[];
}

interface CompletionItem {
  label: string;
  detail: string;
  /** What the text up to the caret becomes. */
  text: string;
  /** Whether Enter takes it at once: it finishes the very word being typed. */
  isLikely: boolean;
}

type Arg = ReturnType<typeof argInfo> & { name: string };

const VALUES_SHOWN = 8;
const nothing: Completion = { hint: '', items: [] };

/** `text` is the line up to the caret. */
export async function complete(
  text: string,
  channel: ChannelRef,
  desk: Pick<Desk, 'commands' | 'complete'>,
): Promise<Completion> {
  if (text && '/paper'.startsWith(text.toLowerCase())) {
    return commandItems('/paper ', '', desk.commands);
  }
  if (text && '@paperboy'.startsWith(text.toLowerCase())) {
    return commandItems('@Paperboy ', '', desk.commands);
  }
  const [, prefix, line] = /^((?:\/paper|@paperboy:?)\s+)(.*)$/is.exec(text) ?? [];
  if (prefix === undefined || line === undefined) return nothing;
  if (!/\s/.test(line)) return commandItems(prefix, line, desk.commands);
  const found = commandOf(line, desk.commands);
  return found ? argItems(prefix, found, channel, desk) : nothing;
}

function commandItems(
  prefix: string,
  typed: string,
  commands: readonly CommandDescription[],
): Completion {
  const needle = typed.toLowerCase();
  const all = offered(commands);
  const starting = all.filter(({ name }) => name.startsWith(needle));
  const holding = all.filter(
    ({ name }) => !starting.some((c) => c.name === name) && name.includes(needle),
  );
  return {
    hint: '',
    items: [...starting, ...holding].map(({ name, describe }) => ({
      label: `/paper ${name}`,
      detail: describe,
      text: `${prefix}${name} `,
      isLikely: needle !== '' && needle !== name && name.startsWith(needle),
    })),
  };
}

interface Found {
  command: CommandDescription;
  /** As it was typed. */
  head: string;
  rest: string;
}

function commandOf(line: string, commands: readonly CommandDescription[]): Found | undefined {
  for (const pattern of [/^(\S+\s+\S+)\s+(.*)$/s, /^(\S+)\s+(.*)$/s]) {
    const [, head = '', rest = ''] = pattern.exec(line) ?? [];
    const typed = head.toLowerCase().replace(/\s+/g, ' ');
    const command = commands.find(
      ({ name, aliases }) => name === typed || aliases?.includes(typed),
    );
    if (command) return { command, head, rest };
  }
  return undefined;
}

async function argItems(
  prefix: string,
  { command, head, rest }: Found,
  channel: ChannelRef,
  desk: Pick<Desk, 'complete'>,
): Promise<Completion> {
  const args = Object.entries(command.args)
    .map(([name, schema]): Arg => ({ name, ...argInfo(schema) }))
    .filter(({ hidden }) => !hidden);
  const tokens = tokensOf(rest);
  const last = tokens.at(-1) ?? '';
  const token = rest.endsWith(last) ? last : '';
  const before = `${prefix}${head} ${rest.slice(0, rest.length - token.length)}`;
  const [, key = '', value = ''] = /^([\p{L}-]+):(.*)$/su.exec(token) ?? [];
  const keyed = args.find(({ name }) => name === key.toLowerCase());
  if (keyed) {
    const typed = value.replace(/^"|"$/g, '');
    const values = await valuesOf(keyed, typed, channel, desk);
    return {
      hint: hintOf(keyed),
      items: values.map((each) => ({
        ...shown(each),
        text: `${before}${keyValue(keyed.name, each.value)} `,
        isLikely: typed !== '' && typed !== each.value && startsWith(each.value, typed),
      })),
    };
  }
  const isKeyed = (word: string) => args.some(({ name }) => startsWith(word, `${name}:`));
  const positional = args.find((arg) => arg.positional);
  const words = tokens.filter((word) => !isKeyed(word)).join(' ');
  const others = tokens
    .filter(isKeyed)
    .map((word) => ` ${word}`)
    .join('');
  const values = positional ? await valuesOf(positional, words, channel, desk) : [];
  return {
    hint: positional ? hintOf(positional) : command.describe,
    items: [
      ...values.map((each) => ({
        ...shown(each),
        // After a field its value is to be typed.
        text: each.value.endsWith(':')
          ? `${prefix}${head}${others} ${each.value}`
          : `${prefix}${head} ${each.value}${others} `,
        isLikely: false,
      })),
      ...args
        .filter(({ name }) => !tokens.some((word) => startsWith(word, `${name}:`)))
        .filter((arg) => !arg.positional && startsWith(arg.name, token))
        .map(({ name, describe, example }) => ({
          label: `${name}:`,
          detail: `${describe}, for example ${example}`,
          text: `${before}${name}:`,
          isLikely: token !== '',
        })),
    ],
  };
}

async function valuesOf(
  arg: Arg,
  typed: string,
  channel: ChannelRef,
  desk: Pick<Desk, 'complete'>,
): Promise<Suggestion[]> {
  if (arg.complete) return desk.complete(arg.complete, typed, channel, VALUES_SHOWN);
  const values = arg.type === 'choice' ? arg.values : arg.type === 'flag' ? ['yes', 'no'] : [];
  return values
    .filter((value) => startsWith(value, typed))
    .map((value) => ({ value, label: value }));
}

/** A label often begins with its value: `model-merging: Combining weights`. */
function shown({ value, label }: Suggestion): { label: string; detail: string } {
  if (label === value) return { label: honest(value), detail: '' };
  return label.startsWith(`${value}: `)
    ? { label: honest(value), detail: honest(label.slice(value.length + 2)) }
    : { label: honest(label), detail: honest(value) };
}

function hintOf({ name, describe, example }: Arg): string {
  return `${name}: ${describe}, for example ${example}`;
}

function startsWith(whole: string, start: string): boolean {
  return whole.toLowerCase().startsWith(start.toLowerCase());
}
