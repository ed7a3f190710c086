/**
 * Misfortunes to order: what a caller of Slack meets on a bad day.
 *
 * https://docs.slack.dev/apis/web-api/rate-limits
 * https://docs.slack.dev/apis/web-api/#responses
 */

export type FaultKind =
  /** HTTP 429 with Retry-After. */
  | '429'
  | '500'
  | '503'
  /** HTTP 200 with a page instead of JSON, as a proxy or a status page gives it. */
  | 'html'
  /** HTTP 200 with `ok: false` and the error of `error`. */
  | 'error'
  /** No answer until stop(). */
  | 'hang'
  /** The connection breaks before Slack did anything. */
  | 'cut'
  /** Slack does it, and the connection breaks before its answer: the caller cannot know. */
  | 'accept-then-cut'
  /** Slack does it and answers after `delayMs`. */
  | 'slow';

export type Fault = {
  /** A Web API method, `response_url`, or `*` for all of them. */
  method: string;
  kind: FaultKind;
  /** Seconds, for 429. Default 1. */
  retryAfter?: number;
  /** For `error`. Default `internal_error`. */
  error?: string;
  /** For `slow`, in milliseconds. Default 50. */
  delayMs?: number;
  /** How many calls it strikes. Default 1; Infinity for all. */
  times?: number;
  /** Strike only calls for this channel id. */
  channel?: string;
};

export class Faults {
  readonly #planned: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault that strikes this call, used up once; the one ordered first goes first. */
  take(method: string, channel: unknown): Fault | undefined {
    const planned = this.#planned.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method === method || fault.method === '*') &&
        (fault.channel === undefined || fault.channel === channel),
    );
    if (planned === undefined) return undefined;
    planned.left -= 1;
    return planned.fault;
  }
}
