/**
 * The tables as both engines hold them. Instants are ISO 8601 text in UTC with milliseconds, which sorts as
 * time does; lists are JSON text; yes and no are 1 and 0.
 */

export interface PapersTable {
  id: string;
  title: string;
  abstract: string;
  authors: string;
  published: string | null;
  categories: string;
  upvotes: number | null;
  url: string | null;
  thumbnail: string | null;
  /** When the catalogue first knew it. */
  added_at: string;
}

export interface ChannelsTable {
  channel: string;
  name: string;
  at: string;
  on_days: string;
  timezone: string;
  top: number;
  since: string;
  paused: string | null;
}

export interface SubscriptionsTable {
  channel: string;
  topic: string;
  query: string;
  top: number | null;
  min_upvotes: number | null;
  owner: string;
  created_at: string;
}

export interface EditionsTable {
  channel: string;
  slot: string;
  state: string;
  reason: string | null;
  retry_at: string | null;
  messages: string;
  papers: string;
  attempts: number;
  updated_at: string;
}

/** Which papers a channel was shown, and where. */
export interface SeenTable {
  channel: string;
  paper: string;
  slot: string;
  message: string;
}

export interface ButtonsTable {
  key: string;
  line: string;
}

export interface LocalChannelsTable {
  name: string;
  created_at: string;
}

/** Messages of the local platform; see `messages.ts`. */
export interface LocalMessagesTable {
  id: number;
  channel: string;
  /** JSON; null once dismissed. */
  said: string | null;
  key: string | null;
  created_at: string;
  edited_at: string | null;
  revision: number;
}

/** One row: the number of the last change of the local platform's messages. */
export interface LocalRevisionTable {
  value: number;
}

export interface Tables {
  papers: PapersTable;
  channels: ChannelsTable;
  subscriptions: SubscriptionsTable;
  editions: EditionsTable;
  seen: SeenTable;
  buttons: ButtonsTable;
  local_channels: LocalChannelsTable;
  local_messages: LocalMessagesTable;
  local_revision: LocalRevisionTable;
}
