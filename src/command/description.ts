/** What a command says of itself: enough to read a line, to offer it and to explain it, without running it. */
import type { z } from 'zod';
import { flag } from './args.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** Groups of commands, in the order people should read them, with their headings. */
export const groups = {
  find: 'Find papers and ask them',
  keep: 'Keep, judge and share papers',
  digest: 'The daily digest',
  channel: 'This channel and its settings',
} as const;

export interface CommandDescription {
  /** One lower-case word. */
  name: string;
  /** Other lines that mean this command, `schedule pause`. */
  aliases?: readonly string[];
  /** One line, at most 100 characters. */
  describe: string;
  /** Where people look for it; `buttons` for what only buttons lead to, though it may be typed. */
  group: keyof typeof groups | 'buttons';
  /** Right lines, without `/paper`. */
  examples: readonly [string, ...string[]];
  /** `manage` needs the platform's right to manage the channel. */
  rights: 'anyone' | 'manage';
  /** Who sees the reply; `choice` shows it to the asker unless `share:yes` is given or Share is pressed. */
  visibility: 'asker' | 'channel' | 'choice';
  /** Whether it may take longer than a platform waits for an answer (3 s). */
  defer: boolean;
  /** Name → schema made by `command/args.ts`, in the order people should read them. */
  args: Readonly<Record<string, z.ZodType>>;
}

/** Of every command where the asker has the choice. */
export const share = flag({
  describe: 'Show the answer to everyone here',
  example: 'share:yes',
}).optional();

/** Whether the reply to these arguments goes to the channel rather than to the asker alone. */
export function isPublic(command: CommandDescription, args: Arguments): boolean {
  if (command.visibility === 'choice') return share.safeParse(args.share).data === true;
  return command.visibility === 'channel';
}

/** Those that people are offered, without what only buttons lead to. */
export function offered<Each extends CommandDescription>(commands: readonly Each[]): Each[] {
  return commands.filter(({ group }) => group !== 'buttons');
}
