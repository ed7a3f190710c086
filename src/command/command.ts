/** A command: one `/paper` subcommand, the same on every platform. */
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Reply } from '../reply/reply.ts';
import type { Context } from './context.ts';
import { type Arguments, type CommandDescription, share } from './description.ts';

interface CommandSpec<Args extends z.ZodObject> extends Omit<CommandDescription, 'args'> {
  args: Args;
  run(args: z.infer<Args>, ctx: Context): Promise<Reply>;
}

export interface Command extends CommandDescription {
  /** Validates and runs; throws `UserError` with a sentence for the person. */
  run(args: Arguments, ctx: Context): Promise<Reply>;
}

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

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.') ?? 'That'} ${issue?.message ?? 'is not right'}.`;
}
