/** The port every chat platform implements, and what goes wrong behind it. */
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import type { Reply } from '../reply/reply.ts';

export interface Platform {
  readonly name: PlatformName;
  /**
   * Connects and begins to answer commands. Resolves with a line for the operator (an address, an invite
   * link). Throws `UserError` for a configuration that can never work, such as a refused token.
   */
  start(): Promise<string>;
  /** Stops answering and lets what is under way finish, within 3 s. */
  stop(): Promise<void>;
  /** The fewest replies, in order, that each fit one message of this platform. */
  split(reply: Reply): Reply[];
  /**
   * Posts one message and gives its id. Posting again with the same `key` within the platform's window
   * gives the first message instead of a second one, where the platform can.
   * Throws `PostError`.
   */
  post(channel: ChannelRef, reply: Reply, key: string): Promise<string>;
  /** The id of the message posted with `key`, when the channel shows one; throws `PostError` when it cannot look. */
  find(channel: ChannelRef, key: string): Promise<string | undefined>;
  /** A link to a posted message. */
  permalink(channel: ChannelRef, message: string): Promise<string | undefined>;
}

/**
 * - `gone`: the channel was deleted or archived, or the bot removed from it
 * - `forbidden`: the bot lacks a permission or must be invited
 * - `limited`: too many requests; try after `retryAfterMs`
 * - `unavailable`: the service or the network failed; the message may or may not be there
 * - `invalid`: the platform refused the message itself
 */
export type PostFailure = 'gone' | 'forbidden' | 'limited' | 'unavailable' | 'invalid';

export class PostError extends Error {
  override name = 'PostError';
  readonly failure: PostFailure;
  readonly retryAfterMs: number | undefined;

  constructor(
    failure: PostFailure,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(message, options);
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs;
  }
}
