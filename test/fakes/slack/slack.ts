/**
 * A Slack to test against: the real @slack/bolt `App` talks to it over real sockets when told
 * `clientOptions: { slackApiUrl: slack.apiUrl }`, in Socket Mode at once and in signed HTTP mode
 * after `deliverHttp()`. It enforces what Slack enforces, remembers everything that was said, and
 * shows it as a person would see it.
 *
 * https://docs.slack.dev/apis
 */
import { answerApi, type Call, type HttpAnswer, type HttpAsk, json } from './api.ts';
import { type Delivery, Dispatcher } from './delivery.ts';
import { Events, MESSAGE_KINDS, SUBSCRIPTIONS } from './events.ts';
import { type Fault, Faults } from './faults.ts';
import { ACK_DEADLINE_MS, RETRY_DELAYS_MS } from './limits.ts';
import { type Message, MessageLog } from './messages.ts';
import { slashPayload } from './payloads.ts';
import { People } from './people.ts';
import { RateLimits } from './rate.ts';
import { buttonsOf, type Seen, type SeenButton, seen, transcribed, wordsOf } from './render.ts';
import { ResponseUrls } from './response-url.ts';
import { type Listening, listen } from './server.ts';
import type { Service } from './service.ts';
import { type Forgery, SignedHttp } from './signed-http.ts';
import { SocketMode } from './socket.ts';
import { Views } from './views.ts';
import { Watch } from './watch.ts';
import { namesIn, Workspace, type WorkspaceSetup } from './workspace.ts';

export type FakeSlackOptions = WorkspaceSetup & {
  /** The service's clock, in milliseconds. Default Date.now. */
  now?: () => number;
  /** How long the app has to acknowledge. Default 3000. */
  ackDeadlineMs?: number;
  /** Pauses before an unacknowledged event comes again. Default 0, 1 minute, 5 minutes. */
  retryDelaysMs?: readonly number[];
  /** Default 10,000. */
  pingEveryMs?: number;
  /** Leave TCP open after a WebSocket's closing handshake, as real Slack does. Default false. */
  lingerAfterClose?: boolean;
  /** The events that the app's manifest subscribes to. Default SUBSCRIPTIONS. */
  subscriptions?: readonly string[];
};

export class FakeSlack extends People {
  /** Every Web API call, in order. */
  readonly calls: Call[] = [];
  readonly socket: SocketMode;
  readonly #dispatcher: Dispatcher;
  readonly #urls: ResponseUrls;
  readonly #options: FakeSlackOptions;
  #listening: Listening | undefined;
  #http: SignedHttp | undefined;
  #hear: (call: Call) => void = () => {};

