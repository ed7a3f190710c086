/** A document that cannot be read, and why: goes on after the document's name, “is locked with a password”. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}
