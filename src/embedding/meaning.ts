/** The vector of what a person looks for, while they wait: soon, or not at all. */
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import type { Embed } from './embedder.ts';

/** Milliseconds until a search goes on without it. */
const WAIT_MS = 1_000;
/** An endpoint that failed so often in a row is left alone for a while, in milliseconds. */
const FAILURES_MAX = 2;
const PAUSE_MS = 30_000;
/** Vectors kept for whoever turns the page or asks the same. */
const KEPT_MOST = 200;

/** Undefined when the endpoint is down, slow or resting: the words alone then decide. Never throws. */
export function createMeaning(
  embed: Embed,
): (text: string) => Promise<Float32Array<ArrayBuffer> | undefined> {
  const kept = new Map<string, Float32Array<ArrayBuffer>>();
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: PAUSE_MS,
    breaker: new ConsecutiveBreaker(FAILURES_MAX),
  });
  return async (text) => {
    const known = kept.get(text);
    if (known) return known;
    try {
      const signal = AbortSignal.timeout(WAIT_MS);
      const [vector] = await breaker.execute(() => embed([text], { signal, retries: 0 }));
      if (vector) kept.set(text, vector);
      const [oldest] = kept.keys();
      if (kept.size > KEPT_MOST && oldest !== undefined) kept.delete(oldest);
      return vector;
    } catch {
      return undefined;
    }
  };
}
