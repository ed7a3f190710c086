/**
 * The numbers Slack enforces, as the service side knows them. They stand here a second time on
 * purpose: a fake that borrowed the bot's own numbers could never catch the bot using a wrong one.
 *
 * https://docs.slack.dev/reference/block-kit/blocks
 * https://docs.slack.dev/reference/block-kit/block-elements
 * https://docs.slack.dev/reference/block-kit/composition-objects
 */

/** Characters, unless the name says items. */
export const BLOCK = {
  text: 3000,
  actionId: 255,
  blockId: 255,
  header: 150,
  sectionFieldItems: 10,
  sectionField: 2000,
  actionsItems: 25,
  contextItems: 10,
  imageUrl: 3000,
  altText: 2000,
  imageTitle: 2000,
  inputLabel: 2000,
  buttonText: 75,
  buttonUrl: 3000,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  optionText: 75,
  optionValue: 150,
  optionItems: 100,
  optionGroupItems: 100,
  overflowItems: 5,
  choiceItems: 10,
  placeholder: 150,
  markdown: 12_000,
} as const;

export const MESSAGE = {
  blockItems: 50,
  /** https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
  text: 40_000,
  /** https://docs.slack.dev/reference/methods/chat.update#errors */
  updatedText: 4000,
  /** Undocumented; measured in https://github.com/slackapi/bolt-js/issues/2509 */
  blockText: 13_200,
  metadataBytes: 16_000,
} as const;

/** https://docs.slack.dev/reference/views */
export const VIEW = { blockItems: 100, title: 24, button: 24, callbackId: 255, metadata: 3000 };

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export const RESPONSE_URL = { uses: 5, lifetimeMs: 30 * 60_000 };

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
export const ACK_DEADLINE_MS = 3000;

/** https://docs.slack.dev/apis/events-api#retries: at once, after a minute, after five. */
export const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** https://docs.slack.dev/apis/events-api/using-socket-mode#connections */
export const SOCKETS = 10;

/** How long a trigger_id opens a modal: https://docs.slack.dev/surfaces/modals#opening */
export const TRIGGER_LIFETIME_MS = 3000;
