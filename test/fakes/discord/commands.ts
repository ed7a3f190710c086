/**
 * The registered application commands, global and per server.
 *
 * https://discord.com/developers/docs/interactions/application-commands#endpoints
 */
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { commandSchema, commandsSchema } from './command-schema.ts';
import { invalidForm, tooManyCommands, unknownCommand } from './errors.ts';
import type { World } from './state.ts';

const MOST = 100;

export class Commands {
  readonly #world: World;
  readonly #scopes = new Map<string, Map<string, APIApplicationCommand>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The commands of one server, or the global ones when no server is given. */
  list(guildId?: string): APIApplicationCommand[] {
    return [...this.#scope(guildId).values()];
  }

  /** What people can use: everywhere the global commands, in a server also its own. */
  usable(guildId?: string): APIApplicationCommand[] {
    return guildId === undefined ? this.list() : [...this.list(guildId), ...this.list()];
  }

  get(id: string, guildId?: string): APIApplicationCommand {
    const found = this.#scope(guildId).get(id);
    if (found === undefined) throw unknownCommand();
    return found;
  }

  /** Replaces all commands of the scope at once; those that keep their name keep their id. */
  replaceAll(body: unknown, guildId?: string): APIApplicationCommand[] {
    const parsed = commandsSchema.safeParse(body, { reportInput: true });
    if (!parsed.success) throw invalidForm(parsed.error.issues);
    if (parsed.data.length > MOST) throw tooManyCommands();
    const next = (body as object[]).map((one) => this.#made(one, guildId));
    this.#scopes.set(guildId ?? '', new Map(next.map((one) => [one.id, one])));
    return next;
  }

  /** Adds a command or replaces the one of the same name and type. */
  put(body: unknown, guildId?: string): { command: APIApplicationCommand; isNew: boolean } {
    const parsed = commandSchema.safeParse(body, { reportInput: true });
    if (!parsed.success) throw invalidForm(parsed.error.issues);
    const command = this.#made(body as object, guildId);
    const scope = this.#scope(guildId);
    const isNew = !scope.has(command.id);
    if (isNew && scope.size >= MOST) throw tooManyCommands();
    scope.set(command.id, command);
    return { command, isNew };
  }

  /** Changes the named parts of a command. */
  change(id: string, body: unknown, guildId?: string): APIApplicationCommand {
    const before = this.get(id, guildId);
    const changed = { ...before, ...(body as object) };
    const parsed = commandSchema.safeParse(changed, { reportInput: true });
    if (!parsed.success) throw invalidForm(parsed.error.issues);
    const command = { ...changed, id, version: this.#world.newId() };
    this.#scope(guildId).set(id, command);
    return command;
  }

  remove(id: string, guildId?: string): void {
    this.get(id, guildId);
    this.#scope(guildId).delete(id);
  }

  #scope(guildId = ''): Map<string, APIApplicationCommand> {
    const scope = this.#scopes.get(guildId) ?? new Map<string, APIApplicationCommand>();
    this.#scopes.set(guildId, scope);
    return scope;
  }

  /** The schema has proved the body by now, so it is a command but for what Discord adds. */
  #made(body: object, guildId?: string): APIApplicationCommand {
    const input = body as Pick<APIApplicationCommand, 'name'> & Partial<APIApplicationCommand>;
    const type = input.type ?? 1;
    const same = this.list(guildId).find((one) => one.name === input.name && one.type === type);
    return {
      description: '',
      default_member_permissions: null,
      nsfw: false,
      ...input,
      type,
      id: same?.id ?? this.#world.newId(),
      application_id: this.#world.bot.id,
      version: this.#world.newId(),
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    };
  }
}