  /** Listens on a free port of 127.0.0.1. */
  static async start(options: FakeSlackOptions = {}): Promise<FakeSlack> {
    const now = options.now ?? (() => Date.now());
    const watch = new Watch();
    const workspace = new Workspace(options);
    const socket = new SocketMode({
      appId: workspace.app.id,
      ackDeadlineMs: options.ackDeadlineMs ?? ACK_DEADLINE_MS,
      pingEveryMs: options.pingEveryMs ?? 10_000,
      lingerAfterClose: options.lingerAfterClose ?? false,
      changed: watch.changed,
    });
    const dispatcher = new Dispatcher({
      transport: socket,
      retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
      changed: watch.changed,
    });
    const subscriptions = options.subscriptions ?? SUBSCRIPTIONS;
    const events = new Events({ workspace, dispatcher, subscriptions, now });
    let host = '';
    const service: Service = {
      workspace,
      messages: new MessageLog(now, watch.changed),
      views: new Views(now),
      watch,
      faults: new Faults(),
      limits: new RateLimits(),
      now,
      socketUrl: () => `ws://${host}${socket.path()}`,
      announce: (event) => void events.tell(event),
    };
    const urls = new ResponseUrls(service);
    const origin = () => `http://${host}`;
    const slack = new FakeSlack({ service, dispatcher, urls, events, origin, socket, options });
    slack.#listening = await listen({
      post: (path, ask) => slack.#post(path, ask),
      upgrade: (request, rawSocket, head) => socket.upgrade(request, rawSocket, head),
    });
    host = `127.0.0.1:${slack.#listening.port}`;
    return slack;
  }

  private constructor(parts: {
    service: Service;
    dispatcher: Dispatcher;
    urls: ResponseUrls;
    events: Events;
    origin: () => string;
    socket: SocketMode;
    options: FakeSlackOptions;
  }) {
    super(parts);
    this.socket = parts.socket;
    this.#dispatcher = parts.dispatcher;
    this.#urls = parts.urls;
    this.#options = parts.options;
  }

  /** For `clientOptions.slackApiUrl`. */
  get apiUrl(): string {
    return `${this.origin()}/api/`;
  }

  get workspace(): Workspace {
    return this.service.workspace;
  }

  get limits(): RateLimits {
    return this.service.limits;
  }

  /** Every envelope, request and retry sent to the app, in order. */
  get deliveries(): readonly Delivery[] {
    return this.#dispatcher.log;
  }

  /** Deliveries that the app did not acknowledge in time. */
  get unacked(): Delivery[] {
    return this.#dispatcher.log.filter((one) => one.answer !== undefined && !one.answer.acked);
  }

  /** Ends every connection and timer at once, whoever still holds one open. */
  async stop(): Promise<void> {
    this.#dispatcher.stop();
    this.socket.stop();
    await this.#listening?.stop();
  }

  /** From now on delivers signed HTTP requests to the app at `baseUrl` instead of envelopes. */
  deliverHttp(baseUrl: string): void {
    this.#http = new SignedHttp({
      baseUrl,
      signingSecret: this.workspace.app.signingSecret,
      ackDeadlineMs: this.#options.ackDeadlineMs ?? ACK_DEADLINE_MS,
    });
    this.#dispatcher.transport = this.#http;
  }

  /** Whether the app answers the challenge that Slack sends to a new request URL. */
  verifyUrl(): Promise<boolean> {
    return this.#httpMode().verifyUrl(this.workspace.app.verificationToken);
  }

  /** Sends a slash command that is not Slack's; gives the HTTP status it is met with. */
  forge(forgery: Forgery, { user, channel }: { user: string; channel: string }): Promise<number> {
    const { workspace } = this;
    const triggerId = 'forged';
    const payload = slashPayload(
      { workspace, user: workspace.user(user), triggerId },
      {
        channel: workspace.channel(channel),
        command: '/paper',
        text: '',
        responseUrl: this.apiUrl,
      },
    );
    return this.#httpMode().forge({ kind: 'slash_commands', payload }, forgery);
  }

  /** Orders a misfortune. */
  fault(fault: Fault): void {
    this.service.faults.add(fault);
  }

  clearFaults(): void {
    this.service.faults.clear();
  }

  /** Tells of every Web API call from now on. */
  onCall(hear: (call: Call) => void): void {
    this.#hear = hear;
  }

  callsOf(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Every message that landed in a channel, also ephemeral and deleted ones, oldest first. */
  messages(channel: string): Message[] {
    const { id } = this.workspace.channel(channel);
    return this.service.messages.all.filter((message) => message.channel === id);
  }

  /** What the app posted for everybody and has not deleted. */
  posts(channel: string): Message[] {
    const { id } = this.workspace.channel(channel);
    const { botUserId } = this.workspace.app;
    return this.service.messages.lasting(id).filter((message) => message.user === botUserId);
  }

  /** The conversation as one person sees it, oldest first, thread replies among the rest. */
  view(channel: string, user: string): Seen[] {
    const { workspace } = this;
    const names = namesIn(workspace);
    return this.visible(workspace.channel(channel), workspace.user(user)).map((message) =>
      seen(message, names),
    );
  }

  /** Somebody who may deletes a message; the app is told where it hears what is said. */
  deleteMessage(channel: string, ts: string): void {
    const { id, kind } = this.workspace.channel(channel);
    const message = this.service.messages.find(id, ts);
    if (message === undefined) throw new Error(`fake slack: there is no message ${ts} there`);
    this.service.messages.remove(message);
    this.service.announce({
      type: 'message',
      subtype: 'message_deleted',
      channel: id,
      channel_type: MESSAGE_KINDS[kind].type,
      hidden: true,
      deleted_ts: ts,
      ts: this.service.messages.nextTs(),
    });
  }

  /** The conversation as text, to print or to compare. */
  transcript(channel: string, user: string): string {
    return this.view(channel, user).map(transcribed).join('\n\n');
  }

  /** A person's App Home tab, once it was published. */
  home(user: string): { text: string; buttons: SeenButton[] } | undefined {
    const view = this.service.views.homes.get(this.workspace.user(user).id);
    return (
      view && {
        text: wordsOf(view.blocks, namesIn(this.workspace)),
        buttons: buttonsOf(view.blocks),
      }
    );
  }

  /** The modal that a person has on screen. */
  modal(user: string): { text: string; title: string | undefined } | undefined {
    const { id } = this.workspace.user(user);
    const view = this.service.views.modals.findLast((one) => one.userId === id);
    return view && { text: wordsOf(view.blocks, namesIn(this.workspace)), title: view.title?.text };
  }

  /**
   * Waits until `look` gives something truthy, looking again after every change, and gives it.
   * @throws after `timeoutMs`, saying what the fake had seen by then.
   */
  waitFor<T>(look: () => T, timeoutMs = 2000) {
    return this.service.watch.waitFor(look, timeoutMs, () => this.#story());
  }

  async #post(path: string, ask: HttpAsk): Promise<HttpAnswer> {
    if (path.startsWith('/api/')) {
      return answerApi(this.service, path.slice('/api/'.length), ask, (call) => {
        this.calls.push(call);
        this.#hear(call);
        this.service.watch.changed();
      });
    }
    return this.#urls.answer(path, ask.body) ?? json(404, { ok: false, error: 'no_service' });
  }

  #httpMode(): SignedHttp {
    if (this.#http === undefined) throw new Error('fake slack: call deliverHttp(baseUrl) first');
    return this.#http;
  }

  #story(): string {
    const calls = this.calls.slice(-10).map((call) => `${call.method} → ${call.error ?? 'ok'}`);
    const sent = this.deliveries
      .slice(-10)
      .map((one) => `${one.kind} → ${JSON.stringify(one.answer)}`);
    const said = this.service.messages.all.slice(-5).map((one) => JSON.stringify(one.text));
    return [
      `Last calls: ${calls.join('; ') || 'none'}`,
      `Last deliveries: ${sent.join('; ') || 'none'}`,
      `Last messages: ${said.join('; ') || 'none'}`,
    ].join('\n');
  }
}
