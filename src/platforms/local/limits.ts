/** How much the page shows and takes. These are our own: a browser has no limits worth naming. */

/** Characters of text from outside, past which a card would be no card any more. */
export const TITLE_MAX = 300;
export const FACT_MAX = 200;
export const LABEL_MAX = 80;
export const TEXT_MAX = 6_000;

/** Characters of one line a person sends; a command line may have 2,000 of them. */
export const LINE_MAX = 4_000;
/** Bytes of a request's body. */
export const BODY_MAX = 32 * 1024;

/** Messages of one page of history. */
export const PAGE_SIZE = 40;

/** Small letters of any script, or of one without capitals, with their marks; digits and hyphens. */
export const channelName = /^[\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}](?:-?[\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}])*$/u;
export const CHANNEL_NAME_MAX = 40;

/** From one edit of a message to the next, in milliseconds. */
export const EDIT_EVERY_MS = 250;
