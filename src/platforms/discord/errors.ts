/** Errors of discord.js, told without what must not be told: their addresses hold interaction tokens. */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';

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

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes */
export function isCode(error: unknown, ...names: (keyof typeof RESTJSONErrorCodes)[]): boolean {
  return (
    error instanceof DiscordAPIError &&
    names.some((name) => error.code === RESTJSONErrorCodes[name])
  );
}
