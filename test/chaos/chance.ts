/** Chance that comes out the same for the same seed. */
import { createHash } from 'node:crypto';

/** Numbers from 0 up to 1, the same series for the same parts. */
export function chanceOf(...parts: readonly number[]): () => number {
  let n = 0;
  return () => {
    n += 1;
    return (
      createHash('sha256')
        .update([...parts, n].join(' '))
        .digest()
        .readUInt32BE() /
      2 ** 32
    );
  };
}
