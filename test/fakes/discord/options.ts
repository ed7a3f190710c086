/**
 * Filling in a slash command as Discord's own client lets a person do it: only options that exist,
 * of the right type and within their bounds, and every required one.
 *
 * https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
} from 'discord-api-types/v10';
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { memberPayload } from './payloads.ts';
import { permissionsIn } from './permissions.ts';
import type { Channel, Named, World } from './state.ts';
import { codePoints } from './text-schema.ts';

/** A value of an option; people, channels and roles by name, id or anything with an id. */
export type OptionValue = Named | number | boolean;

export interface WireOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly WireOption[];
}

/** A command as typed: its own words and the options that these words lead to. */
export interface Typed {
  readonly command: APIApplicationCommand;
  /** The subcommand group and subcommand, outermost first. */
  readonly path: readonly APIApplicationCommandOption[];
  readonly takes: readonly APIApplicationCommandBasicOption[];
  /** `/paper search` */
  readonly title: string;
}

interface Writer {
  readonly world: World;
  readonly userId: string;
  readonly channel: Channel;
}

type Resolved = Record<string, Record<string, object>>;
type Refuse = (why: string) => never;

/** Finds `paper search` among the commands; throws when a person would not find it. */
export function typed(commands: readonly APIApplicationCommand[], words: string): Typed {
  const [name, ...rest] = words.trim().split(/\s+/);
  const title = `/${words.trim()}`;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const known = commands.map((one) => `/${one.name}`).join(', ') || 'no commands';
    throw new Error(`Discord shows no /${name}; it shows: ${known}.`);
  }
  const path: APIApplicationCommandOption[] = [];
  let takes: readonly APIApplicationCommandOption[] = command.options ?? [];
  for (const word of rest) {
    const next = takes.find((one) => isNested(one) && one.name === word);
    if (next === undefined) throw new Error(`${title}: there is no "${word}"${among(takes)}`);
    path.push(next);
    takes = ('options' in next ? next.options : undefined) ?? [];
  }
  if (takes.some(isNested)) throw new Error(`${title} needs a subcommand${among(takes)}`);
  return { command, path, takes: takes.filter((one) => !isNested(one)), title };
}

/** The options as sent with a command, and what their ids stand for. */
export function filled(
  writer: Writer,
  to: Typed,
  given: Readonly<Record<string, OptionValue>>,
): { options: WireOption[]; resolved: Resolved } {
  for (const option of to.takes) {
    if (option.required && !(option.name in given)) {
      throw new Error(`${to.title} cannot be sent without its option "${option.name}".`);
    }
  }
  const resolved: Resolved = {};
  const options = Object.entries(given).map(([name, value]) => {
    const spec = specOf(to, name);
    const refuse = (why: string): never => {
      throw new Error(`${to.title}: the option "${name}" ${why}`);
    };
    return { name, type: spec.type, value: valueFor(writer, spec, value, resolved, refuse) };
  });
  return { options: nested(to, options), resolved };
}

/** The options as sent while a person types into one of them: nothing is checked or required. */
export function beingTyped(
  to: Typed,
  focus: { readonly name: string; readonly value: string },
  given: Readonly<Record<string, string | number | boolean>>,
): WireOption[] {
  const spec = specOf(to, focus.name);
  if (!('autocomplete' in spec) || !spec.autocomplete) {
    throw new Error(`${to.title}: the option "${focus.name}" has no autocomplete.`);
  }
  const others = Object.entries(given).map(([name, value]) => {
    return { name, type: specOf(to, name).type, value };
  });
  const focused = { name: spec.name, type: spec.type, value: focus.value, focused: true } as const;
  return nested(to, [...others, focused]);
}

export function specOf(to: Typed, name: string): APIApplicationCommandBasicOption {
  const spec = to.takes.find((one) => one.name === name);
  if (spec === undefined) {
    throw new Error(`${to.title} has no option "${name}"${among(to.takes)}`);
  }
  return spec;
}

function nested(to: Typed, options: WireOption[]): WireOption[] {
  return to.path.reduceRight<WireOption[]>(
    (inner, one) => [{ name: one.name, type: one.type, options: inner }],
    options,
  );
}

