/** Errors that mean something to somebody. Anything else is logged with an id and shown as one sentence. */

/** Shown to the person verbatim: one sentence that says what to do, with a right example. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Ends every switch over a union: a new member is a type error where it is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
