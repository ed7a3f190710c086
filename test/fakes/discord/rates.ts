/**
 * Rate limits: a bucket per route and channel with its headers, and one limit over all requests.
 *
 * https://discord.com/developers/docs/topics/rate-limits#header-format
 */
import { createHash } from 'node:crypto';
import type { Limits, Rate } from './limits.ts';

interface Window {
  used: number;
  endsAt: number;
}

interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait when the request is refused. */
  readonly retryAfter?: number;
  readonly global?: boolean;
}

const MESSAGE_ROUTE = /^\/channels\/(\d+)\/messages(\/\d+)?$/;

export class Rates {
  readonly #limits: Limits;
  readonly #windows = new Map<string, Window>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts a request and says whether it may pass, with the headers of its bucket. */
  check(method: string, path: string): Verdict {
    const { enforceRate, perChannel, global } = this.#limits;
    const overall = this.#use('global', global);
    if (enforceRate && overall.over) {
      const headers = { 'X-RateLimit-Scope': 'global' };
      return { headers, retryAfter: overall.resetAfter, global: true };
    }
    const bucket = bucketOf(method, path);
    if (bucket === undefined) return { headers: {} };
    const state = this.#use(bucket.key, perChannel);
    const resetAfter = enforceRate ? state.resetAfter : perChannel.perMs / 1_000;
    const headers = {
      'X-RateLimit-Limit': String(perChannel.max),
      'X-RateLimit-Remaining': String(enforceRate ? state.remaining : perChannel.max - 1),
      'X-RateLimit-Reset': String(Date.now() / 1_000 + resetAfter),
      'X-RateLimit-Reset-After': String(resetAfter),
      'X-RateLimit-Bucket': bucket.hash,
    };
    if (!enforceRate || !state.over) return { headers };
    return { headers: { ...headers, 'X-RateLimit-Scope': 'user' }, retryAfter: resetAfter };
  }

  #use(key: string, rate: Rate): { over: boolean; remaining: number; resetAfter: number } {
    const now = performance.now();
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { used: 0, endsAt: now + rate.perMs };
      this.#windows.set(key, window);
    }
    window.used += 1;
    const resetAfter = Math.ceil(window.endsAt - now) / 1_000;
    return {
      over: window.used > rate.max,
      remaining: Math.max(0, rate.max - window.used),
      resetAfter,
    };
  }
}

/** Creating and editing messages are limited per channel; other routes only by the global limit. */
function bucketOf(method: string, path: string): { key: string; hash: string } | undefined {
  const match = MESSAGE_ROUTE.exec(path);
  const creates = method === 'POST' && match?.[2] === undefined;
  const edits = method === 'PATCH' && match?.[2] !== undefined;
  if (match === null || !(creates || edits)) return undefined;
  const hash = createHash('md5').update(`${method} messages`).digest('hex');
  return { key: `${hash}:${match[1]}`, hash };
}
