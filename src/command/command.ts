/** A command: one `/paper` subcommand, the same on every platform. */
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Reply } from '../reply/reply.ts';
import { flag } from './args.ts';
import type { Context } from './context.ts';

export type Arguments = Readonly<Record<string, unknown>>;

interface CommandWords {
  /** One lower-case word. */
  name: string;
  /** Other lines that mean this command, `schedule pause`. */
  aliases?: readonly string[];
  /** One line, at most 100 characters. */
  describe: string;
  /** Right lines, without `/paper`. */
  examples: readonly [string, ...string[]];
  /** `manage` needs the platform's right to manage the channel. */
  rights: 'anyone' | 'manage';
  /** Who sees the reply; `choice` shows it to the asker unless `share:yes` is given or Share is pressed. */
  visibility: 'asker' | 'channel' | 'choice';
  /** Whether it may take longer than a platform waits for an answer (3 s). */
  defer: boolean;
}

interface CommandSpec<Args extends z.ZodObject> extends CommandWords {
  args: Args;
  run(args: z.infer<Args>, ctx: Context): Promise<Reply>;
}

export interface Command extends CommandWords {
  /** Name → schema made by `command/args.ts`, in the order people should read them. */
  args: Readonly<Record<string, z.ZodType>>;
  /** Validates and runs; throws `UserError` with a sentence for the person. */
  run(args: Arguments, ctx: Context): Promise<Reply>;
}

const share = flag({
  describe: 'Show the answer to everyone here',
  example: 'share:yes',
}).optional();

/** Makes a command of its description: adds `share` where the asker has the choice, validates before `run`. */
export function defineCommand<Args extends z.ZodObject>(spec: CommandSpec<Args>): Command {
  const ours = z.object(spec.visibility === 'choice' ? { share } : {});
  return {
    ...spec,
    args: { ...spec.args.shape, ...ours.shape } as Readonly<Record<string, z.ZodType>>,
    run: async (raw, ctx) => {
      const parsed = spec.args.safeParse(raw);
      if (!parsed.success) throw new UserError(sentenceOf(parsed.error));
      const { error } = ours.safeParse(raw);
      if (error) throw new UserError(sentenceOf(error));
      return spec.run(parsed.data, ctx);
    },
  };
}

/** Whether the reply to these arguments goes to the channel rather than to the asker alone. */
export function isPublic(command: Command, args: Arguments): boolean {
  if (command.visibility === 'choice') return share.safeParse(args.share).data === true;
  return command.visibility === 'channel';
}

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.') ?? 'That'} ${issue?.message ?? 'is not right'}.`;
}
