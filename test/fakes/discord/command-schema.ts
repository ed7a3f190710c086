/**
 * What Discord accepts as an application command: names, descriptions, options and their order,
 * choices and the total size.
 *
 * https://discord.com/developers/docs/interactions/application-commands#application-command-object
 */
import {
  ApplicationCommandType,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { codePoints, text } from './text-schema.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const COMMAND_SIZE = 8_000;

type Context = z.core.$RefinementCtx;

function fail(ctx: Context, path: PropertyKey[], code: string, message: string): void {
  ctx.addIssue({ code: 'custom', path, message, params: { code } });
}

const name = z.string().superRefine((value, ctx) => {
  if (!NAME.test(value) || value !== value.toLowerCase()) {
    fail(ctx, [], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
});
const description = text(100, 1);
const localizations = z.record(z.string(), z.string().nullable()).nullish();
const naming = {
  name,
  name_localizations: localizations,
  description,
  description_localizations: localizations,
};

const choice = z.object({
  name: text(100, 1),
  name_localizations: localizations,
  value: z.union([text(100), z.number()]),
});

const choosable: readonly number[] = [Type.String, Type.Integer, Type.Number];

const valueOption = z
  .object({
    type: z.literal([
      Type.String,
      Type.Integer,
      Type.Boolean,
      Type.User,
      Type.Channel,
      Type.Role,
      Type.Mentionable,
      Type.Number,
      Type.Attachment,
    ]),
    ...naming,
    required: z.boolean().nullish(),
    choices: z.array(choice).max(25).nullish(),
    autocomplete: z.boolean().nullish(),
    channel_types: z.array(z.int()).nullish(),
    min_value: z.number().nullish(),
    max_value: z.number().nullish(),
    min_length: z.int().min(0).max(6_000).nullish(),
    max_length: z.int().min(1).max(6_000).nullish(),
  })
  .superRefine((option, ctx) => {
    const choices = option.choices ?? [];
    if (option.autocomplete && choices.length > 0) {
      const message = 'Choices cannot be present when autocomplete is true';
      fail(ctx, ['choices'], 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES', message);
    }
    if ((option.autocomplete || choices.length > 0) && !choosable.includes(option.type)) {
      const message = 'Only string, integer and number options have choices or autocomplete';
      fail(ctx, ['type'], 'APPLICATION_COMMAND_OPTION_CHOICES_TYPE', message);
    }
    const kind = option.type === Type.String ? 'string' : 'number';
    choices.forEach((one, index) => {
      if (typeof one.value !== kind) {
        fail(ctx, ['choices', index, 'value'], 'BASE_TYPE_INVALID', `Must be a ${kind}.`);
      }
    });
    unique(choices, ['choices'], ctx);
  });

const subcommand = z.object({
  type: z.literal(Type.Subcommand),
  ...naming,
  options: z.array(valueOption).max(25).superRefine(checkOptions).nullish(),
});

const group = z.object({
  type: z.literal(Type.SubcommandGroup),
  ...naming,
  options: z.array(subcommand).min(1).max(25).superRefine(checkOptions),
});

const options = z
  .array(z.discriminatedUnion('type', [subcommand, group, valueOption]))
  .max(25)
  .superRefine(checkOptions);

const rights = {
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  dm_permission: z.boolean().nullish(),
  nsfw: z.boolean().nullish(),
  integration_types: z.array(z.int()).nullish(),
  contexts: z.array(z.int()).nullish(),
};

const chatInput = z
  .object({
    type: z.literal(ApplicationCommandType.ChatInput),
    ...naming,
    ...rights,
    options: options.nullish(),
  })
  .superRefine((command, ctx) => {
    if (commandSize(command) > COMMAND_SIZE) {
      const message = `Command exceeds maximum size (${COMMAND_SIZE})`;
      fail(ctx, [], 'APPLICATION_COMMAND_TOO_LARGE', message);
    }
  });

const contextMenu = z.object({
  type: z.literal([ApplicationCommandType.User, ApplicationCommandType.Message]),
  name: text(32, 1),
  name_localizations: localizations,
  description: z.literal('').default(''),
  description_localizations: localizations,
  ...rights,
  options: z.undefined(),
});

/** One command to register; a command without a type is a slash command. */
export const commandSchema = z.preprocess(
  (value) =>
    typeof value === 'object' ? { type: ApplicationCommandType.ChatInput, ...value } : value,
  z.discriminatedUnion('type', [chatInput, contextMenu]),
);

/** A bulk registration: no two commands of one type share a name. */
export const commandsSchema = z.array(commandSchema).superRefine((commands, ctx) => {
  const seen = new Set<string>();
  commands.forEach((command, index) => {
    const key = `${command.type} ${command.name}`;
    if (seen.has(key)) {
      const message = 'Application command names must be unique';
      fail(ctx, [index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', message);
    }
    seen.add(key);
  });
});

export type CommandInput = z.infer<typeof commandSchema>;

interface AnyOption {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean | null | undefined;
}

function checkOptions(list: readonly AnyOption[], ctx: Context): void {
  unique(list, [], ctx);
  const nested = list.filter((one) => one.type <= Type.SubcommandGroup);
  if (nested.length > 0 && nested.length < list.length) {
    const message =
      'Sub-command and sub-command group option types are mutually exclusive to all other types';
    fail(ctx, [], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
  }
  list.forEach((option, index) => {
    const optionalBefore = list.slice(0, index).some((earlier) => !earlier.required);
    if (option.required && optionalBefore) {
      const message = 'Required options must be placed before non-required options';
      fail(ctx, [index], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
    }
  });
}

function unique(list: readonly { name: string }[], path: PropertyKey[], ctx: Context): void {
  const names = list.map((one) => one.name);
  names.forEach((one, index) => {
    if (names.indexOf(one) < index) {
      const message = 'Option name cannot be duplicated';
      fail(ctx, [...path, index], 'APPLICATION_COMMAND_OPTION_NAME_DUPLICATED', message);
    }
  });
}

interface Sized {
  readonly name: string;
  readonly description?: string | undefined;
  readonly name_localizations?: Record<string, string | null> | null | undefined;
  readonly description_localizations?: Record<string, string | null> | null | undefined;
  readonly options?: readonly Sized[] | null | undefined;
  readonly choices?: readonly { name: string; value: string | number }[] | null | undefined;
}

/** The sum of all names, descriptions and values; of a localized one the longest counts. */
function commandSize(sized: Sized): number {
  const longest = (own: string, others: Sized['name_localizations']) =>
    Math.max(...[own, ...Object.values(others ?? {})].map((one) => codePoints(one ?? '')));
  const choices = (sized.choices ?? []).map((one) => codePoints(`${one.name}${one.value}`));
  const parts = [
    longest(sized.name, sized.name_localizations),
    longest(sized.description ?? '', sized.description_localizations),
    ...choices,
    ...(sized.options ?? []).map(commandSize),
  ];
  return parts.reduce((sum, one) => sum + one, 0);
}
