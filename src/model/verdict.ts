/** What became, or will become, of a paper in a channel: the stage that let it through or stopped it. */
import type { Paper } from './paper.ts';
import type { Regard } from './regard.ts';

/** A topic of the channel beside the paper; phrases of the query language. */
export interface TopicReasons {
  topic: string;
  has: readonly string[];
  lacks: readonly string[];
  excluded: readonly string[];
}

export type Stage =
  /** A digest, or a person, showed it here at `slot`. */
  | { kind: 'shown'; slot: string; link: string | undefined }
  /** It is in an edition that is not done yet. */
  | { kind: 'underway' }
  | { kind: 'withdrawn'; because: string }
  /** No source announced it as new: an old item, an update, or fetched because somebody asked. */
  | { kind: 'no news' }
  /** It was new until an instant. */
  | { kind: 'too old'; until: string }
  /** The channel follows nothing. */
  | { kind: 'no topic' }
  /** No topic of the channel wants it. */
  | { kind: 'topic'; topics: readonly TopicReasons[] }
  | { kind: 'minimum'; topic: string; minimum: number }
  /** Votes collect until an instant. */
  | { kind: 'delay'; until: string }
  /** Number `rank` of its topic or of the whole edition, which takes `top`; `above` are the best before it. */
  | { kind: 'top'; topic?: string; rank: number; top: number; above: readonly Paper[] }
  | { kind: 'next'; rank: number; of: number };

export interface Verdict {
  stage: Stage;
  /** When it was first announced as new (ISO 8601 instant); undefined where it never was. */
  addedAt: string | undefined;
  /** The topics that match it. */
  matched: readonly TopicReasons[];
  regard: Regard | undefined;
}
