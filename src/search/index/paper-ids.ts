/** The identities of papers by key, in bytes, as they travel from a worker and lie in a snapshot. */

export interface PaperIds {
  bytes: Uint8Array<ArrayBuffer>;
  /** Key - 1 → where its identity ends. */
  ends: Uint32Array<ArrayBuffer>;
}

export function packIds(ids: readonly string[]): PaperIds {
  const all = ids.join('');
  const bytes = new TextEncoder().encode(all);
  // Asking each how long it is takes longer than all the rest, and nearly all are ASCII.
  const isAscii = bytes.length === all.length;
  const ends = new Uint32Array(ids.length);
  let end = 0;
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i] ?? '';
    end += isAscii ? id.length : Buffer.byteLength(id);
    ends[i] = end;
  }
  return { bytes, ends };
}

const SLICE = 1024;

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
