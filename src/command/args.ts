/** Argument types of a command: each a zod schema that carries what every platform must know of it. */
import { z } from 'zod';
import { named } from './reference.ts';

/** What an argument offers while it is being typed. */
export type Completion = 'paper' | 'query' | 'topic' | 'subscription' | 'timezone' | 'command';

interface ArgWords {
  /** One line, at most 100 characters. */
  describe: string;
  /** A right value, shown in help and in every error. */
  example: string;
  /** Takes the words that carry no `key:`. At most one argument of a command. */
  positional?: boolean;
  complete?: Completion;
  /** Only buttons carry it: neither help nor registration names it. */
  hidden?: boolean;
}

export type ArgType =
  | { type: 'text'; max: number }
  | { type: 'person'; max: number }
  | { type: 'integer'; min: number; max: number }
  | { type: 'flag' }
  | { type: 'choice'; values: readonly string[] };

export type ArgInfo = ArgWords & ArgType;

const registry = z.registry<ArgInfo>();

/** What the builder of an argument said of it. */
export function argInfo(schema: z.ZodType): ArgInfo & { required: boolean } {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  const info = registry.get(inner);
  if (!info) throw new Error('A command argument was not made by command/args.ts');
  return { ...info, required: inner === schema };
}

/**
 * Free text, trimmed. `max` counts characters, 500 by default. A person or channel that is named in it is read
 * as its name, unless it `refers`.
 */
export function text({ refers = false, ...words }: ArgWords & { max?: number; refers?: boolean }) {
  const max = words.max ?? 500;
  return (
    z
      .string({ error: `is missing, for example “${words.example}”` })
      // Nobody means anything by a control character, and PostgreSQL refuses NUL.
      .overwrite((value) => value.toWellFormed().replace(/\p{Cc}+/gu, ' '))
      .overwrite((value) => (refers ? value : named(value)))
      .trim()
      .min(1, `is empty, for example “${words.example}”`)
      .max(max, `is longer than ${max} characters; shorten it`)
      .register(registry, { ...words, type: 'text', max })
  );
}

/** A reference to a person, or what somebody wrote for one; picked from a list where the platform has one. */
export function person(words: ArgWords) {
  const schema = text({ ...words, max: 100, refers: true });
  return schema.register(registry, { ...words, type: 'person', max: 100 });
}

/** A whole number, inclusive bounds. */
export function integer(words: ArgWords & { min: number; max: number }) {
  const error = `must be a whole number from ${words.min} to ${words.max}, for example ${words.example}`;
  return z.coerce
    .number({ error })
    .int({ error })
    .min(words.min, { error })
    .max(words.max, { error })
    .register(registry, { ...words, type: 'integer' });
}

/** Yes or no; `share:yes` and `share:true` both say yes. */
export function flag(words: ArgWords) {
  const error = `must be yes or no, for example ${words.example}`;
  return z
    .union([z.stringbool(), z.boolean()], { error })
    .register(registry, { ...words, type: 'flag' });
}

/** One of a few words, all in lower case; people may write them in any. */
export function choice<const Values extends readonly [string, ...string[]]>(
  words: ArgWords & { values: Values },
) {
  const error = `must be one of ${words.values.join(', ')}, for example ${words.example}`;
  const inLowerCase = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);
  return z
    .preprocess(inLowerCase, z.enum(words.values, { error }))
    .register(registry, { ...words, type: 'choice' });
}
