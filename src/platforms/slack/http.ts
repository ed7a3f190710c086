/** Signed HTTP: Slack posts to this machine. https://docs.slack.dev/apis/events-api/using-http-request-urls */
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPReceiver } from '@slack/bolt';
import type { Config } from '../../config.ts';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Connection } from './connection.ts';
import { boltLogger } from './log.ts';

export const HTTP_PATH = '/slack/events';

/** How long requests under way may take to end, in milliseconds. */
const GRACE_MS = 1_000;

export function createHttp(config: Config, log: Log): Connection {
  const receiver = new HTTPReceiver({
    signingSecret: config.SLACK_SIGNING_SECRET ?? '',
    endpoints: [HTTP_PATH],
    logger: boltLogger(log),
  });
  let server: Pick<Server, 'address' | 'closeAllConnections'> | undefined;
  return {
    receiver,
    async open() {
      server = await receiver.start(config.SLACK_PORT).catch((error: unknown) => {
        throw portErrorOf(error, config.SLACK_PORT);
      });
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : config.SLACK_PORT;
      return `listening on port ${port} at ${HTTP_PATH}`;
    },
    isOpen: () => server !== undefined,
    async close() {
      if (!server) return;
      const closed = receiver.stop();
      await Promise.race([closed, sleep(GRACE_MS, undefined, { ref: false })]);
      server.closeAllConnections();
      server = undefined;
      await closed;
    },
  };
}

function portErrorOf(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new UserError(`Port ${port} is taken; set SLACK_PORT to a free one, for example 3712.`);
  }
  if (code === 'EACCES') {
    return new UserError(`Port ${port} needs more rights; set SLACK_PORT to one above 1023.`);
  }
  return error;
}
