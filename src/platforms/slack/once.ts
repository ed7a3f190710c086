/** Events that come again: Slack redelivers what it thinks was not heard, sometimes under a new event_id. */

/** More events than arrive in the hour in which Slack may redeliver one: https://docs.slack.dev/apis/events-api#retries */
const REMEMBERED = 5_000;

/** Tells whether none of the keys was seen before, and remembers them. */
export function createOnce(): (...keys: string[]) => boolean {
  const seen = new Set<string>();
  return (...keys) => {
    const isNew = keys.every((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    // A Set iterates in the order of insertion: the oldest go first.
    for (const key of seen) {
      if (seen.size <= REMEMBERED) break;
      seen.delete(key);
    }
    return isNew;
  };
}
