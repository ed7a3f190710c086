/** Bolt's own log lines in ours. */
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log.ts';

/** Addresses that let whoever reads them in: a socket's ticket, a response_url. */
const passes = /wss?:\/\/\S+|https?:\/\/hooks\.slack\.com\/\S+/g;

/**
 * A logger for Bolt. Its debug lines quote whole payloads, people's words and such addresses with them,
 * so they go nowhere.
 */
export function boltLogger(log: Log): Logger {
  const to =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level](`slack: ${parts.map(inWords).join(' ').replace(passes, '[address]')}`);
  return {
    debug: () => {},
    info: to('info'),
    warn: to('warn'),
    error: to('error'),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}

function inWords(part: unknown): string {
  return part instanceof Error ? part.message : String(part);
}
