/**
 * Which events reach the app, and how often.
 *
 * https://docs.slack.dev/apis/events-api
 * https://docs.slack.dev/reference/events
 */
import type { Answer, Dispatcher } from './delivery.ts';
import { eventPayload, newEventId } from './payloads.ts';
import type { SlackEvent } from './service.ts';
import type { Workspace } from './workspace.ts';

/** How often and how an event arrives. */
export type Repeats = {
  /** How many times it is delivered, all at once. Default 1. */
  deliveries?: number;
  /** False gives each delivery an event_id of its own, as some retries have had. Default true. */
  sameEventId?: boolean;
};

/** What a bot in channels and direct messages subscribes to. */
export const SUBSCRIPTIONS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_left',
  'channel_unarchive',
  'group_archive',
  'group_left',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
];

/** `channel_type` of a message event, and the name its subscription ends in. */
export const MESSAGE_KINDS = {
  public: { type: 'channel', subscription: 'message.channels' },
  private: { type: 'group', subscription: 'message.groups' },
  mpim: { type: 'mpim', subscription: 'message.mpim' },
  im: { type: 'im', subscription: 'message.im' },
} as const;

export class Events {
  readonly #workspace: Workspace;
  readonly #dispatcher: Dispatcher;
  readonly #subscriptions: Set<string>;
  readonly #now: () => number;

  constructor(parts: {
    workspace: Workspace;
    dispatcher: Dispatcher;
    subscriptions: Iterable<string>;
    now: () => number;
  }) {
    this.#workspace = parts.workspace;
    this.#dispatcher = parts.dispatcher;
    this.#subscriptions = new Set(parts.subscriptions);
    this.#now = parts.now;
  }

  /** Tells the app, when it is due to hear of it; the first answer to each delivery. */
  tell(event: SlackEvent, { deliveries = 1, sameEventId = true }: Repeats = {}): Promise<Answer[]> {
    if (!this.#hears(event)) return Promise.resolve([]);
    const firstId = newEventId();
    const sent = Array.from({ length: deliveries }, (_, index) => {
      const eventId = index === 0 || sameEventId ? firstId : newEventId();
      const payload = eventPayload(this.#workspace, event, { eventId, at: this.#now() });
      if (index === 0) return this.#dispatcher.event(payload);
      return this.#dispatcher.once('events_api', payload, { attempt: index, reason: 'timeout' });
    });
    return Promise.all(sent);
  }

  /** It must subscribe to it, and of messages it hears only those in channels it is in. */
  #hears(event: SlackEvent): boolean {
    const workspace = this.#workspace;
    if (!workspace.app.installed) return false;
    if (event.type !== 'message' && event.type !== 'app_mention') {
      return this.#subscriptions.has(event.type);
    }
    const channel = workspace.channels.get(String(event.channel));
    if (channel === undefined || !workspace.botIn(channel)) return false;
    const isMessage = event.type === 'message';
    return this.#subscriptions.has(
      isMessage ? MESSAGE_KINDS[channel.kind].subscription : event.type,
    );
  }
}
