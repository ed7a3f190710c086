/**
 * From the words of a shell command to a line of the grammar:
 *
 *   npm run paper -- search "model merging" since:2024
 *   npm run paper -- --channel reading-group schedule at:09:00 "on:mon, wed"
 *
 * The shell has eaten the quotes: an element with a space that begins with an argument's name is that
 * argument's value; one among others is a phrase; one alone is the whole line as it stands.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { CommandDescription } from '../command/description.ts';
import { keyValue } from '../command/grammar.ts';
import { UserError } from '../errors.ts';

export interface Wanted {
  /** What is left for the command grammar; empty for help. */
  line: string;
  /** Print the reply as data. */
  json: boolean;
  /** The local channel to act in. */
  channel: string;
  /** A file of papers to bring in, instead of a command. */
  file: string | undefined;
}

const options = {
  json: { type: 'boolean', default: false },
  channel: { type: 'string', default: 'general' },
  help: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options'];

/** Throws `UserError` for an option there is not. */
export function readArgv(argv: readonly string[], commands: readonly CommandDescription[]): Wanted {
  // `-survey` is a word of a query; only two hyphens make an option of ours.
  const isOption = (word: string) => /^--\p{L}/u.test(word);
  const taken = new Set<number>();
  for (const [i, word] of argv.entries()) {
    if (!isOption(word)) continue;
    taken.add(i);
    if (word === '--channel') taken.add(i + 1);
  }
  const words = argv.filter((_, i) => !taken.has(i));
  const { json, channel, help } = optionsOf(argv.filter((_, i) => taken.has(i)));
  const [first = '', file] = words;
  if (first === 'import' && file === undefined) {
    throw new UserError('Name the file to import, for example “import papers.ndjson”.');
  }
  const base = { json, channel, file: first === 'import' ? file : undefined };
  return { ...base, line: help ? `help ${first}`.trim() : lineOf(words, commands) };
}

function optionsOf(args: string[]) {
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch {
    throw new UserError(
      `There is no option like “${args.join(' ')}”; there are --json, --help and --channel, for example “--channel general”.`,
    );
  }
}

function lineOf(words: readonly string[], commands: readonly CommandDescription[]): string {
  const [first = '', second = ''] = words;
  const names = [`${first} ${second}`, first].map((name) => name.toLowerCase());
  const command = commands.find(
    ({ name, aliases }) => names.includes(name) || names.some((each) => aliases?.includes(each)),
  );
  const isAlone = words.length <= 2;
  return words.map((word) => quoted(word, command, isAlone)).join(' ');
}

/** `on:mon, wed` → `on:"mon, wed"`, as it would be typed in a chat. */
function quoted(word: string, command: CommandDescription | undefined, isAlone: boolean): string {
  const [, key = '', value = ''] = /^([\p{L}-]+):(.+)$/su.exec(word) ?? [];
  const isValue = command !== undefined && Object.hasOwn(command.args, key.toLowerCase());
  if (!isValue) return isAlone || !/^[^"]*\s[^"]*$/.test(word) ? word : `"${word}"`;
  if (!/\s/.test(value) || value.startsWith('"')) return word;
  return keyValue(key, value);
}
