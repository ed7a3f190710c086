/** Events that come again: services deliver once more what they think was not heard, sometimes under another id. */

/** Tells whether none of an event's ids was given before, for the last `size` ids, and remembers them. */
export function createOnce(size: number): (...ids: string[]) => boolean {
  const seen = new Set<string>();
  return (...ids) => {
    const isNew = ids.every((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    // A Set iterates in the order of insertion: the oldest go first.
    for (const id of seen) {
      if (seen.size <= size) break;
      seen.delete(id);
    }
    return isNew;
  };
}
