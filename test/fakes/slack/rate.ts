/**
 * How often Slack lets an app call. Real Slack allows short bursts and does not promise them, so
 * the fake allows none.
 *
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export class RateLimits {
  /** Off by default, so that a test of something else need not wait a second between posts. */
  enforceRate = false;
  /** Milliseconds between two chat.postMessage in one channel. */
  postEveryMs = 1000;
  /** chat.postMessage over all channels, a minute. */
  postsPerMinute = Number.POSITIVE_INFINITY;
  /** Calls of conversations.history and .replies a minute; 1 for a distributed app. */
  historyPerMinute = 50;
  readonly #calls = new Map<string, number[]>();

  /** Seconds to wait before this call, or undefined when it may go on (and counts). */
  check(method: string, channel: string, now: number): number | undefined {
    if (!this.enforceRate) return undefined;
    if (method === 'chat.postMessage') {
      return (
        this.#allow(method, this.postsPerMinute, 60_000, now) ??
        this.#allow(`${method} ${channel}`, 1, this.postEveryMs, now)
      );
    }
    if (method === 'conversations.history' || method === 'conversations.replies') {
      return this.#allow(method, this.historyPerMinute, 60_000, now);
    }
    return undefined;
  }

  #allow(key: string, most: number, windowMs: number, now: number): number | undefined {
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - windowMs);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= most) {
      return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    }
    this.#calls.set(key, [...recent, now]);
    return undefined;
  }
}
