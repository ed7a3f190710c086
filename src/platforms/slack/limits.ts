/** What Slack accepts, and the smaller numbers this renderer keeps to. Characters, unless the name says otherwise. */

/** https://docs.slack.dev/reference/block-kit/blocks */
export const BLOCK = {
  /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
  section: 3_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  header: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block, each element a text object */
  context: 3_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  buttonsInActions: 25,
} as const;

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const BUTTON = { label: 75, value: 2_000, url: 3_000 } as const;

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const IMAGE = { url: 3_000, alt: 2_000 } as const;

export const MESSAGE = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  blocks: 50,
  /**
   * Sum over all texts of a message. Undocumented: 13,200 have failed
   * (https://github.com/slackapi/bolt-js/issues/2509) and so have 11,341
   * (https://github.com/slackapi/bolt-js/issues/2867), hence the distance.
   */
  blockText: 10_000,
  /** `text` beside blocks; chat.update refuses more: https://docs.slack.dev/reference/methods/chat.update#errors */
  text: 4_000,
} as const;

/** Our own measure for what is legible; each is far below what Slack takes. */
export const READABLE = {
  title: 300,
  body: 1_600,
  quote: 1_000,
  source: 1_500,
  facts: 500,
  reason: 500,
  alt: 200,
  item: 1_000,
  summary: 500,
  /** A longer address would fill the section it stands in; the paper's title then stands unlinked. */
  linkedUrl: 1_000,
} as const;

/** https://docs.slack.dev/apis/web-api/rate-limits#special-limits: one a second in a channel, and a little. */
export const POST_EVERY_MS = 1_050;

/**
 * Calls a minute that Slack takes at least of a method of tier 3, as both that read a channel's messages are.
 * https://docs.slack.dev/apis/web-api/rate-limits#overview
 */
export const READS_PER_MINUTE = 50;

/** A call of Slack that takes longer has failed; milliseconds. */
export const CALL_TIMEOUT_MS = 10_000;

/**
 * From one edit of a message to the next, in milliseconds: fifty a minute are allowed.
 * https://docs.slack.dev/reference/methods/chat.update#rates
 */
export const EDIT_EVERY_MS = 1_200;

/** Of the messages a minute that Slack takes, what digests may have; the rest is for answers. */
export const DIGEST_SHARE = 0.98;
