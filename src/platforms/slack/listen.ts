/** What Slack tells the bot, as lines and invocations: acknowledge, find out who and where, dispatch, answer. */
import type { App } from '@slack/bolt';
import type { Actor, Place } from '../../command/context.ts';
import type { Desk } from '../../command/desk.ts';
import type { Live } from '../../command/live.ts';
import { UserError } from '../../errors.ts';
import { type ChannelRef, channelRef } from '../../model/channel.ts';
import { errorReply } from '../../reply/build.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Drafts } from '../draft.ts';
import { createOnce } from '../once.ts';
import { readActionId } from './action.ts';
import { createActor } from './actor.ts';
import { answer, threadFor, type Way } from './answer.ts';
import type { Clients } from './client.ts';
import { draftName, ontoDraft, putOf } from './draft.ts';
import { typed } from './escape.ts';
import { createPlace, isDirect, threadName } from './place.ts';
import type { Underway } from './underway.ts';

/** As long as a question in a thread waits for the answer before it. */
const ON_ITS_WAY_MS = 2_000;

/** More events than arrive in the hour in which Slack may redeliver one: https://docs.slack.dev/apis/events-api#retries */
const EVENTS_KEPT = 5_000;

export interface House {
  desk: Desk;
  clients: Clients;
  /** The bot's own workspace and user id. */
  team: string;
  bot: string;
  adminsOnly: boolean;
  /** Told of a channel that may be open to the bot again. */
  onOpen(channel: ChannelRef): Promise<void>;
  underway: Underway;
  drafts: Drafts;
}

/** Somebody asked for something, somewhere. */
interface Ask {
  way: Way;
  /** The person's name and the channel's, where the payload says them. */
  name?: string | undefined;
  channelName?: string | undefined;
  run(actor: Actor, place: Place, live: Live): Promise<Reply>;
  /** The `ts` of the message that was heard, which another instance may have heard too. */
  heard?: string;
}

/** Registers with Bolt all that the bot hears; answers are sent while its handlers run. */
export function listen(app: App, house: House): void {
  const { desk, underway, drafts } = house;
  const isNew = createOnce(EVENTS_KEPT);
  const serveNow = (ask: Ask) => underway.run(() => serve(ask, house));

  // Whatever the command was renamed to in the app's settings, it is ours.
  app.command(/./, async ({ command, ack, respond }) => {
    await acknowledge(ack, house);
    const { channel_id: channel, user_id: user } = command;
    await serveNow({
      way: { channel, user, respond, isAlone: false },
      name: command.user_name,
      channelName: command.channel_name,
      run: (...who) => desk.dispatch.line(typed(command.text), ...who),
    });
  });

  app.action({ type: 'block_actions' }, async ({ action, body, ack, respond }) => {
    await acknowledge(ack, house);
    const pressed = readActionId(action.action_id);
    if (action.type !== 'button' || !pressed || pressed.effect === 'link') return;
    const { value } = action;
    if (!value || !body.channel) return;
    const { visibility, effect } = pressed;
    const ts = text(body.container.message_ts);
    const isLasting = body.container.is_ephemeral !== true;
    await serveNow({
      way: {
        channel: body.channel.id,
        user: body.user.id,
        thread: threadOf(ts, text(body.container.thread_ts ?? body.message?.thread_ts)),
        respond,
        replaces: effect === 'replace' && ts ? { ts, visibility } : undefined,
        // Only in its own direct messages does the bot leave standing what is meant for one person.
        isAlone: isDirect(body.channel.id) && isLasting && visibility === 'asker',
      },
      name: body.user.name ?? body.user.username,
      channelName: body.channel.name,
      run: (...who) => runButton(value, desk, ...who),
    });
  });

  app.event('app_mention', async ({ event, body }) => {
    const { user, channel, ts, thread_ts: thread } = event;
    if (!user || event.bot_id || !isNew(body.event_id, `${channel}/${ts}`)) return;
    await serveNow({
      way: { channel, user, thread, asked: ts, isAlone: false },
      name: event.user_profile?.display_name,
      run: (...who) => desk.dispatch.said(lineIn(event.text, house.bot), ...who),
      heard: ts,
    });
  });

  app.event('message', async ({ event, body }) => {
    if (event.subtype === 'message_deleted') {
      drafts.deleted(draftName(event.channel, event.deleted_ts));
    }
    if (event.subtype !== undefined || event.bot_id) return;
    const { user, channel, ts, thread_ts: thread, text: said = '' } = event;
    const isAlone = event.channel_type === 'im';
    if (!isAlone && !(await asksOn(said, channel, thread))) return;
    if (!isNew(body.event_id, `${channel}/${ts}`)) return;
    await serveNow({
      way: { channel, user, thread, asked: ts, isAlone },
      run: (...who) => desk.dispatch.said(lineIn(said, house.bot), ...who),
      heard: ts,
    });
  });

  /** Whether words in a channel ask on in a thread of ours, and are for nobody else; mentions come as their own event. */
  async function asksOn(said: string, channel: string, thread: string | undefined) {
    if (thread === undefined || /<@[UW]/.test(said)) return false;
    // The answer they go on from may just be on its way.
    await underway.settled(ON_ITS_WAY_MS);
    const ref = channelRef({ platform: 'slack', workspace: house.team, channel });
    return desk.conversations.asksOn(typed(said), threadName(ref, thread));
  }

  const mayBeOpen = async (channel: string) =>
    house.onOpen(channelRef({ platform: 'slack', workspace: house.team, channel }));
  app.event('channel_unarchive', ({ event }) => mayBeOpen(event.channel));
  app.event('group_unarchive', ({ event }) => mayBeOpen(event.channel));
  app.event('member_joined_channel', async ({ event }) => {
    if (event.user === house.bot) await mayBeOpen(event.channel);
  });

  app.error(async (error) => {
    desk.log.error({ err: error }, 'slack: an event could not be handled');
  });
}

