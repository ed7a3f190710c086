/**
 * What people do in Slack, and what Slack tells the app about it, over whichever transport is on.
 *
 * https://docs.slack.dev/interactivity/implementing-slash-commands
 * https://docs.slack.dev/reference/events
 */
import { elementsOf } from './blocks.ts';
import type { Answer, Dispatcher } from './delivery.ts';
import { type Events, MESSAGE_KINDS, type Repeats } from './events.ts';
import { type Failure, failureOf, Interaction } from './interaction.ts';
import { MESSAGE } from './limits.ts';
import type { Message } from './messages.ts';
import { contentOf } from './methods/content.ts';
import { ApiError, type Args } from './methods/method.ts';
import { blockActionsPayload, newEventId, type Press, slashPayload, typed } from './payloads.ts';
import { buttonsOf } from './render.ts';
import type { IssuedUrl, ResponseUrls } from './response-url.ts';
import type { Service, SlackEvent } from './service.ts';
import { viewWire } from './wire.ts';
import { type Channel, SLACKBOT, type User } from './workspace.ts';

export type Said = {
  message: Message;
  /** One for each delivery that the app was due; none when it does not hear of it. */
  answers: Answer[];
};

/** People and channels are named by id or by name throughout. */
export class People {
  protected readonly service: Service;
  readonly #dispatcher: Dispatcher;
  readonly #urls: ResponseUrls;
  protected readonly origin: () => string;
  readonly #events: Events;

  constructor(parts: {
    service: Service;
    dispatcher: Dispatcher;
    urls: ResponseUrls;
    origin: () => string;
    events: Events;
  }) {
    this.service = parts.service;
    this.#dispatcher = parts.dispatcher;
    this.#urls = parts.urls;
    this.origin = parts.origin;
    this.#events = parts.events;
  }

  /** Types a slash command; settles when the app acknowledged it or Slack gave up. */
  async slash(what: {
    user: string;
    channel: string;
    /** Default `/paper`. */
    command?: string;
    text?: string;
  }): Promise<Interaction> {
    const { workspace, messages } = this.service;
    const user = workspace.user(what.user);
    const channel = this.#open(what.channel, user);
    const command = what.command ?? '/paper';
    const url = this.#urls.issue({ user: user.id, channel: channel.id, source: undefined });
    const triggerId = this.service.views.issueTrigger(user.id);
    const responseUrl = this.origin() + url.path;
    const payload = slashPayload(
      { workspace, user, triggerId },
      { channel, command, text: what.text ?? '', responseUrl },
    );
    const answer = await this.#dispatcher.once('slash_commands', payload);
    const { immediate, failure } = this.#immediate(answer, user, channel);
    if (failure !== undefined) {
      const text = `${command} failed with the error "${failure}"`;
      const place = { channel: channel.id, ephemeralFor: user.id };
      messages.add({ ...place, user: SLACKBOT, via: 'slack', text, blocks: [] });
    }
    return new Interaction(this.service, { payload, answer, failure, url, immediate });
  }

  /**
   * Presses a button or chooses from a menu.
   * @throws when no message that this person sees in the channel has it.
   */
  async click(what: {
    user: string;
    channel: string;
    /** What is written on it, or its action_id. */
    button: string | RegExp;
    /** The ts of the message. Default: the newest one with such a button. */
    message?: string | { ts: string };
    /** Text or value of what is chosen, for a menu. */
    choice?: string;
  }): Promise<Interaction> {
    const user = this.service.workspace.user(what.user);
    const channel = this.#open(what.channel, user);
    const ts = typeof what.message === 'object' ? what.message.ts : what.message;
    const there = this.visible(channel, user).filter((one) => ts === undefined || one.ts === ts);
    const message = there.findLast((one) => buttonIn(one.blocks, what.button));
    const found = message && buttonIn(message.blocks, what.button);
    if (message === undefined || found === undefined) {
      const written = there.flatMap((one) => buttonsOf(one.blocks)).map((one) => one.text);
      throw new Error(
        `fake slack: ${user.name} sees no button ${what.button} there, only: ${written.join(', ')}`,
      );
    }
    const url = this.#urls.issue({ user: user.id, channel: channel.id, source: message });
    const at = { message, channel, responseUrl: this.origin() + url.path };
    return this.#press({ user, at, ...found, choice: what.choice }, url);
  }

