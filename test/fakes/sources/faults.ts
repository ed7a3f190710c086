/** Misfortunes of a source, to order. */

export type FaultKind =
  /** HTTP 429, with Retry-After when `retryAfter` is set. */
  | '429'
  | '500'
  | '503'
  /** HTTP 200 with a page instead of data, as a proxy or a status page gives it. */
  | 'html'
  /** No answer until stop(). */
  | 'hang'
  /** The head and half of the body, and then the connection breaks. */
  | 'cut'
  /** Half of the body, as if it were all. */
  | 'truncated'
  /** 100 MB, as fast as they are taken. */
  | 'huge'
  /** A redirect to itself. */
  | 'loop'
  /** XML whose entities would grow to 10^9 characters. */
  | 'bomb';

export interface Fault {
  kind: FaultKind;
  /** Strikes only paths that hold this. */
  path?: string;
  /** Seconds, or a date as HTTP writes it. */
  retryAfter?: number | string;
  /** How many requests it strikes. Default 1; Infinity for all. */
  times?: number;
}

export class Faults {
  readonly #planned: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault that strikes this request, used up once; the one ordered first goes first. */
  take(path: string): Fault | undefined {
    const planned = this.#planned.find(
      ({ fault, left }) => left > 0 && path.includes(fault.path ?? ''),
    );
    if (planned) planned.left -= 1;
    return planned?.fault;
  }
}

const levels = Array.from(
  { length: 9 },
  (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
).join('');

/** https://en.wikipedia.org/wiki/Billion_laughs_attack */
export const BOMB = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${levels}]><rss version="2.0"><channel><title>&l9;</title><item><title>&l9;</title></item></channel></rss>`;
