/**
 * Answering an interaction: within 3 s at least with a promise of an answer, exactly once, to those who
 * should see it. https://discord.com/developers/docs/interactions/receiving-and-responding
 */
import {
  type ButtonInteraction,
  MessageFlags,
  type REST,
  type RepliableInteraction,
} from 'discord.js';
import type { Carrier } from '../../command/carrier.ts';
import type { Live } from '../../command/live.ts';
import type { Log } from '../../log.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Drafts } from '../draft.ts';
import { putInto } from './draft.ts';
import { errorFields, isCode } from './failure.ts';
import { within } from './patience.ts';
import { noMentions, postMessage, prepared } from './post.ts';
import type { Message } from './render.ts';
import { split } from './split.ts';

/** Half of the time there is, since our message must still travel. */
const PATIENCE_MS = 1_500;

/** What a placeholder says while it is taken back. */
const ELSEWHERE = 'The answer is in another message.';

export interface Answering {
  carrier: Carrier;
  drafts: Drafts;
  rest: REST;
  log: Log;
}

/**
 * Answers with a new message and gives its reply and id, where Discord says the id. `isPublic` and `defer` are
 * what the command says before it has run.
 */
export async function answerAnew(
  interaction: RepliableInteraction,
  run: (live: Live) => Promise<Reply>,
  { isPublic, defer }: { isPublic: boolean; defer: boolean },
  house: Answering,
): Promise<{ reply: Reply; message: string | undefined }> {
  const draft = house.drafts.open();
  const work = run(draft.live);
  // While the promise of an answer travels, a failure waits to be met below.
  work.catch(() => {});
  try {
    if (defer || !(await within(work, PATIENCE_MS))) {
      await acknowledge(interaction, house, async () => {
        await interaction.deferReply(isPublic ? {} : { flags: MessageFlags.Ephemeral });
      });
      interaction.ephemeral = !isPublic;
      if (interaction.deferred) draft.begin(putInto(interaction, house.carrier));
    }
    const reply = await work;
    const { isGone } = await draft.end();
    const message = isGone ? undefined : await sendNew(interaction, reply, house);
    return { reply, message };
  } finally {
    await draft.end();
  }
}

/**
 * Answers by changing the message the button sits on, unless the reply must not take its place: a reply
 * for the asker alone never overwrites what all see, nor one for all what only the asker sees.
 */
export async function answerInPlace(
  interaction: ButtonInteraction,
  work: Promise<Reply>,
  takesPlace: (reply: Reply) => boolean,
  house: Answering,
): Promise<void> {
  if (!(await within(work, PATIENCE_MS))) {
    await acknowledge(interaction, house, async () => {
      await interaction.deferUpdate();
    });
  }
  const reply = await work;
  if (takesPlace(reply)) {
    await sendInPlace(interaction, reply, house);
  } else if (reply.visibility === 'asker') {
    await sendNew(interaction, reply, house);
  } else {
    // What only the asker saw has served; its place is taken by what all see.
    await acknowledge(interaction, house, async () => {
      await interaction.deferUpdate();
    });
    await sendNew(interaction, reply, house);
    await removeOriginal(interaction, house);
  }
}

/** Gives the id of the first message, which Discord does not say of one that answers at once. */
function sendNew(
  interaction: RepliableInteraction,
  reply: Reply,
  house: Answering,
): Promise<string | undefined> {
  return sendParts(interaction, reply, house, async (message) => {
    if (!interaction.deferred) {
      await interaction.reply({ ...message, ...flagsOf(reply) });
      return undefined;
    }
    if (interaction.ephemeral === null) {
      return (await interaction.followUp({ ...message, ...flagsOf(reply) })).id;
    }
    if (interaction.ephemeral === (reply.visibility === 'asker')) {
      return (await interaction.editReply(message)).id;
    }
    // Who sees a message is settled when it is deferred, and a first follow-up would only fill it.
    await interaction.editReply({ content: ELSEWHERE });
    const { id } = await interaction.followUp({ ...message, ...flagsOf(reply) });
    await removeOriginal(interaction, house);
    return id;
  });
}

async function sendInPlace(interaction: ButtonInteraction, reply: Reply, house: Answering) {
  await sendParts(interaction, reply, house, async (message) => {
    if (interaction.deferred) await interaction.editReply(message);
    else await interaction.update(message);
    return interaction.message.id;
  });
}

type Outgoing = Message & { allowedMentions: typeof noMentions };

/** Sends the first part as `sendFirst` does and the others after it, each exactly once. */
async function sendParts(
  interaction: RepliableInteraction,
  reply: Reply,
  { carrier, rest, log }: Answering,
  sendFirst: (message: Outgoing) => Promise<string | undefined>,
): Promise<string | undefined> {
  let first: string | undefined;
  for (const [i, part] of split(reply).entries()) {
    const message = { ...(await prepared(carrier, part)), allowedMentions: noMentions };
    try {
      if (i === 0) first = await sendFirst(message);
      else await interaction.followUp({ ...message, ...flagsOf(reply) });
    } catch (error) {
      // A request repeated after a cut connection: Discord has the answer already.
      if (isCode(error, 'InteractionHasAlreadyBeenAcknowledged')) continue;
      // Whoever deleted the promise of an answer wants none.
      if (i === 0 && isCode(error, 'UnknownMessage')) return undefined;
      if (!isTooLate(error) || !interaction.channelId) throw error;
      if (reply.visibility === 'asker') {
        log.warn(
          { ...errorFields(error), channel: interaction.channelId },
          'an answer came too late',
        );
        return first;
      }
      const key = `${interaction.id}#${i}`;
      const id = await postMessage(rest, carrier, interaction.channelId, part, { key });
      if (i === 0) first = id;
    }
  }
  return first;
}

/** Takes back a placeholder, or the message a pressed button sits on. */
async function removeOriginal(
  interaction: RepliableInteraction,
  { log }: Answering,
): Promise<void> {
  await interaction.deleteReply().catch((error: unknown) => {
    log.debug({ ...errorFields(error), channel: interaction.channelId }, 'not removed');
  });
}

/** Says that an answer will come. When Discord has heard so already, that is as good. */
async function acknowledge(
  interaction: RepliableInteraction,
  { log }: Answering,
  send: () => Promise<void>,
): Promise<void> {
  if (interaction.deferred) return;
  try {
    await send();
  } catch (error) {
    if (isCode(error, 'InteractionHasAlreadyBeenAcknowledged')) interaction.deferred = true;
    // Otherwise the answer itself may still get through, or will say why it cannot.
    else log.warn({ ...errorFields(error), channel: interaction.channelId }, 'no acknowledgement');
  }
}

/** The interaction is not, or after 15 minutes no longer, one that Discord takes answers to. */
function isTooLate(error: unknown): boolean {
  return isCode(error, 'UnknownInteraction', 'InvalidWebhookToken', 'UnknownWebhook');
}

function flagsOf({ visibility }: Reply): { flags?: MessageFlags.Ephemeral } {
  return visibility === 'asker' ? { flags: MessageFlags.Ephemeral } : {};
}
