/** What the parts of the fake share: one workspace, one log of messages, one clock. */
import type { Faults } from './faults.ts';
import type { MessageLog } from './messages.ts';
import type { RateLimits } from './rate.ts';
import type { Views } from './views.ts';
import type { Watch } from './watch.ts';
import type { Workspace } from './workspace.ts';

export type SlackEvent = { type: string; [field: string]: unknown };

export type Service = {
  workspace: Workspace;
  messages: MessageLog;
  views: Views;
  watch: Watch;
  faults: Faults;
  limits: RateLimits;
  now(): number;
  /** A fresh WebSocket address for Socket Mode. */
  socketUrl(): string;
  /** Sends an event to the app when it subscribes to it. */
  announce(event: SlackEvent): void;
};
