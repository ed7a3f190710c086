/**
 * What Discord's errors mean, told without what must not be told: their addresses hold interaction tokens.
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
 */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { PostError, type PostReason } from '../platform.ts';

/** One line for a log or an operator: what Discord answered, never where. */
export function errorLine(error: unknown): string {
  if (error instanceof DiscordAPIError) return `${error.message} (${error.code})`;
  if (error instanceof HTTPError) return `Discord answered ${error.status} ${error.message}`.trim();
  if (error instanceof RateLimitError) return `too many requests, ${error.timeToReset} ms to wait`;
  if (error instanceof Error && error.name === 'AbortError')
    return 'Discord did not answer in time';
  return error instanceof Error ? error.message : String(error);
}

/** The fields to log of an error: the whole of our own, the safe part of what a request threw. */
export function errorFields(error: unknown): Record<string, unknown> {
  const isRequest =
    error instanceof DiscordAPIError ||
    error instanceof HTTPError ||
    error instanceof RateLimitError;
  return isRequest ? { error: errorLine(error), method: error.method } : { err: error };
}

/** Whether Discord answered with one of these codes. */
export function isCode(error: unknown, ...names: (keyof typeof RESTJSONErrorCodes)[]): boolean {
  return (
    error instanceof DiscordAPIError &&
    names.some((name) => error.code === RESTJSONErrorCodes[name])
  );
}

/** What an error of a request means for a delivery. */
export function toPostError(error: unknown): PostError {
  if (error instanceof PostError) return error;
  const cause = { cause: error };
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.retryAfter, error.sublimitTimeout);
    const seconds = Math.ceil(retryAfterMs / 1_000);
    return new PostError('rate-limited', `discord: too many messages, try again in ${seconds} s`, {
      ...cause,
      retryAfterMs,
    });
  }
  return new PostError(reasonOf(error), `discord: ${errorLine(error)}`, cause);
}

function reasonOf(error: unknown): PostReason {
  // A 5xx, a timeout, a cut connection: the message may be there or not.
  if (!(error instanceof DiscordAPIError)) return 'service-away';
  if (isCode(error, 'UnknownGuild')) return 'bot-removed';
  if (isCode(error, 'MissingAccess')) return 'not-invited';
  if (isCode(error, 'InvalidActionOnArchivedThread')) return 'channel-archived';
  if (isCode(error, ...UNREACHABLE)) return 'no-direct-messages';
  switch (error.status) {
    case 404:
      return isCode(error, 'UnknownMessage') ? 'message-refused' : 'channel-gone';
    case 403:
      return 'no-permission';
    case 429:
      return 'rate-limited';
    // A refused token is the operator's to mend; the channel did nothing wrong.
    case 401:
      return 'service-away';
    default:
      return 'message-refused';
  }
}

const UNREACHABLE = [
  'CannotSendMessagesToThisUser',
  'CannotSendMessagesToThisUserDueToHavingNoMutualGuilds',
] as const;
