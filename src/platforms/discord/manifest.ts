/**
 * What Discord must know of the bot: `/paper` with every command as a subcommand, and what the invite asks
 * for. Rights are not in it, as Discord has none per subcommand: they are checked when a command runs.
 */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { argInfo } from '../../command/args.ts';
import { type CommandDescription, offered } from '../../command/description.ts';
import { assertNever } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { errorLine } from './failure.ts';
import {
  CHOICE_NAME_MAX,
  CHOICES_MAX,
  COMMAND_NAME,
  COMMAND_TEXT_MAX,
  DESCRIPTION_MAX,
  OPTION_TEXT_MAX,
  OPTIONS_MAX,
} from './limits.ts';

type Definition = RESTPostAPIChatInputApplicationCommandsJSONBody;

const ROOT = 'paper';

const INVITE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  // Questions are answered, and digests may be laid out, in threads.
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  // To answer a message and to recognise a digest posted before a crash.
  PermissionFlagsBits.ReadMessageHistory;

/** Where somebody who manages a server adds the bot to it. https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** The one root command. Throws when a command breaks a limit of Discord's. */
export function definition(commands: readonly CommandDescription[]): Definition {
  const options = offered(commands).map(subcommand);
  const root: Definition = {
    type: ApplicationCommandType.ChatInput,
    name: ROOT,
    description: 'Research papers: search, topics and a daily digest',
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options,
  };
  check(root.name, options.length <= OPTIONS_MAX, `more than ${OPTIONS_MAX} subcommands`);
  check(root.name, textOf(root) <= COMMAND_TEXT_MAX, `more than ${COMMAND_TEXT_MAX} characters`);
  return root;
}

/** Registers `/paper` in bulk, unless Discord has it just so. Gives whether anything was sent. */
export async function register(
  rest: REST,
  applicationId: string,
  commands: readonly CommandDescription[],
  log: Log,
): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId);
  const wanted = [definition(commands)];
  const present = await rest.get(route).catch((error: unknown) => {
    log.warn({ error: errorLine(error) }, 'discord: registered commands could not be read');
  });
  if (comparable(present) === comparable(wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

function subcommand(command: CommandDescription): APIApplicationCommandSubcommandOption {
  const { name, describe, args } = command;
  const options = Object.entries(args)
    .map(([arg, schema]) => ({ ...argInfo(schema), name: arg }))
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => Number(b.required) - Number(a.required))
    .map((info) => option(command.name, info));
  check(name, options.length <= OPTIONS_MAX, `more than ${OPTIONS_MAX} arguments`);
  const type = ApplicationCommandOptionType.Subcommand as const;
  return { type, ...named(name, name, describe), options };
}

type Info = ReturnType<typeof argInfo> & { name: string };

function option(command: string, info: Info): APIApplicationCommandBasicOption {
  const where = `${command} ${info.name}`;
  const common = { ...named(where, info.name, info.describe), required: info.required };
  switch (info.type) {
    case 'text':
      return {
        type: ApplicationCommandOptionType.String,
        ...common,
        max_length: Math.min(info.max, OPTION_TEXT_MAX),
        ...(info.complete ? { autocomplete: true as const } : {}),
      };
    case 'person':
      return { type: ApplicationCommandOptionType.User, ...common };
    case 'integer':
      return {
        type: ApplicationCommandOptionType.Integer,
        ...common,
        min_value: info.min,
        max_value: info.max,
      };
    case 'flag':
      return { type: ApplicationCommandOptionType.Boolean, ...common };
    case 'choice':
      return {
        type: ApplicationCommandOptionType.String,
        ...common,
        choices: choices(where, info.values),
      };
    default:
      return assertNever(info);
  }
}

function choices(
  where: string,
  values: readonly string[],
): APIApplicationCommandOptionChoice<string>[] {
  check(where, values.length <= CHOICES_MAX, `more than ${CHOICES_MAX} choices`);
  check(
    where,
    values.every((value) => value.length <= CHOICE_NAME_MAX),
    `a choice longer than ${CHOICE_NAME_MAX}`,
  );
  return values.map((value) => ({ name: value, value }));
}

function named(where: string, name: string, description: string) {
  check(where, COMMAND_NAME.test(name) && name === name.toLowerCase(), 'a name it does not take');
  check(where, description.length <= DESCRIPTION_MAX, `a description over ${DESCRIPTION_MAX}`);
  return { name, description };
}

function check(where: string, isRight: boolean, fault: string): void {
  if (!isRight) throw new Error(`Discord would refuse /${ROOT} ${where}: ${fault}`);
}

/** What counts towards the size of a command: names, descriptions and the values of choices. */
function textOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + textOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    const counts = typeof inner === 'string' && ['name', 'description', 'value'].includes(key);
    return sum + (counts ? inner.length : textOf(inner));
  }, 0);
}

/** The fields we define; Discord adds ids, versions and defaults of its own. */
const compared = new Set(
  'type name description contexts integration_types options required autocomplete choices value max_length min_value max_value'.split(
    ' ',
  ),
);

/** Equal texts for definitions that mean the same. */
function comparable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner)
      // Discord gives back what is false or empty as absent, or the other way round.
      .filter(([key, field]) => compared.has(key) && isGiven(field))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries);
  });
}

function isGiven(field: unknown): boolean {
  return field !== null && field !== false && !(Array.isArray(field) && field.length === 0);
}
