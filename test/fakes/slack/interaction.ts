/**
 * What became of one command or one press of a button: whether and when the app acknowledged it,
 * and everything it said in return.
 */
import type { Answer } from './delivery.ts';
import type { Message } from './messages.ts';
import { type Seen, seen } from './render.ts';
import type { IssuedUrl, ResponseUse } from './response-url.ts';
import type { Service } from './service.ts';
import { namesIn } from './workspace.ts';

/** What Slack tells the person, in its own word, when the app did not answer as it should. */
export type Failure =
  | 'dispatch_failed'
  | 'operation_timeout'
  | 'http_client_error'
  | 'http_service_error'
  | 'invalid_command_response';

/** Undefined when the app acknowledged in time. */
export function failureOf(answer: Answer): Failure | undefined {
  if (answer.acked) return undefined;
  switch (answer.reason) {
    case 'timeout':
      return 'operation_timeout';
    case 'http_error':
      return (answer.status ?? 500) < 500 ? 'http_client_error' : 'http_service_error';
    case 'no_connection':
    case 'connection_failed':
      return 'dispatch_failed';
  }
}

export type Outcome = {
  payload: Record<string, unknown>;
  answer: Answer;
  failure: Failure | undefined;
  url: IssuedUrl | undefined;
  /** The message that came with the acknowledgement. */
  immediate: Message | undefined;
};

export class Interaction {
  /** What Slack sent to the app. */
  readonly payload: Record<string, unknown>;
  readonly answer: Answer;
  readonly failure: Failure | undefined;
  readonly #service: Service;
  readonly #outcome: Outcome;

  constructor(service: Service, outcome: Outcome) {
    this.#service = service;
    this.#outcome = outcome;
    this.payload = outcome.payload;
    this.answer = outcome.answer;
    this.failure = outcome.failure;
  }

  get acked(): boolean {
    return this.answer.acked;
  }

  /** Milliseconds until the acknowledgement. */
  get ackMs(): number {
    return this.answer.afterMs;
  }

  /** What came with the acknowledgement. */
  get ackPayload(): unknown {
    return this.answer.acked ? this.answer.payload : undefined;
  }

  /** Every POST to the response_url so far. */
  get responses(): readonly ResponseUse[] {
    return this.#outcome.url?.uses ?? [];
  }

  /** What this brought about, through the acknowledgement or the response_url, as it stands now. */
  shown(): Seen[] {
    const { immediate, url } = this.#outcome;
    const messages = new Set([...(immediate ? [immediate] : []), ...(url?.messages ?? [])]);
    const names = namesIn(this.#service.workspace);
    return [...messages].filter((message) => !message.deleted).map((one) => seen(one, names));
  }

  /** The first thing shown; waits for it. @throws when nothing comes in time. */
  reply(timeoutMs = 2000): Promise<Seen> {
    return this.#service.watch.waitFor(
      () => this.shown()[0],
      timeoutMs,
      () => `No reply. The answer was ${JSON.stringify(this.answer)}, the failure ${this.failure}.`,
    );
  }
}
