/**
 * The shapes the server sends: `view.ts`, `completion.ts` and `routes.ts` on its side.
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {string} channel
 * @property {number} revision
 * @property {'you' | 'paperboy'} by
 * @property {string} [html] Made and escaped by the server; absent once dismissed.
 * @property {string} text What was typed, or one sentence of what Paperboy says.
 * @property {boolean} isPrivate
 * @property {string} createdAt ISO 8601 instant.
 *
 * @typedef {object} Channel
 * @property {string} name
 * @property {number} newest Id of its newest message, 0 for none.
 *
 * @typedef {object} Suggestion
 * @property {string} label
 * @property {string} detail
 * @property {string} text What the text up to the caret becomes.
 * @property {boolean} isLikely
 *
 * @typedef {object} Starter
 * @property {string} line
 * @property {string} describe
 */

export {};
