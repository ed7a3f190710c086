/** The port every chat platform implements, and what goes wrong behind it. */
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import type { Obstacle } from '../model/delivery.ts';
import type { Reply } from '../reply/reply.ts';

export interface Platform {
  readonly name: PlatformName;
  /**
   * Connects and begins to answer commands. Resolves with a line for the operator (an address, an invite
   * link). Throws `UserError` for a configuration that can never work, such as a refused token.
   */
  start(): Promise<string>;
  /** Stops answering and lets what is under way finish, within 3 s; what waits to be posted is refused. */
  stop(): Promise<void>;
  /** Whether people are heard at this moment: a connection that is lost is being made again. */
  isConnected(): boolean;
  /** The fewest replies, in order, that each fit one message of this platform. */
  split(reply: Reply): Reply[];
  /**
   * Posts one message and gives its id. Posting again with the same `key` within the platform's window
   * gives the first message instead of a second one, where the platform can.
   * Throws `PostError`.
   */
  post(channel: ChannelRef, reply: Reply, key: string, options?: PostOptions): Promise<string>;
  /** The id of the message posted with `key`, when the channel shows one; throws `PostError` when it cannot look. */
  find(channel: ChannelRef, key: string, place?: Place): Promise<string | undefined>;
  /** Posts one direct message to a person, by the platform's id; `key` as for `post`. Throws `PostError`. */
  tell(person: string, reply: Reply, key: string): Promise<void>;
  /** What keeps the bot from posting there, without trying it; throws `PostError` when it cannot look. */
  obstacle(channel: ChannelRef): Promise<Obstacle | undefined>;
  /** A link to a posted message. */
  permalink(channel: ChannelRef, message: string): Promise<string | undefined>;
}

/** Where in a channel. */
export interface Place {
  /**
   * The id of a message the bot posted in the channel: in the thread under it, which is opened when need be;
   * where there are no threads, after it.
   */
  under?: string | undefined;
}

export interface PostOptions extends Place {
  /** When `performance.now()` is past this, nothing is sent any more, and `rate-limited` is thrown. */
  until?: number;
}

/**
 * Why a post failed. After `service-away` the message may or may not be there; `interrupted` is a post that a stop
 * of the bot refused.
 */
export type PostReason =
  | Obstacle
  | 'message-refused'
  | 'service-away'
  | 'rate-limited'
  | 'interrupted';

export class PostError extends Error {
  override name = 'PostError';
  readonly reason: PostReason;
  /** For `rate-limited`: when to try again. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: PostReason,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}