  /** Presses a button in the person's App Home tab. */
  async clickHome(what: {
    user: string;
    button: string | RegExp;
    choice?: string;
  }): Promise<Interaction> {
    const { workspace, views } = this.service;
    const user = workspace.user(what.user);
    const view = views.homes.get(user.id);
    const found = view && buttonIn(view.blocks, what.button);
    if (view === undefined || found === undefined) {
      throw new Error(`fake slack: ${user.name} has no button ${what.button} in App Home`);
    }
    return this.#press({ user, at: { view }, ...found, choice: what.choice });
  }

  /** Writes a message as Slack's composer would send it: `@name` mentions, `#name` links. */
  async say(
    what: { user: string; channel: string; text: string; threadTs?: string } & Repeats,
  ): Promise<Said> {
    const { workspace, messages } = this.service;
    const user = workspace.user(what.user);
    const channel = this.#open(what.channel, user);
    const text = typed(what.text, workspace);
    const threadTs = what.threadTs;
    const place = { channel: channel.id, user: user.id, via: 'typed' } as const;
    const message = messages.add({ ...place, text, blocks: [], ...(threadTs && { threadTs }) });
    const event = {
      user: user.id,
      text,
      ts: message.ts,
      client_msg_id: newEventId(),
      team: workspace.team.id,
      ...(threadTs && { thread_ts: threadTs }),
      channel: channel.id,
      event_ts: message.ts,
    };
    const mentioned = text.includes(`<@${workspace.app.botUserId}>`) && channel.kind !== 'im';
    const channel_type = MESSAGE_KINDS[channel.kind].type;
    const answers = await Promise.all([
      mentioned ? this.#events.tell({ type: 'app_mention', ...event }, what) : [],
      this.#events.tell({ type: 'message', ...event, channel_type }, what),
    ]);
    return { message, answers: answers.flat() };
  }

  /** Mentions the bot in a channel: `@paperboy` goes in front unless the text has it. */
  mention(what: { user: string; channel: string; text: string; threadTs?: string } & Repeats) {
    const handle = `@${this.service.workspace.app.name}`;
    const text = what.text.includes(handle) ? what.text : `${handle} ${what.text}`;
    return this.say({ ...what, text });
  }

  /** Writes to the bot in a direct message. */
  dm(what: { user: string; text: string; threadTs?: string } & Repeats): Promise<Said> {
    const { workspace } = this.service;
    return this.say({ ...what, channel: workspace.im(workspace.user(what.user).id).id });
  }

