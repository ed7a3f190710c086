/** Errors that mean something to somebody. Anything else is logged with an id and shown as one sentence. */

/** Shown to the person verbatim: one sentence that says what to do, with a right example. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Rightly said, but it cannot be done here or by this person; no help with the wording would change that. */
export class Refusal extends UserError {
  override name = 'Refusal';
}

/** Ends every switch over a union: a new member is a type error where it is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
