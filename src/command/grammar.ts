/**
 * The text grammar of a command line, `words key:value -word "a phrase"`:
 *
 *   line  = command { key ":" value | words }
 *   key   = an argument name of that command
 *   value = characters up to the next space that follows neither the colon nor a comma, or "quoted \" text"
 *
 * Whatever is no `key:value` of the command goes verbatim to its positional argument, so a query keeps
 * its own quotes and fields: `search "model merging" since:30d page:2`. So does the positional argument's own key
 * where it is not alone: `subscribe topic:model-merging -survey`.
 */
import { closest, distance } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';
import type { Invocation } from '../model/invocation.ts';
import { argInfo } from './args.ts';
import type { CommandDescription } from './description.ts';

/** The longest line a person may send, in characters. */
const LINE_MAX = 2_000;

/** How help writes every command, and so how people write it to the bot in a mention or message. */
const PREFIX = /^\/paper(?:\s+|$)/i;

/**
 * Reads a line of at most `max` characters, with or without `/paper`. An empty line is `help`.
 * Throws `UnknownCommandError` for a first word that is no command, `UserError` for the rest.
 */
export function parseLine(
  line: string,
  commands: readonly CommandDescription[],
  max = LINE_MAX,
): Invocation {
  const text = straighten(line).trim().replace(PREFIX, '');
  if (text.length > max) {
    throw new UserError(`That is longer than ${max} characters; say it in fewer words.`);
  }
  if (text === '') return { command: 'help', args: {} };
  const { command, rest } = commandOf(text, commands);
  return { command: command.name, args: argsOf(command, rest) };
}

/** The line, however long, that `parseLine` reads back as the same invocation. */
export function formatLine(
  { command: name, args }: Invocation,
  commands: readonly CommandDescription[],
): string {
  const command = commands.find((each) => each.name === name);
  if (!command) throw new Error(`No command ${name}`);
  const entries = Object.entries(args);
  const bare = entries.find(([key]) => key === positionalOf(command));
  const keyed = entries
    .filter((entry) => entry !== bare)
    .map(([key, value]) => keyValue(key, value));
  if (!bare) return [name, ...keyed].join(' ');
  const [key, value] = bare;
  const short = [name, String(value), ...keyed].join(' ');
  const readBack = tryParse(short, commands);
  const same =
    readBack?.command === name &&
    Object.keys(readBack.args).length === entries.length &&
    entries.every(([k, v]) => readBack.args[k] === straighten(String(v)));
  return same ? short : [name, keyValue(key, value), ...keyed].join(' ');
}

/** The first word of a line is no command of ours. */
export class UnknownCommandError extends UserError {
  override name = 'UnknownCommandError';
  readonly word: string;
  /** What was probably meant: the nearest command, or to ask or search for the words. */
  readonly suggestion: { command: string; line: string };

  constructor(word: string, suggestion: { command: string; line: string }) {
    super(`There is no command “${word}”. Did you mean “${suggestion.line}”?`);
    this.word = word;
    this.suggestion = suggestion;
  }
}

function commandOf(
  text: string,
  commands: readonly CommandDescription[],
): { command: CommandDescription; rest: string } {
  const words = /^(\S+)(?:\s+(\S+))?/.exec(text.toLowerCase());
  const [one = '', two] = words?.slice(1) ?? [];
  for (const candidate of two === undefined ? [one] : [`${one} ${two}`, one]) {
    const command = commands.find((c) => c.name === candidate || c.aliases?.includes(candidate));
    if (command) {
      const taken = candidate === one ? /^\S+\s*/ : /^\S+\s+\S+\s*/;
      return { command, rest: text.replace(taken, '') };
    }
  }
  const near = nearestCommand(one, commands);
  const suggestion = near ? { command: near, line: text.replace(/^\S+/, near) } : asked(text);
  throw new UnknownCommandError(one.slice(0, 40), {
    ...suggestion,
    line: suggestion.line.slice(0, 100),
  });
}

