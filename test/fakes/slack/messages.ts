/**
 * Every message that ever landed, with what it said before it was edited. Nothing is forgotten:
 * a deleted message stays, marked, so that a test can see that it was once shown.
 *
 * https://docs.slack.dev/messaging/retrieving-messages#individual_messages
 */
import type { Block } from './blocks.ts';

export type Metadata = { event_type: string; event_payload: Record<string, unknown> };
export type Content = { text: string; blocks: Block[] };

/** How the message came: typed by a person, or by which door the app posted it. */
export type Via =
  | 'typed'
  | 'chat.postMessage'
  | 'chat.postEphemeral'
  | 'response_url'
  | 'ack'
  | 'slack';

export type Message = Content & {
  channel: string;
  ts: string;
  user: string;
  via: Via;
  threadTs: string | undefined;
  /** The one person who sees it; undefined for everybody. */
  ephemeralFor: string | undefined;
  metadata: Metadata | undefined;
  /** What it said before, oldest first. */
  edits: Content[];
  /** Whether Slack shows "(edited)". */
  edited: boolean;
  deleted: boolean;
  /** Emoji name → who reacted. */
  reactions: Map<string, Set<string>>;
  /** The arguments it was posted with, as they came over the wire. */
  args: Record<string, unknown>;
};

export type NewMessage = Content &
  Pick<Message, 'channel' | 'user' | 'via'> &
  Partial<Pick<Message, 'threadTs' | 'ephemeralFor' | 'metadata' | 'args'>>;

export class MessageLog {
  readonly all: Message[] = [];
  readonly #now: () => number;
  readonly #changed: () => void;
  #lastMicros = 0;

  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** A timestamp that no other message has: `1700000000.000100`. */
  nextTs(): string {
    this.#lastMicros = Math.max(Math.round(this.#now() * 1000), this.#lastMicros + 1);
    const micros = String(this.#lastMicros).padStart(7, '0');
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  add(message: NewMessage): Message {
    const added: Message = {
      threadTs: undefined,
      ephemeralFor: undefined,
      metadata: undefined,
      args: {},
      ...message,
      ts: this.nextTs(),
      edits: [],
      edited: false,
      deleted: false,
      reactions: new Map(),
    };
    this.all.push(added);
    this.#changed();
    return added;
  }

  edit(message: Message, content: Content & { edited: boolean }): void {
    message.edits.push({ text: message.text, blocks: message.blocks });
    Object.assign(message, content);
    this.#changed();
  }

  remove(message: Message): void {
    message.deleted = true;
    this.#changed();
  }

  /** The message as the Web API sees it: never an ephemeral or a deleted one. */
  find(channel: string, ts: string): Message | undefined {
    return this.lasting(channel).find((message) => message.ts === ts);
  }

  /** What stays in the channel for everybody, oldest first. */
  lasting(channel: string): Message[] {
    return this.all.filter(
      (one) => one.channel === channel && !one.deleted && one.ephemeralFor === undefined,
    );
  }
}

/** A `ts` as a whole number of microseconds, to compare without rounding. */
export function micros(ts: string): number {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
