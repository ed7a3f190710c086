/** Remembers what was handled: Discord may deliver an event a second time, after a lost connection for one. */

/** True the first time it is given an id, false while it remembers it: for the last `size` ids. */
export function createOnce(size = 1_000): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > size && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
