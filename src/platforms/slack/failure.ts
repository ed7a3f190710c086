/** What Slack's errors mean: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
import { RespondError, webApi } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import { PostError, type PostReason } from '../platform.ts';

const meanings: Readonly<Record<PostReason, readonly string[]>> = {
  'channel-gone': ['channel_not_found', 'user_not_found'],
  'channel-archived': ['is_archived', 'is_inactive'],
  'bot-removed': ['team_access_not_granted'],
  'not-invited': ['not_in_channel', 'user_not_in_channel'],
  'no-permission': [
    'no_permission',
    'missing_scope',
    'access_denied',
    'ekm_access_denied',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'as_user_not_supported',
  ],
  'no-direct-messages': ['cannot_dm_bot', 'messages_tab_disabled'],
  'rate-limited': ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  'message-refused': [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'invalid_arguments',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_too_large',
    'metadata_must_be_sent_from_app',
    'cannot_reply_to_message',
    'message_not_found',
    'cant_update_message',
  ],
  'service-away': [],
  interrupted: [],
};

/** Tokens that no retry makes good: https://docs.slack.dev/reference/methods/auth.test#errors */
const badTokens = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'user_removed_from_team',
  'team_disabled',
  'org_login_required',
];

/** A failed call as the port's error; what is not a known refusal counts as `service-away`. */
export function postErrorOf(error: unknown): PostError {
  if (error instanceof PostError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new PostError('rate-limited', 'Slack asks to wait', {
      cause: error,
      retryAfterMs: error.retryAfter * 1_000,
    });
  }
  if (error instanceof RespondError) {
    const reason = error.statusCode === 400 ? 'message-refused' : 'service-away';
    return new PostError(reason, `A response_url answered ${error.statusCode}`, { cause: error });
  }
  const code = errorCode(error);
  // `Object.entries` forgets what the keys are.
  const reasons = Object.entries(meanings) as [PostReason, readonly string[]][];
  const known = code && reasons.find(([, codes]) => codes.includes(code))?.[0];
  const said = code ? `Slack answered ${code}` : 'Slack could not be reached';
  return new PostError(known || 'service-away', said, { cause: error });
}

/** The `error` of an answer that says no; undefined when there was no such answer. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined;
  // A page of HTML stands here when something between Slack and us answered.
  return /^[\w.-]{1,80}$/.test(error.data.error) ? error.data.error : undefined;
}

/** Somebody deleted the message. */
export function isGone(error: unknown): boolean {
  return errorCode(error) === 'message_not_found';
}

/** Why the bot cannot start: a sentence that names the variable, never its value, when its token is refused. */
export function startErrorOf(
  error: unknown,
  variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN',
): Error {
  const code = errorCode(error);
  const where =
    variable === 'SLACK_BOT_TOKEN'
      ? 'Copy the Bot User OAuth Token (xoxb-…) again from “OAuth & Permissions” of the app at https://api.slack.com/apps.'
      : 'Create an app-level token (xapp-…) with the scope connections:write under “Basic Information” of the app at https://api.slack.com/apps.';
  const isRefused = code && badTokens.includes(code);
  const lacksScope = code === 'missing_scope' && variable === 'SLACK_APP_TOKEN';
  if (isRefused || lacksScope)
    return new UserError(`Slack refuses ${variable} (${code}). ${where}`);
  return new Error(`slack: cannot connect: ${postErrorOf(error).message}`, { cause: error });
}