function asked(text: string): { command: string; line: string } {
  const command = /\?\s*$/.test(text) ? 'ask' : 'search';
  return { command, line: `${command} ${text}` };
}

/** The command that a word nearly is: a letter or two off. */
export function nearestCommand(
  word: string,
  commands: readonly CommandDescription[],
): string | undefined {
  const near = closest(
    word,
    commands.map((command) => command.name),
  );
  return distance(word, near) <= Math.max(1, Math.floor(near.length / 3)) ? near : undefined;
}

/** Runs of characters that are no space, quoted text counting as one character. */
export const tokensOf = (text: string): string[] =>
  text.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*(?:"|$))+/gs) ?? [];

function argsOf(command: CommandDescription, rest: string): Record<string, string> {
  const args: Record<string, string> = {};
  const words: string[] = [];
  const read = joined(tokensOf(rest), command).map((token) => {
    const [, key = '', value = ''] = /^([\p{L}-]+):(.+)$/su.exec(token) ?? [];
    const name = key.toLowerCase();
    return { token, value, name: Object.hasOwn(command.args, name) ? name : undefined };
  });
  const positional = positionalOf(command);
  // Among other words it is a field of a query: `subscribe topic:model-merging -survey`.
  const isText = read.filter(({ name }) => name === undefined || name === positional).length > 1;
  for (const { token, name, value } of read) {
    if (name === undefined || (name === positional && isText)) words.push(token);
    else args[name] = unquote(value);
  }
  return placed(command, args, words);
}

/** With each value at its key, from which people leave it apart: `at: 9:00`, `on:mon, wed`. */
function joined(tokens: readonly string[], command: CommandDescription): string[] {
  const all: string[] = [];
  for (const token of tokens) {
    const last = all.at(-1);
    const [, key] = /^([\p{L}-]+):(?:[^"]*,)?$/u.exec(last ?? '') ?? [];
    const isOpen = key !== undefined && Object.hasOwn(command.args, key.toLowerCase());
    if (isOpen) all[all.length - 1] = `${last}${token}`;
    else all.push(token);
  }
  return all;
}

function placed(
  command: CommandDescription,
  args: Record<string, string>,
  words: readonly string[],
): Record<string, string> {
  const [first] = words;
  if (first === undefined) return args;
  const positional = positionalOf(command);
  if (positional && args[positional] === undefined) {
    return { ...args, [positional]: words.join(' ') };
  }
  const names = Object.keys(command.args).filter((name) => isShown(command, name));
  const takes = names.length
    ? `It takes ${names.map((name) => `${name}:`).join(' ')}`
    : 'It takes no words';
  throw new UserError(
    `“${command.name}” does not know what to do with “${first.slice(0, 40)}”. ${takes}, for example “${command.examples[0]}”.`,
  );
}

function positionalOf(command: CommandDescription): string | undefined {
  return Object.entries(command.args).find(([, schema]) => argInfo(schema).positional)?.[0];
}

function isShown(command: CommandDescription, name: string): boolean {
  const schema = command.args[name];
  return schema !== undefined && !argInfo(schema).hidden;
}

/** `at:09:00`, `on:"mon, wed"`: what `parseLine` reads back as this value. */
export function keyValue(key: string, value: string | number | boolean): string {
  // Straight first: a curly quote would be read as one that ends the value.
  const text = straighten(String(value));
  return /^[^\s"\\]+$/.test(text) ? `${key}:${text}` : `${key}:"${text.replace(/["\\]/g, '\\$&')}"`;
}

function unquote(value: string): string {
  return value.startsWith('"') && value.endsWith('"') && value.length > 1
    ? value.slice(1, -1).replace(/\\(.)/gs, '$1')
    : value;
}

/** Chat clients turn quotes into curly ones. */
function straighten(text: string): string {
  return text.replace(/[“”„‟]/g, '"').replace(/[‘’]/g, "'");
}

function tryParse(line: string, commands: readonly CommandDescription[]): Invocation | undefined {
  try {
    return parseLine(line, commands, Number.POSITIVE_INFINITY);
  } catch {
    return undefined;
  }
}