function valueFor(
  writer: Writer,
  spec: APIApplicationCommandBasicOption,
  value: OptionValue,
  resolved: Resolved,
  refuse: Refuse,
): string | number | boolean {
  switch (spec.type) {
    case Type.String: {
      if (typeof value !== 'string') return refuse('takes a text.');
      const length = codePoints(value);
      const max = ('max_length' in spec ? spec.max_length : undefined) ?? 6_000;
      const min = ('min_length' in spec ? spec.min_length : undefined) ?? 1;
      if (length > max) return refuse(`takes at most ${max} characters.`);
      if (length < min) return refuse(`takes at least ${min} characters.`);
      return chosen(spec, value, refuse);
    }
    case Type.Integer:
    case Type.Number: {
      const isNumber = typeof value === 'number' && Number.isFinite(value);
      if (!isNumber) return refuse('takes a number.');
      if (spec.type === Type.Integer && !Number.isSafeInteger(value)) {
        return refuse('takes a whole number.');
      }
      const max = ('max_value' in spec ? spec.max_value : undefined) ?? value;
      const min = ('min_value' in spec ? spec.min_value : undefined) ?? value;
      if (value > max) return refuse(`takes at most ${max}.`);
      if (value < min) return refuse(`takes at least ${min}.`);
      return chosen(spec, value, refuse);
    }
    case Type.Boolean:
      return typeof value === 'boolean' ? value : refuse('takes true or false.');
    case Type.User:
      return resolveUser(writer, named(value, refuse), resolved);
    case Type.Channel: {
      const channel = writer.world.channel(named(value, refuse));
      if (spec.channel_types && !spec.channel_types.includes(channel.type)) {
        return refuse(`takes no channel of type ${channel.type}.`);
      }
      const permissions = String(permissionsIn(writer.world, channel, writer.userId));
      const { id, name, type } = channel;
      put(resolved, 'channels', id, { id, name, type, permissions });
      return id;
    }
    case Type.Role: {
      const roles = [...(writer.world.guildOf(writer.channel)?.roles.values() ?? [])];
      const wanted = named(value, refuse);
      const key = typeof wanted === 'string' ? wanted : wanted.id;
      const role = roles.find((one) => one.id === key || one.name === key);
      if (role === undefined) return refuse('takes a role of this server.');
      put(resolved, 'roles', role.id, role);
      return role.id;
    }
    case Type.Mentionable:
    case Type.Attachment:
      return refuse('is of a type that this fake does not know.');
  }
}

function chosen<T extends string | number>(
  spec: APIApplicationCommandBasicOption,
  value: T,
  refuse: Refuse,
): T {
  const choices = ('choices' in spec ? spec.choices : undefined) ?? [];
  if (choices.length === 0 || choices.some((choice) => choice.value === value)) return value;
  return refuse(`takes one of: ${choices.map((choice) => choice.value).join(', ')}.`);
}

function named(value: OptionValue, refuse: Refuse): Named {
  if (typeof value === 'number' || typeof value === 'boolean') return refuse('takes a name.');
  return value;
}

function resolveUser(writer: Writer, name: Named, resolved: Resolved): string {
  const { user } = writer.world.person(name);
  put(resolved, 'users', user.id, user);
  const guild = writer.world.guildOf(writer.channel);
  if (guild?.members.has(user.id)) {
    const permissions = String(permissionsIn(writer.world, writer.channel, user.id));
    const { user: _, ...member } = memberPayload(guild, user.id);
    put(resolved, 'members', user.id, { ...member, permissions });
  }
  return user.id;
}

function put(resolved: Resolved, kind: string, id: string, value: object): void {
  resolved[kind] = { ...resolved[kind], [id]: value };
}

function isNested(
  option: APIApplicationCommandOption,
): option is Exclude<APIApplicationCommandOption, APIApplicationCommandBasicOption> {
  return option.type === Type.Subcommand || option.type === Type.SubcommandGroup;
}

function among(options: readonly { name: string }[]): string {
  return options.length === 0 ? '.' : `; there is: ${options.map((one) => one.name).join(', ')}.`;
}
