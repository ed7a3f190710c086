/**
 * Handing something to the app and waiting for its acknowledgement; events that are not
 * acknowledged come again, up to three times.
 *
 * https://docs.slack.dev/apis/events-api#retries
 * https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
 */
import { setTimeout as sleep } from 'node:timers/promises';

export type Kind = 'events_api' | 'slash_commands' | 'interactive';

export type Answer =
  | {
      acked: true;
      afterMs: number;
      /** What came with the acknowledgement: an object, a text, or undefined. */
      payload: unknown;
    }
  | {
      acked: false;
      afterMs: number;
      reason: 'timeout' | 'no_connection' | 'connection_failed' | 'http_error';
      /** HTTP status, for `http_error`. */
      status?: number;
    };

export type Delivery = {
  kind: Kind;
  payload: Record<string, unknown>;
  /** 0 at first, then 1 to 3. */
  attempt: number;
  /** Why it comes again. */
  retryReason: string | undefined;
  answer: Answer | undefined;
  /** When the acknowledgement came after the deadline, which Slack ignores. */
  lateAckMs: number | undefined;
};

/** Socket Mode or signed HTTP. */
export interface Transport {
  /** Settles within the deadline; never rejects. */
  deliver(delivery: Delivery): Promise<Answer>;
  /** The word this transport uses for a retry after `answer`. */
  retryReason(answer: Answer & { acked: false }): string;
}

export type DispatcherOptions = {
  transport: Transport;
  retryDelaysMs: readonly number[];
  changed: () => void;
};

export class Dispatcher {
  /** Every delivery ever attempted, in order. */
  readonly log: Delivery[] = [];
  transport: Transport;
  readonly #options: DispatcherOptions;
  readonly #stopping = new AbortController();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.transport = options.transport;
  }

  /** Delivers once. */
  async once(
    kind: Kind,
    payload: Record<string, unknown>,
    retry?: { attempt: number; reason: string },
  ): Promise<Answer> {
    const delivery: Delivery = {
      kind,
      payload,
      attempt: retry?.attempt ?? 0,
      retryReason: retry?.reason,
      answer: undefined,
      lateAckMs: undefined,
    };
    this.log.push(delivery);
    delivery.answer = await this.transport.deliver(delivery);
    this.#options.changed();
    return delivery.answer;
  }

  /** Delivers an event, and again when it is not acknowledged. Gives the first answer. */
  async event(payload: Record<string, unknown>): Promise<Answer> {
    const answer = await this.once('events_api', payload);
    if (!answer.acked) void this.#again(payload, answer);
    return answer;
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #again(payload: Record<string, unknown>, first: Answer & { acked: false }): Promise<void> {
    let reason = this.transport.retryReason(first);
    for (const [index, delay] of this.#options.retryDelaysMs.entries()) {
      const options = { ref: false, signal: this.#stopping.signal };
      const waited = await sleep(delay, true, options).catch(() => false);
      if (!waited) return;
      const answer = await this.once('events_api', payload, { attempt: index + 1, reason });
      if (answer.acked) return;
      reason = this.transport.retryReason(answer);
    }
  }
}
