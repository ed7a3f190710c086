/** How Slack reaches the bot. */
import type { Receiver } from '@slack/bolt';

export interface Connection {
  /** For Bolt's `App`. */
  receiver: Receiver;
  /** Begins to receive; gives what an operator wants to know of it. Throws `UserError` for what can never work. */
  open(): Promise<string>;
  /** Whether it receives at this moment. */
  isOpen(): boolean;
  /** Receives nothing more. */
  close(): Promise<void>;
}
