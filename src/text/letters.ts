/** Texts as arrays of their letters in UTF-16: read in half the time that a string takes. */

/** Longer texts get an array of their own. */
const LENGTH_MAX = 2 ** 14;
const bytes = Buffer.alloc(2 * LENGTH_MAX);
const usual = new Uint16Array(bytes.buffer, bytes.byteOffset, LENGTH_MAX);

/** The letters of a text at the beginning of an array, there until the next text is asked for. */
export function lettersOf(text: string): Uint16Array {
  if (text.length <= LENGTH_MAX) {
    bytes.write(text, 'utf16le');
    return usual;
  }
  const letters = new Uint16Array(text.length);
  Buffer.from(letters.buffer).write(text, 'utf16le');
  return letters;
}
