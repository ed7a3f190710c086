/** The identities of papers by key, in bytes, as they travel from a worker and lie in a snapshot. */

export interface PaperIds {
  bytes: Uint8Array<ArrayBuffer>;
  /** Key - 1 → where its identity ends. */
  ends: Uint32Array<ArrayBuffer>;
}

const SLICE = 1024;

/** Packs identities, in slices. */
export function* packIds(ids: readonly string[]): Generator<undefined, PaperIds> {
  const parts: Uint8Array[] = [];
  const ends = new Uint32Array(ids.length);
  let end = 0;
  for (let from = 0; from < ids.length; from += SLICE) {
    const some = ids.slice(from, from + SLICE);
    const all = some.join('');
    const part = Buffer.from(all);
    parts.push(part);
    // Asking each how long it is takes longer than all the rest, and nearly all are ASCII.
    const isAscii = part.length === all.length;
    for (const [i, id] of some.entries()) {
      end += isAscii ? id.length : Buffer.byteLength(id);
      ends[from + i] = end;
    }
    yield;
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), ends };
}

/** Hands over every identity in the order of keys, in slices. */
export function* eachId(
  { bytes, ends }: PaperIds,
  take: (id: string) => void,
): Generator<undefined, void> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [i, end] of ends.entries()) {
    take(all.toString('utf8', ends[i - 1] ?? 0, end));
    if (i % SLICE === SLICE - 1) yield;
  }
}
