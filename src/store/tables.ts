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
  /** When it was first told as new; empty for one that never was. */
  added_at: string;
  /** JSON of the facts that have no column of their own. */
  facts: string;
  /** JSON: of each field, the source it is from. */
  provenance: string;
  /** Number of the change that wrote it last; see `catalogue_revision`. */
  revision: number;
}

/** Every name a work goes by. Strong ones (arXiv id, DOI) belong to one paper, a title may to several. */
export interface AliasesTable {
  alias: string;
  paper: string;
  revision: number;
}

/** One row: the number of the last change of papers, by whichever process. */
export interface CatalogueRevisionTable {
  value: number;
  /** Another one for every database. */
  database: string;
}

/** The ledger of what each source announced on each of its days. */
export interface SourceDaysTable {
  source: string;
  day: string;
  state: string;
  because: string | null;
  expected: number | null;
  received: number;
  flaws: number;
  attempts: number;
  since: string | null;
  retry_at: string | null;
  error: string | null;
  fingerprint: string | null;
  read_at: string;
}

/** Sources that people switched on or off; what is not here is as the environment says. */
export interface SourceChoicesTable {
  /** As a person writes it: `arxiv:cs.CL`, `feed:https://…`. */
  source: string;
  is_on: number;
  chosen_by: string;
  chosen_at: string;
}

/** Whose turn it is at something only one may do at a time. Instants are milliseconds, for arithmetic. */
export interface TurnsTable {
  name: string;
  holder: string | null;
  held_until: number;
  free_at: number;
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
  frequency: string;
  min_upvotes: number | null;
  delay_hours: number | null;
  empty: string | null;
  layout: string | null;
  /** Where questions are answered. */
  answers: string | null;
  /** When an edition last looked at new papers and was brought to an end, and up to when first known. */
  looked_at: string | null;
  looked_to: string | null;
}

export interface SubscriptionsTable {
  channel: string;
  topic: string;
  query: string;
  top: number | null;
  min_upvotes: number | null;
  owner: string;
  owner_name: string | null;
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
  /** JSON of who put which paper before the channel; null for a digest. */
  submission: string | null;
  /** 1 while a message may be in the channel whose id is not known. */
  in_doubt: number;
  /** JSON of what an attempt carries besides its papers, until the edition is posted. */
  cargo: string | null;
}

/** Channels that cannot be posted to; see `obstacles.ts`. */
export interface ObstaclesTable {
  channel: string;
  reason: string;
  since: string;
  /** Null once the channel may be tried again. */
  look_at: string | null;
  /** 1 once its owner was told. */
  told: number;
}

/** Which papers a channel was shown, and where. */
export interface SeenTable {
  channel: string;
  paper: string;
  slot: string;
  message: string;
}

/** What people say of papers. */
export interface SignalsTable {
  channel: string;
  /** `slack:U024BE7LH`. */
  person: string;
  paper: string;
  /** `save`, `up` or `down`. */
  kind: string;
  created_at: string;
}

/** What a service recommends beside a paper, under the identities they had then. */
export interface RelatedTable {
  paper: string;
  /** JSON of identities, best first. */
  others: string;
  told_at: string;
}

export interface ButtonsTable {
  key: string;
  line: string;
  /** When a message last carried it. */
  kept_at: string;
}

/** Questions and their answers, with where they stand. */
export interface AnswersTable {
  id: string;
  channel: string;
  subject: string;
  /** The subject as it is compared; see `model/exchange.ts`. */
  plain_question: string;
  /** The paper and the topic that alone were asked; empty for none. */
  paper: string;
  topic: string;
  /** JSON list of identities. */
  papers: string;
  is_answered: number;
  asked_by: string;
  asked_at: string;
  message: string | null;
  thread: string | null;
}

/** What people said of answers. */
export interface AnswerSignalsTable {
  answer: string;
  /** `slack:U024BE7LH` */
  person: string;
  signal: string;
  given_at: string;
}

/** Messages that some instance has taken up. */
export interface HeardTable {
  event: string;
  heard_at: string;
}

/** Whose whole text is stored, and which version of it. */
export interface FullTextsTable {
  paper: string;
  version: number | null;
  origin: string;
  read_at: string;
}

/** What a model made of a paper's title and abstract: numbers that are near each other when meanings are. */
export interface VectorsTable {
  paper: string;
  model: string;
  text_hash: string;
  /** 32-bit floats, little-endian. */
  vector: Uint8Array;
}

export interface SectionsTable {
  paper: string;
  /** From 0, in the paper's order. */
  ordinal: number;
  heading: string;
  text: string;
  anchor: string | null;
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

/** Answers a language model wrote for a workspace on a day of UTC. */
export interface ModelUseTable {
  workspace: string;
  day: string;
  answers: number;
}

/** An import of a file, as it was last told of: under way with a share of the file, or ended with its faults. */
export interface ImportsTable {
  id: string;
  file: string;
  papers: number;
  share: number | null;
  faults: number | null;
  told_at: string;
}

export interface Tables {
  papers: PapersTable;
  aliases: AliasesTable;
  catalogue_revision: CatalogueRevisionTable;
  source_days: SourceDaysTable;
  source_choices: SourceChoicesTable;
  turns: TurnsTable;
  channels: ChannelsTable;
  subscriptions: SubscriptionsTable;
  editions: EditionsTable;
  obstacles: ObstaclesTable;
  seen: SeenTable;
  signals: SignalsTable;
  related: RelatedTable;
  buttons: ButtonsTable;
  answers: AnswersTable;
  answer_signals: AnswerSignalsTable;
  heard: HeardTable;
  full_texts: FullTextsTable;
  sections: SectionsTable;
  vectors: VectorsTable;
  model_use: ModelUseTable;
  imports: ImportsTable;
  local_channels: LocalChannelsTable;
  local_messages: LocalMessagesTable;
  local_revision: LocalRevisionTable;
}
