/**
 * The times and rates the fake enforces; a test may change any of them while it runs.
 *
 * https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 * https://discord.com/developers/docs/topics/rate-limits
 */
export interface Rate {
  max: number;
  perMs: number;
}

export interface Limits {
  /** How long a bot has for its first response to an interaction, in milliseconds of real time. */
  responseMs: number;
  /** How long an interaction token can be used, in milliseconds of the injected clock. */
  tokenMs: number;
  /** How long an enforced nonce is remembered, in milliseconds of the injected clock. */
  nonceMs: number;
  /** Answer 429 when a rate is exceeded. Off by default: the headers then always show room. */
  enforceRate: boolean;
  /** Messages created in one channel; edits in one channel have the same rate. */
  perChannel: Rate;
  /** All authenticated requests of the bot together. */
  global: Rate;
}

/** Discord's own numbers. The nonce window is "the past few minutes" in the documentation. */
export function discordLimits(): Limits {
  return {
    responseMs: 3_000,
    tokenMs: 15 * 60_000,
    nonceMs: 5 * 60_000,
    enforceRate: false,
    perChannel: { max: 5, perMs: 5_000 },
    global: { max: 50, perMs: 1_000 },
  };
}
