/** The port every source implements: what it announced on a day, and when it announces at all. */
import type { Paper } from '../model/paper.ts';

/** A paper as one source tells it on one day. Wire shapes never leave the source's file. */
export interface Listing {
  paper: Paper;
  /**
   * - `new`: announced for the first time
   * - `update`: a new version, votes or summary of a paper announced before, or an old item a feed still
   *   carries; never new, not even when we did not know it
   * - `withdrawn`: the authors took it back; `paper.withdrawn` says why
   * - `revision`: what it is by now, withdrawn or not; nothing to who does not know it
   */
  kind: 'new' | 'update' | 'withdrawn' | 'revision';
}

/** An item that is no paper: kept out and reported. */
export interface Flaw {
  /** Its id where it has one, else its place: `item 12`. */
  item: string;
  reason: string;
}

/** A part of a day as it arrives; what has arrived is stored before the next is asked for. */
export interface Page {
  listings: Listing[];
  flaws: Flaw[];
  /**
   * How many works the source says the day has, when it says so; the newest page's word counts. A flaw
   * counts as received.
   */
  expected?: number;
}

/** Whether a source announces on a day of its own calendar, and why not. */
export type Announcement =
  | { announces: true }
  | { announces: false; because: 'weekend' | 'holiday' };

/**
 * Runs one request when it is its turn. For arXiv: three seconds after the last one began, and one at a
 * time, over every instance that shares a database.
 */
export type Turn = <T>(run: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export interface Source {
  /** `huggingface`, `arxiv`, `biorxiv`, `medrxiv`, `feed:<url>`. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  /**
   * Set where every answer carries what earlier days had, as a feed does: the newest day is the only one to
   * ask for, the same batch on the next day is no fault, and a day without news is complete.
   */
  readonly rolling?: boolean;
  /**
   * Set where it tells of changes alone, after a day is over: a day that is whole is not asked for again, and
   * one without changes is no day without papers.
   */
  readonly changesOnly?: boolean;
  /** The source's own day at an instant, `YYYY-MM-DD`. */
  dayAt(now: Date): string;
  /** From the calendar, which is data. */
  announcement(day: string): Announcement;
  /** When everything of a day should be there (ISO 8601 instant): asking earlier may find a part. */
  completeAt(day: string): Date;
  /**
   * The pages of a day; a work stands in one of them once. What a short wait mends has been asked again
   * before this throws `SourceError`.
   */
  list(day: string, signal: AbortSignal): AsyncIterable<Page>;
}

/**
 * - `unreachable`: no connection, a cut, a timeout
 * - `limited`: 429; try after `retryAfterMs`
 * - `broken`: 5xx
 * - `garbled`: an answer that is not what was asked for (HTML for JSON, truncated XML, too large, a redirect loop)
 * - `refused`: 4xx that asking again will not mend
 */
export type SourceFailure = 'unreachable' | 'limited' | 'broken' | 'garbled' | 'refused';

export class SourceError extends Error {
  override name = 'SourceError';
  readonly failure: SourceFailure;
  readonly retryAfterMs: number | undefined;
  /** HTTP's, where an answer came. */
  readonly status: number | undefined;

  constructor(
    failure: SourceFailure,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number; status?: number } = {},
  ) {
    super(message, options);
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
  }
}