async function serve({ way, name, channelName, run, heard }: Ask, house: House): Promise<void> {
  const { desk, clients, team, adminsOnly, drafts } = house;
  const answering = { clients, carrier: desk.carrier, log: desk.log };
  const { log } = desk;
  const { channel, user } = way;
  const draft = drafts.open();
  try {
    const { thread } = way;
    const [actor, place] = await Promise.all([
      createActor({ ask: clients.ask, adminsOnly, log }, { user, named: name, channel }),
      createPlace(clients.ask, { team, channel, named: channelName, thread }),
    ]);
    const { conversations } = desk;
    if (heard && !(await conversations.hear(threadName(place.channel, heard)))) return;
    // What takes the place of a pressed button's message has no draft: that message says what was before.
    if (!way.replaces) draft.begin(putOf(way, answering));
    const reply = await run(actor, place, draft.live);
    const { message, isGone } = await draft.end();
    if (isGone) return;
    const onto = message === undefined ? way : await ontoDraft(message, reply, way, answering);
    const ts = await answer(reply, onto, answering);
    if (ts === undefined) return;
    const asksOnIn = threadName(place.channel, threadFor(reply, way) ?? ts);
    await conversations.shown(reply, { message: ts, thread: asksOnIn });
  } catch (error) {
    log.error({ err: error, channel }, 'slack: an interaction failed');
    const reply = errorReply('Something went wrong on our side. Please try again.');
    await answer(reply, { ...way, replaces: undefined }, answering);
  } finally {
    await draft.end();
  }
}

/** Slack waits 3 s. When it cannot be told any more, the answer may still reach the person. */
async function acknowledge(ack: () => Promise<void>, { desk }: House): Promise<void> {
  try {
    await ack();
  } catch (error) {
    desk.log.warn({ err: error }, 'slack: an acknowledgement was not sent');
  }
}

async function runButton(
  value: string,
  desk: Desk,
  ...who: [actor: Actor, place: Place, live: Live]
): Promise<Reply> {
  try {
    return await desk.dispatch.invocation(await desk.carrier.unload(value), ...who);
  } catch (error) {
    if (error instanceof UserError) return errorReply(error.message);
    throw error;
  }
}

/** What a message says to the bot: the words after its name, or all of them where it is not named. */
function lineIn(message: string, bot: string): string {
  const name = new RegExp(`<@${bot}(?:\\|[^>]*)?>[\\s:,]*`).exec(message);
  return typed(name ? message.slice(name.index + name[0].length) : message);
}

/** The first message of a thread names itself as its thread; an answer to it belongs in the channel. */
function threadOf(ts: string | undefined, thread: string | undefined): string | undefined {
  return thread === ts ? undefined : thread;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
