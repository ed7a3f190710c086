/**
 * Trouble on order: the next requests to a route fail in one of the ways the real service fails.
 *
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#http
 */
export interface Fault {
  /** HTTP method; absent: any. */
  readonly method?: string;
  /** Tested against the path without `/api/v10`, for example `/channels/123/messages`. */
  readonly path: RegExp;
  /**
   * `429`, `500` and `503` answer so; `hang` never answers; `cut` closes the connection before the
   * request has any effect; `accept-then-cut` does what was asked, then closes without an answer.
   */
  readonly kind: '429' | '500' | '503' | 'hang' | 'cut' | 'accept-then-cut';
  /** Seconds a 429 asks to wait; may be a fraction, so that tests stay quick. Default 0.05. */
  readonly retryAfter?: number;
  /** A 429 of the limit over all routes. Default false. */
  readonly global?: boolean;
  /**
   * Cut by a reset, which discord.js hides by repeating the request, rather than by an orderly
   * close, which it reports. Default false.
   */
  readonly reset?: boolean;
  /** How many requests fail before the route works again. Default 1. */
  readonly times?: number;
}

export class Faults {
  readonly #left: { readonly fault: Fault; times: number }[] = [];

  add(fault: Fault): void {
    this.#left.push({ fault, times: fault.times ?? 1 });
  }

  /** The fault for this request, used up by one. */
  take(method: string, path: string): Fault | undefined {
    const found = this.#left.find(
      ({ fault, times }) =>
        times > 0 && (fault.method ?? method) === method && fault.path.test(path),
    );
    if (found === undefined) return undefined;
    found.times -= 1;
    return found.fault;
  }
}
