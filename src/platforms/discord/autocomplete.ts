/** What an option offers while it is typed: always an answer, within the 3 s Discord waits for one. */
import type { AutocompleteInteraction } from 'discord.js';
import { argInfo } from '../../command/args.ts';
import type { Desk } from '../../command/desk.ts';
import type { ChannelRef } from '../../model/channel.ts';
import { shorten } from '../../text/sentences.ts';
import { oneLine } from './escape.ts';
import { errorFields } from './failure.ts';
import { CHOICE_NAME_MAX, CHOICE_VALUE_MAX, CHOICES_MAX } from './limits.ts';
import { within } from './patience.ts';

const PATIENCE_MS = 2_000;

/** Never throws. */
export async function autocomplete(
  interaction: AutocompleteInteraction,
  channel: ChannelRef,
  desk: Desk,
): Promise<void> {
  const choices = await choicesFor(interaction, channel, desk).catch((error: unknown) => {
    desk.log.warn({ ...errorFields(error), channel }, 'a completion failed');
    return [];
  });
  await interaction.respond(choices).catch((error: unknown) => {
    // Nobody waits for it any more: the next key has asked again.
    desk.log.debug({ ...errorFields(error), channel }, 'a completion came too late');
  });
}

async function choicesFor(
  { options }: AutocompleteInteraction,
  channel: ChannelRef,
  desk: Desk,
): Promise<{ name: string; value: string }[]> {
  const focused = options.getFocused(true);
  const command = desk.commands.find(({ name }) => name === options.getSubcommand(false));
  const schema = command?.args[focused.name];
  const kind = schema && argInfo(schema).complete;
  if (!kind) return [];
  const typed = String(focused.value);
  const all = await within(desk.complete(kind, typed, channel, CHOICES_MAX), PATIENCE_MS);
  const asTyped = { value: typed, label: typed };
  // Discord says that nothing matches where nothing is offered, and Enter takes the first: of a query, what was typed.
  const isFirst = !all?.length || kind === 'query';
  const offered = [...(isFirst ? [asTyped] : []), ...(all ?? [])];
  return offered
    .filter(({ value }) => value.length > 0 && value.length <= CHOICE_VALUE_MAX)
    .slice(0, CHOICES_MAX)
    .map(({ value, label }) => ({
      name: shorten(oneLine(label) || value, CHOICE_NAME_MAX),
      value,
    }));
}
