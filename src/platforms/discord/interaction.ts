/** Slash commands and buttons: read into an invocation, run with the rights of who typed or pressed, answered. */
import { type ButtonInteraction, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { TOO_OLD } from '../../command/carrier.ts';
import { type CommandDescription, isPublic } from '../../command/description.ts';
import type { Desk } from '../../command/desk.ts';
import type { Live } from '../../command/live.ts';
import { UserError } from '../../errors.ts';
import type { Invocation } from '../../model/invocation.ts';
import { errorReply } from '../../reply/build.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Asked } from './actor.ts';
import { type Answering, answerAnew, answerInPlace } from './answer.ts';
import { readCustomId } from './buttons.ts';
import { keepConversation } from './conversation.ts';
import { errorFields } from './failure.ts';
import { referenceTo } from './people.ts';

const FAILED = 'Something went wrong on our side. Please try again.';

/** Never throws: what cannot be answered is logged. */
export async function onInteraction(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  asked: Asked,
  desk: Desk,
  house: Answering,
): Promise<void> {
  try {
    if (interaction.isButton()) await onButton(interaction, asked, desk, house);
    else await onCommand(interaction, asked, desk, house);
  } catch (error) {
    const { channel } = asked.place;
    desk.log.error({ ...errorFields(error), channel }, 'discord: an answer could not be given');
    await apologise(interaction).catch((second: unknown) => {
      desk.log.debug({ ...errorFields(second), channel }, 'discord: nor an apology');
    });
  }
}

async function onCommand(
  interaction: ChatInputCommandInteraction,
  { actor, place }: Asked,
  desk: Desk,
  house: Answering,
): Promise<void> {
  const invocation = typed(interaction);
  const run = (live: Live) => desk.dispatch.invocation(invocation, actor, place, live);
  const how = expected(commandOf(invocation, desk), invocation);
  const { reply, message } = await answerAnew(interaction, run, how, house);
  await keepConversation(interaction.client, { place, reply, message }, desk);
}

async function onButton(
  interaction: ButtonInteraction,
  { actor, place }: Asked,
  desk: Desk,
  house: Answering,
): Promise<void> {
  const button = readCustomId(interaction.customId);
  const carried = button ? await unloaded(button.carried, desk) : errorReply(TOO_OLD);
  if ('blocks' in carried) {
    const how = { isPublic: false, defer: false };
    await answerAnew(interaction, async () => carried, how, house);
    return;
  }
  const command = commandOf(carried, desk);
  if (button?.effect === 'replace') {
    const invocation = isSeenByAll(interaction) ? shared(carried, command) : carried;
    const work = desk.dispatch.invocation(invocation, actor, place);
    await answerInPlace(
      interaction,
      work,
      (reply) => takesPlace(reply, interaction, command),
      house,
    );
  } else {
    const run = (live: Live) => desk.dispatch.invocation(carried, actor, place, live);
    const { reply, message } = await answerAnew(
      interaction,
      run,
      expected(command, carried),
      house,
    );
    await keepConversation(interaction.client, { place, reply, message }, desk);
  }
}

/** The subcommand with the values of its options, already of their types. */
function typed({ options }: ChatInputCommandInteraction): Invocation {
  const [subcommand] = options.data;
  const args = (subcommand?.options ?? []).flatMap(({ name, value, user }) => {
    if (user) return [[name, referenceTo(user)] as const];
    if (value === undefined || value === null) return [];
    return [[name, typeof value === 'string' ? unnamed(name, value) : value] as const];
  });
  return { command: subcommand?.name ?? 'help', args: Object.fromEntries(args) };
}

/** Without the field's own name, which people copy from examples: `at:09:00` in the field `at`. */
function unnamed(name: string, value: string): string {
  return value.toLowerCase().startsWith(`${name}:`) ? value.slice(name.length + 1) : value;
}

/** What a button carries, or what to say when it carries nothing any more. */
async function unloaded(carried: string, desk: Desk): Promise<Invocation | Reply> {
  try {
    return await desk.carrier.unload(carried);
  } catch (error) {
    if (error instanceof UserError) return errorReply(error.message);
    desk.log.error({ err: error }, 'discord: a button could not be read');
    return errorReply(FAILED);
  }
}

function commandOf({ command }: Invocation, desk: Desk): CommandDescription | undefined {
  return desk.commands.find(({ name }) => name === command);
}

function expected(command: CommandDescription | undefined, { args }: Invocation) {
  return {
    isPublic: command !== undefined && isPublic(command, args),
    defer: command?.defer ?? false,
  };
}

/** In direct messages only the asker sees what is there, ephemeral or not. */
function isSeenByAll({ guildId, message }: ButtonInteraction): boolean {
  return guildId !== null && !message.flags.has(MessageFlags.Ephemeral);
}

/** What takes the place of a message all see is for all as well: the next page of a list a mention brought. */
function shared(invocation: Invocation, command: CommandDescription | undefined): Invocation {
  if (command?.visibility !== 'choice') return invocation;
  return { ...invocation, args: { ...invocation.args, share: true } };
}

function takesPlace(
  { visibility }: Reply,
  interaction: ButtonInteraction,
  command: CommandDescription | undefined,
): boolean {
  if (interaction.guildId === null) return true;
  if (!isSeenByAll(interaction)) return visibility === 'asker';
  // A list for the asker that a mention brought before all, such as topics: nothing but its own next
  // page can come of it, while a command that only some may run may come back with a refusal.
  const isHarmless = command?.visibility === 'asker' && command.rights === 'anyone';
  return visibility === 'channel' || isHarmless;
}

async function apologise(interaction: ChatInputCommandInteraction | ButtonInteraction) {
  const message = { content: FAILED, flags: MessageFlags.Ephemeral } as const;
  if (interaction.deferred || interaction.replied) await interaction.followUp(message);
  else await interaction.reply(message);
}
