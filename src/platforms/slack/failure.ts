/** What Slack's errors mean: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
import { RespondError, webApi } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import { PostError, type PostFailure } from '../platform.ts';

const meanings: Readonly<Record<PostFailure, readonly string[]>> = {
  gone: [
    'channel_not_found',
    'is_archived',
    'is_inactive',
    'user_not_found',
    'messages_tab_disabled',
  ],
  forbidden: [
    'not_in_channel',
    'no_permission',
    'missing_scope',
    'not_allowed_token_type',
    'access_denied',
    'team_access_not_granted',
    'ekm_access_denied',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'cannot_dm_bot',
    'user_not_in_channel',
    'as_user_not_supported',
  ],
  limited: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  invalid: [
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
  unavailable: [],
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

/** A failed call as the port's error; what is not a known refusal counts as `unavailable`. */
export function postErrorOf(error: unknown): PostError {
  if (error instanceof PostError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new PostError('limited', 'Slack asks to wait', {
      cause: error,
      retryAfterMs: error.retryAfter * 1_000,
    });
  }
  if (error instanceof RespondError) {
    const failure = error.statusCode === 400 ? 'invalid' : 'unavailable';
    return new PostError(failure, `A response_url answered ${error.statusCode}`, { cause: error });
  }
  const code = errorCode(error);
  const failures = Object.entries(meanings) as [PostFailure, readonly string[]][];
  const known = code && failures.find(([, codes]) => codes.includes(code))?.[0];
  const said = code ? `Slack answered ${code}` : 'Slack could not be reached';
  return new PostError(known || 'unavailable', said, { cause: error });
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
