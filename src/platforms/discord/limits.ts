/**
 * Discord's numbers, each beside its source. Lengths are counted by us in UTF-16 units, of which there
 * are never fewer than the code points Discord counts.
 */

// https://discord.com/developers/docs/resources/message#create-message-jsonform-params
export const CONTENT_MAX = 2_000;
export const EMBEDS_MAX = 10;
export const NONCE_MAX = 25;

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
export const EMBED_TITLE_MAX = 256;
export const EMBED_DESCRIPTION_MAX = 4_096;
/** Titles, descriptions, footers, fields and authors of all embeds of a message together. */
export const EMBEDS_TEXT_MAX = 6_000;

// https://discord.com/developers/docs/components/reference#action-row
export const ROWS_MAX = 5;
export const ROW_BUTTONS_MAX = 5;

// https://discord.com/developers/docs/components/reference#button-button-structure
export const BUTTON_LABEL_MAX = 80;
export const CUSTOM_ID_MAX = 100;
export const BUTTON_URL_MAX = 512;

// https://discord.com/developers/docs/resources/message#embed-object (2,048 is what the API answers to more)
export const EMBED_URL_MAX = 2_048;

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-structure
export const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
export const DESCRIPTION_MAX = 100;
export const OPTIONS_MAX = 25;
export const CHOICES_MAX = 25;
export const CHOICE_NAME_MAX = 100;
export const CHOICE_VALUE_MAX = 100;
/** Of a text option's `max_length`. */
export const OPTION_TEXT_MAX = 6_000;
/** All names, descriptions and choice values of a command together. */
export const COMMAND_TEXT_MAX = 8_000;

// https://discord.com/developers/docs/resources/channel#start-thread-from-message
export const THREAD_NAME_MAX = 100;

/**
 * Of the 50 requests a second, those of digests; one is left for who mentions the bot meanwhile. Routes of
 * interactions do not count: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export const REQUESTS_A_SECOND = 49;

// https://discord.com/developers/docs/resources/message#get-channel-messages
export const RECENT_MESSAGES = 100;

/** From one edit of a message to the next, in milliseconds: about five in five seconds pass. */
export const EDIT_EVERY_MS = 1_200;
