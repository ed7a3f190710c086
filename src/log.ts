/** Structured logs to standard error, one JSON object a line; secrets never get in. */
import pino from 'pino';

export type Log = pino.Logger;

/**
 * A logger that blacks out every one of `secrets` wherever it would appear: in a message, a field, an
 * error's stack or a URL that a library quotes.
 */
export function createLog(level: string, secrets: readonly string[] = []): Log {
  // As a line of JSON holds them.
  const hidden = secrets.filter(Boolean).map((secret) => JSON.stringify(secret).slice(1, -1));
  const destination = pino.destination({ dest: 2, sync: true });
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => {
        destination.write(
          hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line),
        );
      },
    },
  );
}