  /** Opens the bot's App Home. */
  async openHome(what: { user: string; tab?: 'home' | 'messages' }): Promise<Answer[]> {
    const { workspace, messages, views } = this.service;
    const user = workspace.user(what.user);
    const view = views.homes.get(user.id);
    return this.#events.tell({
      type: 'app_home_opened',
      user: user.id,
      channel: workspace.im(user.id).id,
      tab: what.tab ?? 'home',
      event_ts: messages.nextTs(),
      ...(view && { view: viewWire(view, workspace) }),
    });
  }

  /** Invites the bot into a channel. */
  async inviteBot(name: string): Promise<Answer[]> {
    const { workspace } = this.service;
    const channel = workspace.channel(name);
    channel.members.add(workspace.app.botUserId);
    return this.#events.tell(this.#membership('member_joined_channel', channel));
  }

  /** Removes the bot from a channel. */
  async removeBot(name: string): Promise<Answer[]> {
    const { workspace, messages } = this.service;
    const channel = workspace.channel(name);
    channel.members.delete(workspace.app.botUserId);
    const left = {
      type: channel.kind === 'private' ? 'group_left' : 'channel_left',
      channel: channel.id,
      event_ts: messages.nextTs(),
    };
    return [
      ...(await this.#events.tell(this.#membership('member_left_channel', channel))),
      ...(await this.#events.tell(left)),
    ];
  }

  /** Archives a channel. */
  archive(name: string, user = 'ada'): Promise<Answer[]> {
    return this.#setArchived(name, user, true);
  }

  /** Brings a channel back from the archive. */
  unarchive(name: string, user = 'ada'): Promise<Answer[]> {
    return this.#setArchived(name, user, false);
  }

  async #setArchived(name: string, user: string, archived: boolean): Promise<Answer[]> {
    const { workspace, messages } = this.service;
    const channel = workspace.channel(name);
    channel.archived = archived;
    const group = channel.kind === 'private' ? 'group' : 'channel';
    return this.#events.tell({
      type: `${group}_${archived ? 'archive' : 'unarchive'}`,
      channel: channel.id,
      user: workspace.user(user).id,
      event_ts: messages.nextTs(),
    });
  }

  /** Removes the app from the workspace: its tokens stop working once it has been told. */
  async uninstall(): Promise<Answer[]> {
    const { app } = this.service.workspace;
    const answers = [
      ...(await this.#events.tell({ type: 'tokens_revoked', tokens: { bot: [app.botUserId] } })),
      ...(await this.#events.tell({ type: 'app_uninstalled' })),
    ];
    app.installed = false;
    return answers;
  }

  /** What this person can see in the channel, oldest first. */
  protected visible(channel: Channel, user: User): Message[] {
    if (channel.kind !== 'public' && !channel.members.has(user.id)) return [];
    return this.service.messages.all.filter(
      (one) =>
        one.channel === channel.id &&
        !one.deleted &&
        (one.ephemeralFor === undefined || one.ephemeralFor === user.id),
    );
  }

  async #press(
    { user, ...press }: Omit<Press, 'actionTs'> & { user: User },
    url?: IssuedUrl,
  ): Promise<Interaction> {
    const { workspace, messages, views } = this.service;
    const triggerId = views.issueTrigger(user.id);
    const actionTs = messages.nextTs();
    const payload = blockActionsPayload({ workspace, user, triggerId }, { ...press, actionTs });
    const answer = await this.#dispatcher.once('interactive', payload);
    const failure = failureOf(answer);
    return new Interaction(this.service, { payload, answer, failure, url, immediate: undefined });
  }

  #membership(type: string, channel: Channel): SlackEvent {
    const { workspace, messages } = this.service;
    return {
      type,
      user: workspace.app.botUserId,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: workspace.team.id,
      event_ts: messages.nextTs(),
    };
  }

  /** The channel, when this person can write in it. @throws when a test has them do what they cannot. */
  #open(name: string, user: User): Channel {
    const channel = this.service.workspace.channel(name);
    if (channel.archived) throw new Error(`fake slack: #${channel.name} is archived`);
    if (channel.kind !== 'public' && !channel.members.has(user.id)) {
      throw new Error(`fake slack: ${user.name} is not in #${channel.name}`);
    }
    return channel;
  }

  /** The message that an acknowledgement carries, shown to everybody only when it asks for it. */
  #immediate(
    answer: Answer,
    user: User,
    channel: Channel,
  ): { immediate?: Message; failure?: Failure | undefined } {
    if (!answer.acked) return { failure: failureOf(answer) };
    const args: Args = typeof answer.payload === 'object' ? { ...answer.payload } : {};
    if (Object.keys(args).length === 0) return {};
    const { workspace, messages } = this.service;
    try {
      const content = contentOf(workspace, args, { maxText: MESSAGE.text });
      const ephemeralFor = args.response_type === 'in_channel' ? undefined : user.id;
      const place = { channel: channel.id, ephemeralFor, user: workspace.app.botUserId };
      return { immediate: messages.add({ ...content, ...place, via: 'ack', args }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { failure: 'invalid_command_response' };
    }
  }
}

function buttonIn(blocks: Message['blocks'], wanted: string | RegExp) {
  const buttons = buttonsOf(blocks);
  const at = buttons.findIndex(({ text, actionId }) =>
    typeof wanted === 'string'
      ? text === wanted || actionId === wanted
      : wanted.test(text) || wanted.test(actionId),
  );
  return [...elementsOf(blocks)][at];
}
