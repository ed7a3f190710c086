/** The words of a segment that a slip may have been meant for, by their lengths and the letters they have. */
import type { Texts } from './text.ts';

export interface Letters {
  /** Shorter words first. */
  entries: Uint32Array<ArrayBuffer>;
  /** Which letters they have, one bit a letter. */
  masks: Uint32Array<ArrayBuffer>;
  /** Where the words of so many bytes end; those of `LENGTH_MAX` or more are one length. */
  lengthEnds: Uint32Array<ArrayBuffer>;
}

export const LENGTH_MAX = 40;
/** A vocabulary this small is taken to the end, a larger one as far as words occur three times. */
const SMALL = 50_000;
/** Words between two pauses. */
const SLICE = 8_192;

export function* makeLetters({
  vocabulary: { bytes, ends },
  common,
  terms,
}: Texts): Generator<undefined, Letters> {
  const size = terms.length <= SMALL ? terms.length : common;
  const lengthOf = (entry: number) =>
    Math.min(LENGTH_MAX, (ends[entry] ?? 0) - (ends[entry - 1] ?? 0));
  const lengthEnds = new Uint32Array(LENGTH_MAX + 1);
  for (let entry = 0; entry < size; entry += 1) {
    const next = lengthOf(entry) + 1;
    if (next <= LENGTH_MAX) lengthEnds[next] = (lengthEnds[next] ?? 0) + 1;
  }
  for (let length = 1; length <= LENGTH_MAX; length += 1) {
    lengthEnds[length] = (lengthEnds[length] ?? 0) + (lengthEnds[length - 1] ?? 0);
  }
  // Where the next word of a length goes; when all have come, where they end.
  const letters = { entries: new Uint32Array(size), masks: new Uint32Array(size), lengthEnds };
  for (let entry = 0; entry < size; entry += 1) {
    const length = lengthOf(entry);
    const at = lengthEnds[length] ?? 0;
    lengthEnds[length] = at + 1;
    letters.entries[at] = entry;
    letters.masks[at] = maskOf(bytes, ends[entry - 1] ?? 0, ends[entry]);
    if (entry % SLICE === SLICE - 1) yield;
  }
  return letters;
}

export function maskOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let mask = 0;
  for (let at = start; at < end; at += 1) mask |= 1 << ((bytes[at] ?? 0) & 31);
  return mask >>> 0;
}
