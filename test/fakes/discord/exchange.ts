/**
 * One interaction from the side of the person who started it: whether and when the bot answered,
 * and with what.
 *
 * https://discord.com/developers/docs/interactions/receiving-and-responding
 */
import { randomBytes } from 'node:crypto';
import type { APIUser } from 'discord-api-types/v10';
import { InteractionResponseType as ResponseType } from 'discord-api-types/v10';
import type { Channel, StoredMessage } from './state.ts';
import { type SeenMessage, see, seen } from './view.ts';
import { until } from './wait.ts';

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

interface ExchangeStart {
  readonly id: string;
  readonly kind: 'command' | 'component' | 'autocomplete';
  /** What the person did, for error messages. */
  readonly title: string;
  readonly user: APIUser;
  readonly channel: Channel;
  /** The message whose button or menu was used. */
  readonly source?: StoredMessage;
  /** Clock time. */
  readonly at: number;
  /** How long the bot has for its first response, in milliseconds. */
  readonly responseMs: number;
  /** For autocomplete: what a choice's value must be. */
  readonly choiceType?: 'string' | 'number';
}

export class Exchange {
  readonly start: ExchangeStart;
  readonly token = randomBytes(48).toString('base64url');
  /** Milliseconds of real time to the first response; absent while there is none. */
  respondedAfterMs?: number;
  responseType?: ResponseType;
  /** The message that `@original` names. */
  original?: StoredMessage;
  readonly followups: StoredMessage[] = [];
  choices?: readonly Choice[];
  modal?: object;
  /** Discord's errors to first responses that it did not accept. */
  readonly refused: string[] = [];
  readonly #startedAt = performance.now();
  /** How often the source had been edited when it was used. */
  readonly #editsBefore: number;

  constructor(start: ExchangeStart) {
    this.start = start;
    this.#editsBefore = start.source?.history.length ?? 0;
  }

  /** Notes the first response and its time. */
  acknowledge(type: ResponseType): void {
    this.responseType = type;
    this.respondedAfterMs = performance.now() - this.#startedAt;
  }

  /** No response came in time: the person reads "The application did not respond". */
  get failed(): boolean {
    if (this.responseType !== undefined) return false;
    return performance.now() - this.#startedAt > this.start.responseMs;
  }

  /** Whether the bot asked for more time, visibly (a reply to come) or not (an update to come). */
  get deferred(): boolean {
    const type = this.responseType;
    return (
      type === ResponseType.DeferredChannelMessageWithSource ||
      type === ResponseType.DeferredMessageUpdate
    );
  }

  /** Whether only the person sees the first response. */
  get ephemeral(): boolean {
    return this.original !== undefined && this.original.onlyFor !== null;
  }

  /** The responses as they are now: the first, then the follow-ups. */
  get messages(): SeenMessage[] {
    return this.#stored().map(see);
  }

  /** Every state the responses have had, each from its first version to its present one. */
  get history(): SeenMessage[][] {
    return this.#stored().map((one) =>
      [...one.history, one.wire].map((wire) => seen(wire, one.onlyFor !== null)),
    );
  }

  /** Waits for the first response of any kind; throws when none comes in time. */
  async acknowledged(): Promise<this> {
    await this.#until(() => this.responseType, this.start.responseMs + 100, 'any response');
    return this;
  }

  /**
   * Waits for the first thing to read: a reply, a deferred reply once it is filled, or the changed
   * message. Throws when the bot does not respond in time.
   */
  async answer(timeoutMs = 5_000): Promise<SeenMessage> {
    return await this.#until(() => this.#readable(), timeoutMs, 'an answer');
  }

  #readable(): SeenMessage | undefined {
    const { original } = this;
    if (this.responseType === undefined || original === undefined) return undefined;
    const changed = original !== this.start.source || original.history.length > this.#editsBefore;
    const isThere = changed && !original.deleted && !see(original).loading;
    const first = isThere ? original : this.followups[0];
    return first === undefined ? undefined : see(first);
  }

  #stored(): StoredMessage[] {
    const all = this.original === undefined ? this.followups : [this.original, ...this.followups];
    return all.filter((one) => !one.deleted);
  }

  #until<T>(probe: () => T | undefined, timeoutMs: number, what: string): Promise<T> {
    const probeOrFail = () => {
      if (this.failed) {
        const why = this.refused.map((one) => ` Discord refused a response: ${one}`).join('');
        throw new Error(`${this.start.title}: The application did not respond.${why}`);
      }
      return probe();
    };
    return until(probeOrFail, timeoutMs, () => `${what} to ${this.start.title}`);
  }
}
